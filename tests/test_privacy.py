"""What people write is found where it belongs and nowhere else: not in logs, tables, files, or anybody else's Slack."""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path

import pytest

from bot import log
from playground.person import Person
from tests.end_to_end.conftest import Town, town
from tests.held import hold
from tests.world import World, seed

__all__ = ["town"]

TEAM_CHANNEL = "C07TEAM001"
PAIR = {"ana", "bo"}
BELONGS: dict[str, set[str]] = {
    "agenda-otter-4402": PAIR,
    "parked-lynx-9015": PAIR,
    "promise-heron-1188": PAIR,
    "wish-panther-3206": PAIR,
    "example-zebra-7731": set(),
    "example-stork-6520": set(),
    "example-viper-2847": set(),
    "example-egret-5093": set(),
    "learned-raven-8816": set(),
    "asked-marten-1374": set(),
    "typed-weasel-4961": {"ana"},
    "spreadsheets": set(),
    "leading": set(),
}
"""Each secret of the walk, and who reads it in Slack's messages and Homes (modals are for whoever opened them)."""

ANSWERS = {
    "checkin.option:learn": "They did something differently",
    "checkin.option:help": "Yes, done",
    "checkin.option:advocate": "They say so, I can't tell",
    "checkin.option:introduce": "I don't want one now",
    "checkin.example:learn": "example-zebra-7731",
    "checkin.example:help": "example-stork-6520",
    "checkin.example:advocate": "example-viper-2847",
    "checkin.example:introduce": "example-egret-5093",
}


@asynccontextmanager
async def logging_all() -> AsyncIterator[StringIO]:
    lines = StringIO()
    log.configure("DEBUG", lines)
    try:
        yield lines
    finally:
        log.configure("INFO")


async def prepare(town: Town, ana: Person, bo: Person) -> None:
    """A booked session, a line on its agenda and one in the parking lot."""
    assert (await ana.command("/revmentor park parked-lynx-9015")).ok
    await bo.command("/revmentor schedule")
    assert (await bo.submit({"When?": "2026-03-10 14:00"})).ok
    await bo.command("/revmentor agenda")
    assert (await bo.submit({"Line 1": "agenda-otter-4402"})).ok
    await town.settle()


async def answer(ana: Person) -> None:
    """Ana answers with four examples, and words an ask that she keeps to herself."""
    await ana.press("checkin.answer")
    assert (await ana.submit(ANSWERS)).ok
    await ana.press("Draft an ask")
    await ana.press("ask.question", value="Introductions")
    await ana.press("ask.person", value="asked-marten-1374")
    assert "asked-marten-1374" in str(ana.modal)
    await ana.dismiss()


async def reflect(bo: Person) -> None:
    """Bo reflects, promises something, and promises once more by command."""
    await bo.press("Write it down")
    mirror = {"checkin.learned": "learned-raven-8816", "checkin.share": [], "commit.text": "promise-heron-1188"}
    assert (await bo.submit({**mirror, "commit.due_on": "2026-03-20"})).ok
    await bo.command("/revmentor commit wish-panther-3206")
    assert (await bo.submit({"commit.due_on": "2026-03-24"})).ok


async def blunder(ana: Person, bo: Person) -> None:
    """Words typed where they mean nothing, and into things that refuse them."""
    for line in ("", "schedule ", "admin pair ", "join ", "agenda "):
        await ana.command(f"/revmentor {line}typed-weasel-4961")
    await bo.command("/revmentor commit")
    assert not (await bo.submit({"commit.text": "typed-weasel-4961", "commit.due_on": "2020-01-01"})).closed


async def fail(town: Town, ana: Person) -> None:
    """The database breaks while Ana writes."""
    async with town.house.kit.store.write(town.pg.workspace.team_id) as tx:
        await tx.conn.exec_driver_sql("ALTER TABLE urn RENAME TO lost")
    await ana.command("/revmentor checkin")
    result = await ana.submit(ANSWERS)
    assert "Something went wrong on our side" in str(result.errors)
    async with town.house.kit.store.write(town.pg.workspace.team_id) as tx:
        await tx.conn.exec_driver_sql("ALTER TABLE lost RENAME TO urn")


@pytest.fixture
async def walked(town: Town) -> AsyncIterator[tuple[Town, World, str]]:
    """The whole walk, three weeks long, and all that was logged on it."""
    async with logging_all() as lines:
        world = await seed(town.house.kit, channel=TEAM_CHANNEL)
        ana, bo, chi = (town.person(name) for name in ("ana", "bo", "chi"))
        await hold(town.house.kit, world)
        await town.forward(days=2)
        await prepare(town, ana, bo)
        await answer(ana)
        await reflect(bo)
        await blunder(ana, bo)
        await town.forward(days=4)
        await fail(town, ana)
        for person in (ana, bo, chi):
            await person.open_home()
            await person.command("/revmentor")
            await person.command("/revmentor status")
        for words in ("admin health", "admin pairs", "admin digest preview"):
            await chi.command(f"/revmentor {words}")
        await town.forward(days=18)
        yield town, world, lines.getvalue()


async def test_what_people_write_is_where_it_belongs_and_nowhere_else(walked: tuple[Town, World, str]) -> None:
    town, world, lines = walked
    assert lines.count("\n") > 5 and "handler_failed" in lines
    assert found_in(lines) == []
    for table in ("outbox", "due", "inbox", "audit"):
        rows = rows_of(town, table)
        assert rows or table in ("audit", "inbox")  # what came in is forgotten after a day
        assert found_in(rows) == [], table
    stored = on_disk(town)
    assert world.pair.id in stored
    assert found_in(stored) == []
    screens = {user.name: screen(town, user.id) for user in town.pg.workspace.users.values() if not user.is_bot}
    readers = {secret: {name for name, shown in screens.items() if secret in shown} for secret in BELONGS}
    assert readers == BELONGS


def found_in(text: str) -> list[str]:
    return [secret for secret in BELONGS if secret in text]


def rows_of(town: Town, table: str) -> str:
    with sqlite3.connect(str(town.house.kit.store.url.database)) as raw:
        return "\n".join(str(row) for row in raw.execute(f"SELECT * FROM {table}"))


def on_disk(town: Town) -> str:
    """Every byte of the database after a checkpoint, and of what lies beside it."""
    path = Path(str(town.house.kit.store.url.database))
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA wal_checkpoint(FULL)")
    return "".join(part.read_bytes().decode("latin-1") for part in sorted(path.parent.glob(f"{path.name}*")))


def screen(town: Town, user_id: str) -> str:
    """All that a person ever saw but modals; metadata can be read by every member and app."""
    person = Person(town.pg, user_id)
    places = [place["id"] for place in person.conversations()]
    hidden = [
        message.metadata for place in places for message in town.pg.workspace.conversation(place).messages.values()
    ]
    return json.dumps([person.home, hidden, *(person.messages(place) for place in places)], default=str)
