"""Bringing a database's schema up to date: Alembic, forward only, under a lock, on SQLite and PostgreSQL."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from storage.store import Store, StoreUnusable

_LOCK = 0x72657665  # an arbitrary number that only revmentor's migrations use


class NewerSchema(Exception):
    """The database was written by a newer revmentor; the text says which revision was found."""


class Behind(Exception):
    """The database is not at this version's revision; `migrate` brings it there."""


def script() -> ScriptDirectory:
    """All migrations that this version knows."""
    return ScriptDirectory.from_config(_config())


async def migrate(store: Store) -> tuple[str | None, str]:
    """Run what is missing in one transaction; tells the revision before and after.

    Raises NewerSchema, and StoreUnusable where there is no database to be had.
    """
    try:
        async with store.engine.begin() as conn:
            return await conn.run_sync(_upgrade)
    except (DatabaseError, OSError) as problem:
        raise unusable(problem) from problem


def unusable(problem: DatabaseError | OSError) -> StoreUnusable:
    """The reason in the driver's own words, without address, statement or parameters."""
    reason = problem.orig if isinstance(problem, DatabaseError) else problem
    return StoreUnusable(str(reason).partition("\n")[0])


async def pending(store: Store) -> bool:
    """Whether the schema is behind this version's."""
    return await revision(store) != script().get_current_head()


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
    before = _revision(connection)
    known = {revision.revision for revision in script().walk_revisions()}
    if before is not None and before not in known:
        raise NewerSchema(before)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return before, _revision(connection) or ""


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
