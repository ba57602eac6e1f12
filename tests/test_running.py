"""`app.py run` told to stop while people are at it: what it acknowledged is stored, and nothing hangs half done."""

import asyncio
import json
import re
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from playground.server import Playground
from storage.vault import MasterKey
from tests.handlers.knocking import SIGNING_SECRET, event
from tests.running import Running, ended, started
from tests.thorough import few, thorough
from tests.world import ANA

WAYS = ["http", "socket"]


def write_env(folder: Path, slack: Playground, way: str, **changes: str) -> None:
    own = {"slack_signing_secret": SIGNING_SECRET} if way == "http" else {"slack_app_token": slack.app_token}
    settings = {
        "slack_bot_token": slack.bot_token, "slack_api_url": slack.api_url, "http_port": "0", **own,
        "master_keys": MasterKey.new("test").text(), "database_url": f"sqlite+aiosqlite:///{folder / 'run.db'}",
    }  # fmt: skip
    lines = [f"REVMENTOR_{name.upper()}={value}" for name, value in {**settings, **changes}.items()]
    (folder / ".env").write_text("\n".join(lines) + "\n", encoding="utf-8")


async def reached(running: Running, slack: Playground, way: str) -> str:
    """Where its pages are, once it is there and Slack knows the way."""
    await running.until("Health and metrics are at")
    found = re.search(r"http://[\d.]+:\d+", running.said[-1])
    assert found is not None
    if way == "http":
        slack.use_http(f"{found[0]}/slack/events", SIGNING_SECRET)
    return found[0]


async def load(slack: Playground, name: str, acknowledged: set[str]) -> None:
    """One person's events, as fast as they are acknowledged, until nobody does any more."""
    for number in range(10_000):
        event_id = f"Ev{name}{number}"
        told = json.loads(event(event_id, event={"type": "app_home_opened", "user": ANA, "tab": "home"}))
        if not (await slack.channel.send("events_api", told, 3.0)).ok:
            return
        acknowledged.add(event_id)


@pytest.fixture(params=few(WAYS))
async def way(request: pytest.FixtureRequest, tmp_path: Path, slack: Playground) -> AsyncIterator[str]:
    write_env(tmp_path, slack, request.param)
    yield request.param
    await slack.channel.close()


async def test_told_to_stop_under_load_it_stores_what_it_acknowledged_and_drops_nothing(
    tmp_path: Path, slack: Playground, way: str
) -> None:
    acknowledged: set[str] = set()
    async with started(tmp_path) as running:
        url = await reached(running, slack, way)
        async with aiohttp.ClientSession() as session, session.get(f"{url}/readyz") as answer:
            assert answer.status == 200, await answer.text()
        people = [asyncio.create_task(load(slack, name, acknowledged)) for name in "abcd"]
        while len(acknowledged) < 40:
            await asyncio.sleep(0.02)
        assert await running.stop() == 0
        for one in people:  # over a socket they wait for one that opens
            one.cancel()
        await asyncio.gather(*people, return_exceptions=True)
    with sqlite3.connect(tmp_path / "run.db") as raw:
        stored = {row[0] for row in raw.execute("SELECT event_id FROM inbox")}
        hanging = raw.execute("SELECT count(*) FROM outbox WHERE state = 'sending'").fetchone()[0]
    assert stored == acknowledged and hanging == 0
    assert (tmp_path / "stderr").read_text(encoding="utf-8") == ""


@thorough
async def test_a_port_that_is_taken_ends_the_start_with_a_sentence(tmp_path: Path, slack: Playground) -> None:
    port = slack.base_url.rpartition(":")[2]
    write_env(tmp_path, slack, "http", http_port=port)
    code, said = await ended(tmp_path)
    assert code == 2 and f"cannot listen on 127.0.0.1, port {port}: " in said and "Traceback" not in said
