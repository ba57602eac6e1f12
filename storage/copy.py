"""Copying every row from one database into another, table by table, and telling whether both then hold the same."""

import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, Table, func, insert, literal, select, text, tuple_
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.migrate import migrate, refuse_behind, unusable
from storage.store import Store
from storage.tables import metadata

TABLES: tuple[Table, ...] = tuple(metadata.sorted_tables)
"""Every table, each after those that it refers to."""

BATCH = 500
"""Rows in one statement, and in memory."""

Told = Callable[[str, int, int], None]
"""Told of progress: a table, how many of its rows are done, how many there are."""

_OTHERS = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")


class NotEmpty(Exception):
    """The database that was to be filled holds something; the text is a table that has rows."""


class InUse(Exception):
    """Somebody else is connected to the database that is to be copied."""


class Differs(Exception):
    """What arrived is not what was sent; the text names the table, and nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows a table has, and a sum over all their contents that does not depend on their order."""

    rows: int = 0
    sum: int = 0

    def plus(self, rows: Sequence[Row[tuple[object, ...]]]) -> "Tally":
        digests = (hashlib.sha256(repr(tuple(row)).encode("utf-8", "surrogatepass")).digest() for row in rows)
        return Tally(self.rows + len(rows), (self.sum + sum(int.from_bytes(d[:8], "big") for d in digests)) % 2**64)


def nobody(_table: str, _done: int, _rows: int) -> None:
    """For whoever is not told of progress."""


async def copy(source: Store, target: Store, told: Told = nobody) -> dict[str, int]:
    """Bring an empty database to this revision and fill it with everything of another; tells rows by table.

    All or nothing. Sealed texts are copied as they are: what they are bound to comes along. Raises Behind, NotEmpty,
    InUse, Differs, StoreUnusable.
    """
    await refuse_behind(source)
    await migrate(target)
    try:
        async with source.snapshot() as reading, target.engine.begin() as writing:
            await _refuse_used(source, reading)
            await refuse_filled(writing)
            return await fill(reading, writing, TABLES, told)
    except DatabaseError as problem:
        raise unusable(problem) from problem


async def fill(
    source: AsyncConnection, target: AsyncConnection, tables: Sequence[Table], told: Told = nobody
) -> dict[str, int]:
    """Copy tables, read back what arrived, and tell rows by table. Raises Differs."""
    rows = {}
    for table in tables:
        sent = await _copy_table(source, target, table, told)
        if await tally(target, table) != sent:
            raise Differs(table.name)
        rows[table.name] = sent.rows
    return rows


async def tally(conn: AsyncConnection, table: Table) -> Tally:
    """What a table holds."""
    found = Tally()
    async for rows in batches(conn, table):
        found = found.plus(rows)
    return found


async def batches(conn: AsyncConnection, table: Table) -> AsyncIterator[Sequence[Row[tuple[object, ...]]]]:
    """All rows of a table, some at a time, in the order of its key."""
    key = list(table.primary_key.columns)
    ordered = select(table).order_by(*key).limit(BATCH)
    rows = (await conn.execute(ordered)).all()
    while rows:
        yield rows
        last = [literal(rows[-1]._mapping[column], column.type) for column in key]
        rows = (await conn.execute(ordered.where(tuple_(*key) > tuple_(*last)))).all()


async def refuse_filled(conn: AsyncConnection) -> None:
    """Raises NotEmpty for a database in which anything is kept."""
    for table in TABLES:
        if (await conn.execute(select(literal(1)).select_from(table).limit(1))).first() is not None:
            raise NotEmpty(table.name)


async def _copy_table(source: AsyncConnection, target: AsyncConnection, table: Table, told: Told) -> Tally:
    rows_in_all = int(await source.scalar(select(func.count()).select_from(table)) or 0)
    found = Tally()
    told(table.name, 0, rows_in_all)
    async for rows in batches(source, table):
        try:
            await target.execute(insert(table), [dict(row._mapping) for row in rows])
        except (DataError, IntegrityError) as problem:  # PostgreSQL minds lengths and NUL characters, SQLite does not
            raise Differs(table.name) from problem
        found = found.plus(rows)
        told(table.name, found.rows, rows_in_all)
    return found


async def _refuse_used(store: Store, conn: AsyncConnection) -> None:
    """A SQLite file is known to be ours by its lock; on PostgreSQL nobody else may be connected."""
    if not store.sqlite and await conn.scalar(_OTHERS):
        raise InUse
