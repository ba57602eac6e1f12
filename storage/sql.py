"""Statements that SQLite and PostgreSQL spell the same but SQLAlchemy keeps in two dialects."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.store import Tx


async def put(tx: Tx, table: Table, values: Mapping[str, Any], *, key: Sequence[str]) -> None:
    """Insert a row, or replace everything but the key where it exists."""
    rest = {k: v for k, v in values.items() if k not in key}
    statement = insert_into(tx, table).values(values)
    await tx.conn.execute(statement.on_conflict_do_update(index_elements=list(key), set_=rest))


async def add_once(tx: Tx, table: Table, values: Mapping[str, Any], *, key: Sequence[str]) -> bool:
    """Insert a row unless its key exists; True when it was new."""
    statement = insert_into(tx, table).values(values).on_conflict_do_nothing(index_elements=list(key))
    # An insert's rowcount is -1 on PostgreSQL; what it returns is the same everywhere.
    return (await tx.conn.execute(statement.returning(table.c[key[0]]))).first() is not None


def insert_into(tx: Tx, table: Table) -> Any:
    """An insert of the dialect at hand, for its `on_conflict` clauses."""
    return sqlite.insert(table) if tx.dialect == "sqlite" else postgresql.insert(table)
