"""The database is busy while people press: what they typed is stored once, and they are told the truth."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import func, select

from storage import tables as t
from tests.end_to_end.conftest import Town, town
from tests.world import TEAM, seed

__all__ = ["town"]
GENERAL = "C07GENERAL"


@pytest.fixture
async def busy(town: Town) -> AsyncExitStack:
    """Somebody else writes until this is closed."""
    await seed(town.house.kit)
    town.house.guard.patience = 0.2
    return AsyncExitStack()


async def count(town: Town, table: str) -> int:
    async with town.house.kit.store.read(TEAM) as tx:
        return int(await tx.conn.scalar(select(func.count()).select_from(t.metadata.tables[table])) or 0)


async def free(town: Town, busy: AsyncExitStack) -> None:
    await busy.aclose()
    while town.house.guard.running:
        await town.house.guard.drain(5)


async def test_a_promise_that_takes_long_to_store_is_stored_once_however_often_it_is_sent(
    town: Town, busy: AsyncExitStack
) -> None:
    bo = town.person("bo")
    await bo.command("/revmentor commit")
    promise = {"commit.text": "I will ask first", "commit.due_on": "2026-03-20"}
    await busy.enter_async_context(town.house.kit.store.write(TEAM))
    first = await bo.submit(promise)
    assert not first.closed and "Everything you typed is here" in next(iter(first.errors.values()))
    assert not (await bo.submit({})).closed
    await free(town, busy)
    assert await count(town, "commitment") == 1
    assert (await bo.submit({})).ok
    assert await count(town, "commitment") == 1
    assert bo.modal is not None and bo.modal["callback_id"] == "common.notice"


async def test_a_topic_that_takes_long_to_park_is_parked_once_and_confirmed_afterwards(
    town: Town, busy: AsyncExitStack
) -> None:
    ana = town.person("ana")
    await busy.enter_async_context(town.house.kit.store.write(TEAM))
    assert (await ana.command("/revmentor park hiring")).ok
    assert len(ana.messages(GENERAL)) == 1 and "longer than usual" in town.said(ana, GENERAL)
    await free(town, busy)
    assert len(ana.messages(GENERAL)) == 2 and await count(town, "agenda_line") == 1


async def test_stopping_waits_for_what_is_being_stored(town: Town, busy: AsyncExitStack) -> None:
    ana = town.person("ana")
    await busy.enter_async_context(town.house.kit.store.write(TEAM))
    await ana.command("/revmentor park hiring")
    stopping = asyncio.create_task(town.house.guard.drain(5))
    await asyncio.sleep(0)
    await busy.aclose()
    await stopping
    assert await count(town, "agenda_line") == 1
