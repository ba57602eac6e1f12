"""The main walk over signed HTTP requests: a join, a suggestion, a booking, a check-in, each stored and marked once."""

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import func, select

from bot import log
from playground.person import Person
from prompts import Library
from storage import tables as t
from tests.end_to_end.cohort import join, open_cohort
from tests.end_to_end.conftest import SIGNING_SECRET, Town, open_town

PLANTED = "the plum cake stands behind the printer"


@pytest.fixture
async def wired(tmp_path: Path, library: Library) -> AsyncIterator[Town]:
    """A town that is reached over HTTP only."""
    async with open_town(tmp_path, library, http=True) as town:
        yield town


async def paired(town: Town) -> tuple[Person, Person]:
    await open_cohort(town)
    ana = await join(town, "ana", "junior", manager="eli")
    bo = await join(town, "bo", "senior", manager="dee")
    await town.person("chi").command("/revmentor admin pair @ana @bo")
    await town.settle()
    await ana.press("Looks good")
    await town.forward(minutes=10)
    await bo.press("Accept")
    await town.forward(minutes=10)
    return ana, bo


async def page(town: Town, path: str) -> str:
    address = f"http://127.0.0.1:{town.house.doors.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return await answer.text()


async def count(town: Town, table: str) -> int:
    async with town.house.kit.store.read("") as tx:
        return int(await tx.conn.scalar(select(func.count()).select_from(t.metadata.tables[table])))


async def test_a_pair_joins_meets_and_answers_over_http_alone(wired: Town) -> None:
    lines = io.StringIO()
    log.configure("DEBUG", lines)
    ana, bo = await paired(wired)
    space = next(c["id"] for c in ana.conversations() if c["kind"] == "mpim")
    assert "Welcome, you two" in wired.said(ana, space)

    await bo.command("/revmentor schedule")
    assert not (await bo.submit({"When?": "2026-03-02 08:00"})).closed, "it has passed: said under the field"
    assert (await bo.submit({"When?": "2026-03-10 14:00"})).closed
    await wired.until(datetime(2026, 3, 10, 16, 30, tzinfo=UTC))
    await ana.press("We met")
    await wired.until(datetime(2026, 3, 11, 12, tzinfo=UTC))
    await ana.press("Answer")
    done = "They did something differently"
    answered = await ana.submit(
        {"checkin.option:learn": done, "checkin.example:learn": PLANTED, "checkin.option:help": "Yes, done",
         "checkin.option:advocate": "They say so, I can't tell", "checkin.option:introduce": "I don't want one now"}
    )  # fmt: skip
    assert answered.ok and await count(wired, "answer") > 0
    assert (await ana.open_home()).ok
    await wired.settle()
    assert ana.home is not None

    assert wired.pg.socket.count == 0, "nothing came over a socket"
    assert await count(wired, "taken_request") >= 12
    shown = await page(wired, "/metrics") + await page(wired, "/readyz") + lines.getvalue()
    assert 'revmentor_messages_sent_total{target="pair"}' in shown and '"ready": true' in shown
    for private in (PLANTED, SIGNING_SECRET, wired.pg.bot_token):
        assert private not in shown
    assert ana.id not in await page(wired, "/metrics")


async def test_slack_finds_its_challenge_answered_and_a_wrong_secret_finds_nothing(wired: Town) -> None:
    assert await wired.pg.channel.verify()  # type: ignore[attr-defined]
    await wired.pg.channel.close()
    wired.pg.use_http(f"http://127.0.0.1:{wired.house.doors.port}/slack/events", "0" * 32)
    assert not await wired.pg.channel.verify()  # type: ignore[attr-defined]
    assert not (await wired.person("ana").command("/revmentor help")).ok
    assert not (await wired.person("ana").open_home()).ok
    assert await count(wired, "inbox") == await count(wired, "taken_request") == 0
