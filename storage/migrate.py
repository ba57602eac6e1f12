"""Bringing a database's schema up to date: Alembic, forward only, under a lock, on SQLite and PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.store import Store, StoreUnusable

if TYPE_CHECKING:  # Alembic is imported where something is to be migrated: most starts have nothing to do
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"

_LOCK = 0x72657665  # an arbitrary number that only revmentor's migrations use


class NewerSchema(Exception):
    """The database was written by a newer revmentor; the text says which revision was found."""


class Behind(Exception):
    """The database is not at this version's revision; `migrate` brings it there."""


def revisions() -> list[str]:
    """All revisions that this version knows, oldest first: the beginnings of the files' names."""
    return sorted(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*_*.py"))


async def migrate(store: Store) -> tuple[str | None, str]:
    """Run what is missing in one transaction; tells the revision before and after.

    Raises NewerSchema, and StoreUnusable where there is no database to be had.
    """
    try:
        async with store.engine.connect() as conn, _rebuilding(conn), conn.begin():
            return await conn.run_sync(_upgrade)
    except (DatabaseError, OSError) as problem:
        raise unusable(problem) from problem


@asynccontextmanager
async def _rebuilding(conn: AsyncConnection) -> AsyncIterator[None]:
    """SQLite changes a table by making it anew and dropping the old one, which rows that refer to it would forbid.

    The pragma does nothing inside a transaction; what refers to nothing afterwards is looked for before the end of it.
    https://sqlite.org/lang_altertable.html#otheralter
    """

    def held(connection: Connection, state: str) -> None:
        if connection.dialect.name == "sqlite":
            cursor = connection.connection.cursor()
            cursor.execute(f"PRAGMA foreign_keys={state}")
            cursor.close()

    await conn.run_sync(held, "OFF")
    try:
        yield
    finally:
        await conn.run_sync(held, "ON")


def unusable(problem: DatabaseError | OSError) -> StoreUnusable:
    """The reason in the driver's own words, without address, statement or parameters."""
    reason = problem.orig if isinstance(problem, DatabaseError) else problem
    return StoreUnusable(str(reason).partition("\n")[0])


async def pending(store: Store) -> bool:
    """Whether the schema is behind this version's."""
    return await revision(store) != revisions()[-1]


async def refuse_behind(store: Store) -> None:
    """Raises Behind where the schema is not this version's, StoreUnusable where there is no database."""
    if await pending(store):
        raise Behind


async def revision(store: Store) -> str | None:
    """The schema's revision, None in an empty database; only read. Raises StoreUnusable."""
    try:
        async with store.snapshot() as conn:
            return await conn.run_sync(_revision)
    except (DatabaseError, OSError) as problem:
        raise unusable(problem) from problem


def _upgrade(connection: Connection) -> tuple[str | None, str]:
    if connection.dialect.name == "postgresql":
        for limit in ("statement_timeout", "lock_timeout"):  # another replica's migration may take its time
            connection.execute(text(f"SET LOCAL {limit} = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    before, known = _revision(connection), revisions()
    if before is not None and before not in known:
        raise NewerSchema(before)
    if before != known[-1]:
        from alembic import command

        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _refuse_loose_ends(connection)
    return before, known[-1]


def _refuse_loose_ends(connection: Connection) -> None:
    """Raises StoreUnusable where a row refers to none; the transaction is rolled back."""
    if connection.dialect.name == "sqlite":
        loose = connection.execute(text("PRAGMA foreign_key_check")).first()
        if loose is not None:
            raise StoreUnusable(f"a row of {loose[0]} refers to one of {loose[2]} that is not there")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def alembic_config() -> "Config":
    """Where Alembic finds the migrations."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
