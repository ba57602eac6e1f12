"""What only a real PostgreSQL server can show: replicas side by side, locks, and connections that are cut."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, select, text, update
from sqlalchemy.exc import DBAPIError

from bot.delivery.scribe import Scribe
from storage import outbox, programme
from storage import tables as t
from storage.migrate import migrate, revisions
from storage.postgresql import passing, undone
from storage.records.delivery import Letter
from storage.store import Store, StoreUnusable, Tx
from storage.vault import MasterKey
from tests.clockwork import MONDAY
from tests.databases import on_server
from tests.storage import test_outbox
from tests.storage.older import one_row_in_every_table, upgrade
from tests.storage.test_outbox import LEASE, queue
from tests.thorough import thorough
from tests.world import TEAM, World

pytestmark = pytest.mark.postgresql


@asynccontextmanager
async def replicas(address: str, count: int) -> AsyncIterator[list[Store]]:
    """Stores of so many processes on one database."""
    stores = [Store(address, [MasterKey.new("test")]) for _ in range(count)]
    try:
        yield stores
    finally:
        for store in stores:
            await store.close()


def plain(database: str) -> psycopg.Connection[tuple[object, ...]]:
    """Somebody else's connection."""
    return psycopg.connect(database.replace("+psycopg", ""))


def letter(**changes: object) -> Letter:
    return test_outbox.letter(team_id=TEAM, **changes)


async def lines(store: Store) -> list[str]:
    async with store.read(TEAM) as tx:
        return [line.action for line in await programme.audit_since(tx, MONDAY)]


async def cut(database: str, pid: int) -> None:
    with plain(database) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])


async def own_pid(tx: Tx) -> int:
    return int(await tx.conn.scalar(text("SELECT pg_backend_pid()")))


@thorough
async def test_of_replicas_that_start_at_once_one_migrates_and_the_others_find_it_done() -> None:
    with on_server(bare=True) as address:
        async with replicas(address, 3) as stores:
            done = await asyncio.gather(*(migrate(store) for store in stores))
    head = revisions()[-1]
    assert sorted(done, key=str) == sorted([(None, head), (head, head), (head, head)], key=str)


async def test_after_all_migrations_the_server_has_the_tables_that_the_code_knows() -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), t.metadata))

    with on_server(bare=True) as address:
        async with replicas(address, 1) as (store,):
            await migrate(store)
            async with store.engine.connect() as conn:
                assert await conn.run_sync(differences) == []


@pytest.mark.parametrize("since", revisions()[:-1])
@thorough
async def test_data_of_every_earlier_version_survives_the_way_to_the_newest(since: str) -> None:
    with on_server(bare=True) as address:
        async with replicas(address, 1) as (store,):
            async with store.engine.begin() as conn:
                await conn.run_sync(upgrade, since)
                before = await conn.run_sync(one_row_in_every_table)
            assert await migrate(store) == (since, revisions()[-1])
            async with store.engine.begin() as conn:
                after = await conn.run_sync(one_row_in_every_table)
    assert {name: after[name] for name in before} == dict.fromkeys(before, 1)


async def test_writers_in_two_replicas_lose_no_update(database: str, store: Store, world: World) -> None:
    async def increment_ten_times(own: Store) -> None:
        for _ in range(10):
            async with own.write(TEAM) as tx:
                k = await tx.conn.scalar(select(t.programme.c.k))
                await asyncio.sleep(0)
                await tx.conn.execute(update(t.programme).values(k=k + 1))

    async with replicas(database, 2) as stores:
        await asyncio.gather(*(increment_ten_times(own) for own in stores * 4))
    async with store.read(TEAM) as tx:
        found = await programme.get(tx)
    assert found is not None and found.k == world.programme.k + 80


@thorough
async def test_a_writer_waits_for_nobody_in_another_workspace(store: Store) -> None:
    async with asyncio.timeout(5), store.write("T1") as first:
        await programme.note(first, "U1", "first", "s", MONDAY)
        async with store.write("T2") as second:
            await programme.note(second, "U1", "second", "s", MONDAY)


@thorough
async def test_many_writers_that_wait_leave_connections_for_readers_and_other_workspaces(store: Store) -> None:
    async def write(n: int) -> None:
        async with store.write(TEAM) as tx:
            await programme.note(tx, "U1", str(n), "s", MONDAY)

    async with store.write(TEAM):
        waiting = [asyncio.create_task(write(n)) for n in range(40)]
        await asyncio.sleep(0)
        async with asyncio.timeout(5), store.read(TEAM) as tx, store.write("T2") as other:
            await programme.note(other, "U1", "other", "s", MONDAY)
            assert await programme.audit_since(tx, MONDAY) == []
    await asyncio.gather(*waiting)
    assert len(await lines(store)) == 40


@thorough
async def test_a_courier_passes_over_what_another_connection_has_locked(database: str, store: Store) -> None:
    held, free = letter(to="U1"), letter(to="U2")
    await queue(store, held, free)
    with plain(database) as other:
        other.execute("SELECT 1 FROM outbox WHERE id = %s FOR UPDATE", [held.id])
        async with asyncio.timeout(5), store.write(TEAM) as tx:
            taken = await outbox.lease(tx, "a", MONDAY, MONDAY + LEASE, 5)
    assert [one.id for one in taken] == [free.id]


@thorough
async def test_the_same_letter_is_leased_by_one_of_many_couriers(database: str, store: Store) -> None:
    letters = [letter(to=f"U{n}") for n in range(30)]
    await queue(store, *letters)

    async def take(own: Store, name: str) -> list[str]:
        async with own.write(TEAM) as tx:
            return [one.id for one in await outbox.lease(tx, name, MONDAY, MONDAY + LEASE, 4)]

    async with replicas(database, 3) as stores:
        taken = await asyncio.gather(*(take(own, f"c{n}") for n, own in enumerate(stores * 4)))
    ids = [one for few in taken for one in few]
    assert sorted(ids) == sorted(one.id for one in letters)


@thorough
async def test_a_connection_cut_in_mid_transaction_leaves_nothing_and_the_next_one_works(
    database: str, store: Store
) -> None:
    with pytest.raises(DBAPIError) as cutting:
        async with store.write(TEAM) as tx:
            await programme.note(tx, "U1", "half", "s", MONDAY)
            await cut(database, await own_pid(tx))
            await programme.note(tx, "U1", "whole", "s", MONDAY)
    assert passing(cutting.value) and not undone(cutting.value)
    async with store.write(TEAM) as tx:
        await programme.note(tx, "U1", "next", "s", MONDAY)
    assert await lines(store) == ["next"]


@thorough
async def test_connections_that_were_cut_while_idle_are_replaced_without_anybody_noticing(
    database: str, store: Store
) -> None:
    for _ in range(3):
        async with store.write(TEAM) as tx:
            await programme.note(tx, "U1", "try", "s", MONDAY)
            pid = await own_pid(tx)
        await cut(database, pid)
    assert len(await lines(store)) == 3


@thorough
async def test_what_a_scribe_writes_survives_a_cut_connection(database: str, store: Store) -> None:
    cuts = 0

    async def write(tx: Tx) -> str:
        nonlocal cuts
        await programme.note(tx, "U1", "once", "s", MONDAY)
        if cuts < 2:
            cuts += 1
            await cut(database, await own_pid(tx))
            await programme.note(tx, "U1", "never", "s", MONDAY)
        return "told"

    assert await Scribe(store).write(TEAM, write) == "told"
    assert await lines(store) == ["once"]


@thorough
async def test_a_scribes_deadlock_with_somebody_else_is_written_once_more(
    database: str, store: Store, world: World
) -> None:
    tries = 0
    name = update(t.person).values(name="changed")
    with plain(database) as other:
        other.execute("SET deadlock_timeout = '1h'")  # so that ours is the one that is called off
        other.execute("UPDATE person SET zone = zone WHERE id = %s", [world.bo.id])

        async def write(tx: Tx) -> None:
            nonlocal tries
            tries += 1
            await tx.conn.execute(name.where(t.person.c.id == world.ana.id))
            if tries == 1:
                task.append(asyncio.create_task(asyncio.to_thread(takes_the_other_way_round)))
            await tx.conn.execute(name.where(t.person.c.id == world.bo.id))

        def takes_the_other_way_round() -> None:
            other.execute("UPDATE person SET zone = zone WHERE id = %s", [world.ana.id])
            other.commit()

        task: list[asyncio.Task[None]] = []
        await Scribe(store).write(TEAM, write)
        await task[0]
    assert tries == 2


@thorough
async def test_a_transaction_that_waits_too_long_for_a_lock_is_called_off_undone(
    database: str, store: Store, world: World
) -> None:
    with plain(database) as other:
        other.execute("UPDATE person SET zone = zone WHERE id = %s", [world.ana.id])
        with pytest.raises(DBAPIError) as late:
            async with store.write(TEAM) as tx:
                assert (await tx.conn.scalar(text("SHOW lock_timeout"))) == "10s"
                await tx.conn.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
                await tx.conn.execute(update(t.person).values(name="x").where(t.person.c.id == world.ana.id))
    assert undone(late.value)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("timezone", "UTC"),
        ("statement_timeout", "30s"),
        ("idle_in_transaction_session_timeout", "1min"),
        ("transaction_isolation", "read committed"),
        ("application_name", "revmentor"),
    ],
)
@thorough
async def test_a_writers_connection_is_set_to_let_go_in_time(store: Store, setting: str, value: str) -> None:
    async with store.write(TEAM) as tx:
        assert await tx.conn.scalar(text(f"SHOW {setting}")) == value


@thorough
async def test_a_time_comes_back_as_the_instant_it_was_whatever_the_servers_zone(store: Store) -> None:
    one = letter(due_at=MONDAY + timedelta(microseconds=7))
    await queue(store, one)
    async with store.read(TEAM) as tx:
        found = await outbox.get(tx, one.id)
    assert found is not None and found.due_at.isoformat() == "2026-03-02T09:00:00.000007+00:00"


@thorough
async def test_where_there_is_no_server_that_is_said(database: str) -> None:
    nowhere = database.rsplit(":", 1)[0] + ":1/x"
    async with replicas(nowhere, 1) as (store,):
        with pytest.raises(StoreUnusable, match="refused"):
            await migrate(store)
