"""The database is full, locked or not to be written to: people are told, nothing typed is lost, and it goes on."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from storage import outbox
from storage import tables as t
from storage.weather import takes_nothing_in
from tests.end_to_end.conftest import Town, town
from tests.world import TEAM, seed

__all__ = ["town"]
pytestmark = pytest.mark.sqlite
WEATHER = ("full", "locked", "readonly")


async def pragma(town: Town, *texts: str) -> None:
    """Outside any transaction, which the weather might not let begin."""
    async with town.house.kit.store.engine.connect() as conn:
        driver = (await conn.get_raw_connection()).driver_connection
        for text in texts:
            driver._conn.execute(f"PRAGMA {text}")  # type: ignore[union-attr]


@asynccontextmanager
async def bad(town: Town, weather: str) -> AsyncIterator[None]:
    """The database takes nothing in meanwhile."""
    path = str(town.house.kit.store.url.database)
    other = sqlite3.connect(path, isolation_level=None)
    try:
        if weather == "full":
            await pragma(town, "max_page_count = 1")  # SQLite takes the pages that there are
        elif weather == "readonly":
            await pragma(town, "query_only = ON")
        else:
            await pragma(town, "busy_timeout = 20")
            other.execute("BEGIN IMMEDIATE")
        yield
    finally:
        other.close()
        await pragma(town, "query_only = OFF", "max_page_count = 1000000", "busy_timeout = 5000")


async def fill_the_last_pages(town: Town) -> None:
    """Until even a small row finds no place."""
    with pytest.raises(OperationalError, match="full"):
        for number in range(10_000):
            async with town.house.kit.store.write(TEAM) as tx:
                values = {"team_id": TEAM, "event_id": f"{number}", "kind": "x" * 40, "received_at": town.clock.now()}
                await tx.conn.execute(t.inbox.insert().values(**values))


async def count(town: Town, table: str) -> int:
    async with town.house.kit.store.read(TEAM) as tx:
        return int(await tx.conn.scalar(select(func.count()).select_from(t.metadata.tables[table])) or 0)


async def test_whatever_the_weather_a_modal_keeps_what_was_typed_and_is_stored_once_afterwards(town: Town) -> None:
    await seed(town.house.kit)
    bo, ana = town.person("bo"), town.person("ana")
    await bo.command("/revmentor commit")  # the page that its table has from the start is taken by this one
    assert (await bo.submit({"commit.text": "I will listen", "commit.due_on": "2026-03-20"})).ok
    for number, weather in enumerate(WEATHER, start=2):
        await bo.command("/revmentor commit")
        async with bad(town, weather):
            if weather == "full":
                await fill_the_last_pages(town)
            else:
                assert (await ana.command("/revmentor park hiring")).ok
                assert "nothing was changed" in town.said(ana, "C07GENERAL")
            first = await bo.submit({"commit.text": f"I will ask {weather}", "commit.due_on": "2026-03-20"})
            assert not first.closed, weather
            assert "Everything you typed is here" in next(iter(first.errors.values())), weather
        assert (await bo.submit({})).ok and await count(town, "commitment") == number, weather
    assert await count(town, "agenda_line") == 0
    await town.settle()
    async with town.house.kit.store.read(TEAM) as tx:
        assert await outbox.dead(tx) == []


def test_a_connection_that_broke_may_have_committed() -> None:
    assert not takes_nothing_in(ConnectionResetError())
    assert not takes_nothing_in(OperationalError("COMMIT", None, ConnectionResetError()))
