"""Transactions that lose nothing, and columns that refuse what must not be stored."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError, StatementError

from storage import programme
from storage import tables as t
from storage.store import Store, StoreBusy
from storage.vault import MasterKey
from tests.clockwork import MONDAY
from tests.world import TEAM, World


async def test_eighty_read_then_write_increments_from_four_tasks_make_eighty(store: Store, world: World) -> None:
    async def increment_twenty_times() -> None:
        for _ in range(20):
            async with store.write(TEAM) as tx:
                k = await tx.conn.scalar(select(t.programme.c.k))
                await asyncio.sleep(0)
                await tx.conn.execute(update(t.programme).values(k=k + 1))

    await asyncio.gather(*(increment_twenty_times() for _ in range(4)))
    async with store.read(TEAM) as tx:
        found = await programme.get(tx)
    assert found is not None and found.k == world.programme.k + 80


async def test_a_failed_transaction_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(KeyError):
        async with store.write(TEAM) as tx:
            await programme.note(tx, "U1", "try", "s", MONDAY)
            raise KeyError
    async with store.read(TEAM) as tx:
        assert await programme.audit_since(tx, MONDAY) == []


async def test_a_reading_transaction_cannot_write(store: Store) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        async with store.read(TEAM) as tx:
            await programme.note(tx, "U1", "try", "s", MONDAY)


async def test_a_naive_time_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="naive"):
        async with store.write(TEAM) as tx:
            await programme.note(tx, "U1", "try", "s", MONDAY.replace(tzinfo=None))


async def test_a_second_process_is_told_that_the_file_is_in_use(store: Store) -> None:
    with pytest.raises(StoreBusy, match="in use"):
        Store(str(store.url), [MasterKey.new("test")])


async def test_a_file_is_free_again_after_closing(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'x.db'}"
    for _ in range(2):
        opened = Store(url, [MasterKey.new("test")])
        await opened.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("busy_timeout", 5000)],
)
async def test_sqlite_is_set_to_keep_what_it_says_it_kept(store: Store, pragma: str, value: object) -> None:
    async with store.write(TEAM) as tx:
        assert (await tx.conn.exec_driver_sql(f"PRAGMA {pragma}")).scalar() == value
