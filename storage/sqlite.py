"""SQLite's engines: how connections are set up, and a driver that goes to its thread where SQLite may have to wait."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import aiosqlite
from aiosqlite.core import _connection_worker_thread
from sqlalchemy import URL, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON", "secure_delete=ON")
_BESIDE = ("busy_timeout=5000",)


def sqlite_engine(url: str, *, size: int, write: bool, beside: bool = False) -> AsyncEngine:
    """An engine of `size` connections; those that don't `write` refuse to.

    Those `beside` a process that writes leave its files alone: not even a checkpoint when they are closed.
    """
    engine = create_async_engine(
        _read_only(url) if beside else url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=size,
        max_overflow=0,
        hide_parameters=True,  # an error never quotes what people wrote
        pool_reset_on_return=None,  # `begin()` always ends with COMMIT or ROLLBACK; one more would only cost time
        connect_args={"isolation_level": None, "async_creator_fn": Connection.to},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _pragmas(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        pragmas = _BESIDE if beside else _PRAGMAS
        for pragma in pragmas if write else (*pragmas, "query_only=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    # pysqlite's own BEGIN comes too late and loses updates: we take over transactions and begin them IMMEDIATE.
    # https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#enabling-non-legacy-sqlite-transactional-modes
    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.connection.driver_connection.begin(write=write)

    return engine


def _read_only(url: str) -> URL:
    path = quote(str(Path(make_url(url).database or "").resolve()))
    return make_url(url).set(database=f"file:{path}", query={"mode": "ro", "uri": "true"})


class Connection(aiosqlite.Connection):
    """Goes to its thread where a writer waits: for its turn (BEGIN, with the first statement), for the disk (COMMIT).

    Everything else takes less time than one trip to a thread, and aiosqlite would make four per statement: in WAL
    mode readers wait for nobody, and between its two waits a writer works in memory.
    """

    _write = True
    _to_begin: str | None = None
    _begun = False

    @classmethod
    def to(cls, database: str, **options: Any) -> "Connection":
        """A connection to await; `options` are those of `sqlite3.connect`."""
        options["check_same_thread"] = False  # two threads use it, never at once
        made = cls(lambda: sqlite3.connect(database, **options), iter_chunk_size=64)
        # A daemon, as SQLAlchemy has it: one whose statement does not end does not hold up the process's end.
        made._thread = Thread(target=_work, args=(made._tx,), daemon=True)
        return made

    def stop(self) -> "asyncio.Future[Any] | None":
        """End the thread after what is under way, once: nobody would answer a second word."""
        return super().stop() if self._running else None

    async def close(self) -> None:
        """Wait for what is under way and close; whoever is cancelled meanwhile goes, and it closes without them."""
        if not self._running:
            return
        try:
            await self._execute(self._conn.close)  # type: ignore[no-untyped-call]
        finally:
            self._connection = None
            self.stop()

    def begin(self, *, write: bool) -> None:
        """Start a transaction; a writer does so in the same trip as its first statement."""
        self._write, self._begun = write, not write
        self._to_begin = "BEGIN IMMEDIATE" if write else None
        if not write:
            self._conn.execute("BEGIN")

    def cursor(self) -> "Cursor":  # type: ignore[override]
        return Cursor(self)

    async def commit(self) -> None:
        await self._end(self._conn.commit)

    async def rollback(self) -> None:
        await self._end(self._conn.rollback)

    async def scrub(self) -> bool:
        """Move everything from the log into the file and empty the log; False when a reader was in the way."""
        checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)"
        busy, *_ = await self._execute(lambda: self._conn.execute(checkpoint).fetchone())  # type: ignore[no-untyped-call]
        return not busy

    async def run(self, how: str, statement: str, parameters: Any) -> "_Outcome":
        """Run a statement and fetch all that it returns; `how` is the method of sqlite3's cursor."""
        if self._begun:
            return self._run(None, how, statement, parameters)
        begin, self._to_begin = self._to_begin, None
        try:
            outcome: _Outcome = await self._execute(self._run, begin, how, statement, parameters)  # type: ignore[no-untyped-call]
            self._begun = begin is not None
        except sqlite3.Error:
            if not self.in_transaction:  # it could not begin: what comes next must not run outside
                self._to_begin = begin
            raise
        return outcome

    def _run(self, begin: str | None, how: str, statement: str, parameters: Any) -> "_Outcome":
        if begin is not None:
            self._conn.execute(begin)
        cursor = self._conn.cursor()
        try:
            getattr(cursor, how)(statement, parameters)
            rows = cursor.fetchall() if cursor.description else []
            return cursor.description, cursor.rowcount, cursor.lastrowid, rows
        finally:
            cursor.close()

    async def _end(self, how: Callable[[], None]) -> None:
        nothing, self._to_begin, self._begun = self._to_begin is not None, None, False
        if not self._write:
            how()
        elif not nothing:
            await self._execute(how)  # type: ignore[no-untyped-call]


def _work(queue: Any) -> None:
    """A connection's thread. A statement may outlast the loop that waited for it: then nobody is to be told."""
    try:
        _connection_worker_thread(queue)
    except RuntimeError as problem:
        if "loop is closed" not in str(problem):
            raise


_Outcome = tuple[Any, int, int | None, list[Any]]


class Cursor:
    """What SQLAlchemy asks of a driver's cursor; a statement's rows are here once it has run."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        await self._go("execute", statement, parameters)

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> None:
        await self._go("executemany", statement, parameters)

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        self._rows = []

    async def _go(self, how: str, statement: str, parameters: Any) -> None:
        outcome = await self._connection.run(how, statement, parameters)
        self.description, self.rowcount, self.lastrowid, self._rows = outcome
