"""Closing the store: what is open ends or is called off, nothing begins, and no thread is left to itself."""

import asyncio
import sqlite3
import threading
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select, text

from storage import lent, tables
from storage import store as stores
from storage.lent import StoreClosed
from storage.store import Store
from storage.vault import MasterKey
from tests.world import TEAM

ADD = text("INSERT INTO line (team_id, user_id, manager_id) VALUES (:team, :user, 'U9')")


@dataclass
class Pause:
    """In the middle of a transaction."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)


async def add(store: Store, user: str, pause: Pause | None = None) -> None:
    async with store.write(TEAM) as tx:
        await tx.conn.execute(ADD, {"team": TEAM, "user": user})
        if pause is not None:
            pause.reached.set()
            await pause.over.wait()


async def stored(address: str) -> int:
    again = Store(address, [MasterKey.new("test")])
    async with again.read(TEAM) as tx:
        found = int(await tx.conn.scalar(select(func.count()).select_from(tables.metadata.tables["line"])))
    await again.close()
    return found


async def turns(count: int = 20) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


@pytest.mark.both
async def test_what_is_being_written_is_committed_first_and_nothing_begins_any_more(
    store: Store, database: str
) -> None:
    pause = Pause()
    writing = asyncio.create_task(add(store, "U1", pause))
    await pause.reached.wait()
    closing = asyncio.create_task(store.close(60))
    await turns()
    assert not closing.done()
    for begin in (store.write, store.read):
        with pytest.raises(StoreClosed):
            async with begin(TEAM):
                pass
    pause.over.set()
    await closing
    await writing
    assert await stored(database) == 1


@pytest.mark.both
async def test_what_does_not_end_is_called_off_and_rolled_back(store: Store, database: str) -> None:
    pause = Pause()
    writing = asyncio.create_task(add(store, "U1", pause))
    await pause.reached.wait()
    await store.close(0.01)
    assert writing.cancelled()
    assert await stored(database) == 0


@pytest.mark.sqlite
@pytest.mark.parametrize("twice", [False, True])
async def test_a_write_that_is_cancelled_at_any_moment_leaves_the_writer_free(store: Store, twice: bool) -> None:
    before = len(asyncio.all_tasks())
    for moment in range(24):
        writing = asyncio.create_task(add(store, f"U{moment}"))
        await turns(moment)
        writing.cancel()
        if twice:
            await asyncio.sleep(0)
            writing.cancel()
        await asyncio.wait({writing})
        async with asyncio.timeout(4):
            await add(store, f"W{moment}")
    async with asyncio.timeout(4):  # a connection that was closed and stopped waited for an answer for ever
        while len(asyncio.all_tasks()) > before:
            await asyncio.sleep(0)
    await store.close()


@pytest.mark.sqlite
def test_a_statement_that_outlasts_the_loop_holds_up_nothing_and_its_thread_tells_nobody(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lent, "ROLLBACK", 0.02)
    monkeypatch.setattr(stores, "CLOSING", 0.02)
    broken: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", broken.append)
    before = set(threading.enumerate())
    store = Store(database, [MasterKey.new("test")])
    other = sqlite3.connect(str(store.url.database), isolation_level=None)

    async def start_and_stop() -> None:
        await add(store, "U1")
        other.execute("BEGIN IMMEDIATE")
        writing = asyncio.create_task(add(store, "U2"))
        await turns()
        async with asyncio.timeout(4):  # SQLite waits for five seconds
            await store.close(0.02)
        assert writing.cancelling() and not writing.done()

    asyncio.run(start_and_stop())
    (thread,) = set(threading.enumerate()) - before
    other.execute("ROLLBACK")
    other.close()
    thread.join(30)
    assert not thread.is_alive() and broken == []
