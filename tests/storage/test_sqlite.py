"""The driver that waits in its thread and works in the loop begins, ends and fails as SQLite itself does."""

import sqlite3

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage import programme
from storage.store import Store
from tests.clockwork import MONDAY
from tests.world import TEAM, World

pytestmark = pytest.mark.sqlite
ADD = text("INSERT INTO line (team_id, user_id, manager_id) VALUES (:team, :user, 'U9')")


def lines(store: Store) -> int:
    with sqlite3.connect(str(store.url.database)) as other:
        found = other.execute("SELECT count(*) FROM line").fetchone()[0]
    other.close()
    return int(found)


async def test_nothing_is_written_outside_a_transaction_that_could_not_begin(store: Store) -> None:
    other = sqlite3.connect(str(store.url.database), isolation_level=None)
    async with store.write(TEAM) as tx:
        await tx.conn.exec_driver_sql("PRAGMA busy_timeout=1")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"):
        async with store.write(TEAM) as tx:
            with pytest.raises(OperationalError, match="locked"):
                await tx.conn.execute(ADD, {"team": TEAM, "user": "U1"})
            await tx.conn.execute(ADD, {"team": TEAM, "user": "U2"})
    other.execute("ROLLBACK")
    async with store.write(TEAM) as tx:
        await tx.conn.execute(ADD, {"team": TEAM, "user": "U3"})
        assert lines(store) == 0, "not before the end"
    assert lines(store) == 1
    other.close()


async def test_a_transaction_without_statements_leaves_the_next_one_as_it_should_be(store: Store) -> None:
    async with store.write(TEAM):
        pass
    with pytest.raises(KeyError):
        async with store.write(TEAM):
            raise KeyError
    with pytest.raises(KeyError):
        async with store.write(TEAM) as tx:
            await tx.conn.execute(ADD, {"team": TEAM, "user": "U1"})
            raise KeyError
    assert lines(store) == 0


async def test_many_rows_go_in_with_one_statement(store: Store) -> None:
    async with store.write(TEAM) as tx:
        await tx.conn.execute(ADD, [{"team": TEAM, "user": f"U{n}"} for n in range(3)])
    assert lines(store) == 3


async def test_a_statement_that_fails_leaves_the_transaction_open(store: Store, world: World) -> None:
    async with store.write(TEAM) as tx:
        await programme.note(tx, "U1", "before", "s", MONDAY)
        with pytest.raises(OperationalError, match="no such table"):
            await tx.conn.exec_driver_sql("SELECT 1 FROM nowhere")
        await programme.note(tx, "U1", "after", "s", MONDAY)
    async with store.read(TEAM) as tx:
        assert [line.action for line in await programme.audit_since(tx, MONDAY)] == ["after", "before"]
