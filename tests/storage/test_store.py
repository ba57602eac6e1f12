"""Transactions that lose nothing, and columns that refuse what must not be stored."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError, StatementError

from storage import programme
from storage import tables as t
from storage.sqlite import sqlite_engine
from storage.store import Store, StoreBusy, StoreUnusable
from storage.vault import MasterKey
from tests.clockwork import MONDAY
from tests.world import TEAM, World

pytestmark = pytest.mark.both
ROOT = Path(__file__).parents[2]


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
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        async with store.read(TEAM) as tx:
            await programme.note(tx, "U1", "try", "s", MONDAY)


async def test_a_naive_time_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="naive"):
        async with store.write(TEAM) as tx:
            await programme.note(tx, "U1", "try", "s", MONDAY.replace(tzinfo=None))


@pytest.mark.sqlite
async def test_a_second_process_is_told_that_the_file_is_in_use(store: Store) -> None:
    with pytest.raises(StoreBusy, match=f"^{store.url.database}$"):
        Store(str(store.url), [MasterKey.new("test")])


@pytest.mark.sqlite
async def test_a_file_is_free_again_after_closing(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'x.db'}"
    for _ in range(2):
        opened = Store(url, [MasterKey.new("test")])
        await opened.close()


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("busy_timeout", 5000)],
)
async def test_sqlite_is_set_to_keep_what_it_says_it_kept(database: str, pragma: str, value: object) -> None:
    engine = sqlite_engine(database, size=1, write=True)  # as the store has it; those of tests don't wait for the disk
    async with engine.begin() as conn:
        assert (await conn.exec_driver_sql(f"PRAGMA {pragma}")).scalar() == value
    await engine.dispose()


async def test_writers_in_two_ways_of_writing_take_turns(store: Store, world: World) -> None:
    async def add(name: str) -> None:
        async with store.write(TEAM) as tx:
            lines = len(await programme.audit_since(tx, MONDAY))
            await programme.note(tx, "U1", f"{name}.{lines}", "s", MONDAY)

    await asyncio.gather(*(add(str(n)) for n in range(80)))
    async with store.read(TEAM) as tx:
        seen = {int(line.action.partition(".")[2]) for line in await programme.audit_since(tx, MONDAY)}
    assert len(seen) == 80


async def test_a_writer_that_is_cancelled_leaves_nothing_behind_and_lets_the_next_one_in(store: Store) -> None:
    async def dawdle() -> None:
        async with store.write(TEAM) as tx:
            await programme.note(tx, "U1", "dawdle", "s", MONDAY)
            await asyncio.sleep(60)

    for _ in range(10):
        task = asyncio.create_task(dawdle())
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait({task})
        async with asyncio.timeout(5), store.write(TEAM) as tx:
            await programme.note(tx, "U1", "next", "s", MONDAY)
    async with store.read(TEAM) as tx:
        assert [line.action for line in await programme.audit_since(tx, MONDAY)] == ["next"] * 10


async def test_a_reader_sees_what_was_committed_before_it_began(store: Store) -> None:
    async with store.read(TEAM) as reader:
        assert await programme.audit_since(reader, MONDAY) == []
        async with store.write(TEAM) as tx:
            await programme.note(tx, "U1", "later", "s", MONDAY)
        assert await programme.audit_since(reader, MONDAY) == []
    async with store.read(TEAM) as reader:
        assert len(await programme.audit_since(reader, MONDAY)) == 1


@pytest.mark.sqlite
async def test_the_same_file_by_another_way_is_still_in_use(store: Store, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere.db"
    link.symlink_to(tmp_path / "revmentor.db")
    with pytest.raises(StoreBusy):
        Store(f"sqlite+aiosqlite:///{link}", [MasterKey.new("test")])


@pytest.mark.sqlite
async def test_beside_a_running_bot_one_may_read(store: Store) -> None:
    beside = Store(str(store.url), [MasterKey.new("test")], exclusive=False)
    async with beside.read(TEAM) as tx:
        assert await programme.audit_since(tx, MONDAY) == []
    await beside.close()


@pytest.mark.sqlite
def test_a_process_that_was_killed_holds_no_lock(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'x.db'}"
    code = (
        "import sys, time; from storage.store import Store; from storage.vault import MasterKey;"
        f"store = Store({url!r}, [MasterKey.new('a')]); print('open', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline() == b"open\n"
        with pytest.raises(StoreBusy):
            Store(url, [MasterKey.new("test")])
        other.kill()
        other.wait()
    asyncio.run(Store(url, [MasterKey.new("test")]).close())


@pytest.mark.sqlite
def test_a_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="No such file or directory"):
        Store(f"sqlite+aiosqlite:///{tmp_path / 'nowhere' / 'x.db'}", [MasterKey.new("test")])
