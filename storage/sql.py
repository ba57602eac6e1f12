"""Statements that SQLite and PostgreSQL spell the same but SQLAlchemy keeps in two dialects."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.store import Tx


async def put(tx: Tx, table: Table, values: Mapping[str, Any], *, key: Sequence[str]) -> None:
    """Insert a row, or replace everything but the key where it exists."""
    await tx.conn.execute(_put(tx.dialect, table, tuple(values), tuple(key)), dict(values))


async def put_all(tx: Tx, table: Table, rows: Sequence[Mapping[str, Any]], *, key: Sequence[str]) -> None:
    """As `put`, for rows with the same columns, with one statement."""
    if rows:
        await tx.conn.execute(_put(tx.dialect, table, tuple(rows[0]), tuple(key)), [dict(row) for row in rows])


async def add_once(tx: Tx, table: Table, values: Mapping[str, Any], *, key: Sequence[str]) -> bool:
    """Insert a row unless its key exists; True when it was new."""
    # An insert's rowcount is -1 on PostgreSQL; what it returns is the same everywhere.
    return (await tx.conn.execute(_add_told(tx.dialect, table, tuple(key)), dict(values))).first() is not None


async def add_all_once(tx: Tx, table: Table, rows: Sequence[Mapping[str, Any]], *, key: Sequence[str]) -> None:
    """Insert rows with the same columns, leaving out those whose key exists; with one statement."""
    if rows:
        await tx.conn.execute(_add(tx.dialect, table, tuple(key)), [dict(row) for row in rows])


def insert_of(dialect: str, table: Table) -> Any:
    """An insert of a dialect, for its `on_conflict` clauses."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


@lru_cache
def by(table: Table, *columns: str) -> Select[Any]:
    """Rows of a table by these columns, whose values are handed to `execute`.

    For what is asked most: made once, for to put such a query together takes longer than to run it.
    """
    return select(table).where(*(table.c[name] == bindparam(name) for name in columns))


@lru_cache
def _add(dialect: str, table: Table, key: tuple[str, ...]) -> Any:
    return insert_of(dialect, table).on_conflict_do_nothing(index_elements=key)


@lru_cache
def _add_told(dialect: str, table: Table, key: tuple[str, ...]) -> Any:
    return _add(dialect, table, key).returning(table.c[key[0]])


@lru_cache
def _put(dialect: str, table: Table, columns: tuple[str, ...], key: tuple[str, ...]) -> Any:
    statement = insert_of(dialect, table)
    rest = {name: statement.excluded[name] for name in columns if name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=rest)
