"""The database and its transactions: `store.write(team)` and `store.read(team)` hand out a `Tx`."""

import asyncio
import fcntl
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from weakref import WeakValueDictionary

from sqlalchemy import Column, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.ids import new_id
from storage.lent import Lent
from storage.memo import Watched
from storage.postgresql import postgresql_engine, take_turn
from storage.rider import boarding
from storage.sqlite import Connection, sqlite_engine
from storage.tables import data_key
from storage.types import REMOVED
from storage.vault import DataKey, MasterKey, Vault, VaultError, seal, unseal


class StoreBusy(Exception):
    """Another process holds this SQLite file; the text is the file's name."""


class StoreUnusable(Exception):
    """The database cannot be opened or reached; the text is the reason, without address and password."""


CLOSING = 1.0
"""Seconds for connections to be closed; a statement that does not end in its thread ends with the process."""

_KEYS_AT_ONCE = 5000
"""Databases take only so many values in one statement."""
_KEYS = select(*(data_key.c[name] for name in ("person_id", "id", "master_id", "wrapped", "after_loss")))
_KEYS = _KEYS.where(data_key.c.person_id.in_(bindparam("people", expanding=True)))


@dataclass
class Tx:
    """One open transaction of one workspace; query functions take it first. `queued`: a letter was, in it."""

    conn: Watched
    vault: Vault
    team: str
    queued: bool = False
    _keys: dict[str, DataKey | None] = field(default_factory=dict)

    @property
    def dialect(self) -> str:
        return self.conn.dialect.name

    async def seal(self, person_id: str, column: Column[Any], row_id: str, text: str, now: datetime) -> bytes:
        """Encrypt under the person's key, making one if she has none."""
        key = await self._key(person_id) or await self._make_key(person_id, now)
        return seal(key, column, row_id, text)

    async def open(self, person_id: str, column: Column[Any], row_id: str, sealed: bytes | None) -> str | None:
        """The text, or None where there is none, it was removed, its person was erased, or her earlier key was lost."""
        key = await self._key(person_id)
        if sealed in (None, REMOVED) or key is None:
            return None
        try:
            return unseal(key, column, row_id, sealed)
        except VaultError:
            if not key.after_loss:
                raise
        return None

    async def load_keys(self, person_ids: Iterable[str]) -> None:
        """Fetch many people's keys at once, before a loop of `open`."""
        missing = [p for p in set(person_ids) if p not in self._keys]
        for start in range(0, len(missing), _KEYS_AT_ONCE):
            few = missing[start : start + _KEYS_AT_ONCE]
            rows = (await self.conn.execute(_KEYS, {"people": few})).all()
            self._keys |= dict.fromkeys(few)
            self._keys |= {r.person_id: self._unwrapped(r) for r in rows}

    def _unwrapped(self, row: Any) -> DataKey:
        return replace(self.vault.unwrap(row.id, row.master_id, row.wrapped), after_loss=row.after_loss)

    async def _key(self, person_id: str) -> DataKey | None:
        if person_id not in self._keys:
            await self.load_keys([person_id])
        return self._keys[person_id]

    async def _make_key(self, person_id: str, now: datetime) -> DataKey:
        key, wrapped = self.vault.new_data_key(new_id())
        insert = sqlite.insert(data_key) if self.dialect == "sqlite" else postgresql.insert(data_key)
        made = await self.conn.execute(
            insert.values(
                person_id=person_id, team_id=self.team, id=key.id, master_id=self.vault.current,
                wrapped=wrapped, created_at=now,
            ).on_conflict_do_nothing(index_elements=["person_id"]).returning(data_key.c.id)
        )  # fmt: skip
        if made.first() is not None:
            self._keys[person_id] = key
            return key
        del self._keys[person_id]  # another transaction was quicker: hers is the key
        return await self._key(person_id) or key


class Store:
    """Opens the database. SQLite gets one writer connection and one process; PostgreSQL gets two pools."""

    def __init__(self, url: str, masters: Sequence[MasterKey], *, exclusive: bool = True) -> None:
        """`exclusive` takes the SQLite lock file. Raises StoreBusy when another process has it, StoreUnusable."""
        self.url = url_of(url)
        self.vault = Vault(masters)
        self._to_scrub = False
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self._lock = _lock_file(self.url.database) if self.sqlite and exclusive else None
        beside = not exclusive  # and then never anything but reading
        if self.sqlite:
            self._writer = sqlite_engine(url, size=1, write=True)
            self._reader = sqlite_engine(url, size=4, write=False, beside=beside)
        else:
            self._writer = postgresql_engine(url, size=6, write=True)
            self._reader = postgresql_engine(url, size=6, write=False)
        self.when_queued: Callable[[], None] = lambda: None
        self._lent = Lent()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def scrub_after(self) -> None:
        """Inside a transaction that erases something: once it has committed, nothing of it stays in the log."""
        self._to_scrub = True

    @property
    def engine(self) -> AsyncEngine:
        """The writing engine, for migrations."""
        return self._writer

    @asynccontextmanager
    async def write(self, team: str) -> AsyncIterator[Tx]:
        """A transaction that commits on leaving and rolls back on any exception. Never nest two.

        One at a time: in a workspace on PostgreSQL, in the file on SQLite. So nothing that was read changes before
        it is written, and no writer fails because of another.
        """
        with self._lent.out(), boarding() as ride:
            async with self._turn(team), self._writer.begin() as conn:
                if not self.sqlite:
                    await take_turn(conn, team)
                tx = Tx(Watched(conn), self.vault, team)
                if ride is not None:
                    await ride(tx)
                yield tx
        if tx.queued:
            self.when_queued()
        if self._to_scrub:
            self._to_scrub = not await self.scrub()

    def _turn(self, team: str) -> AbstractAsyncContextManager[object]:
        """This process's writers wait here, so that only one of them holds a connection while it waits for others'."""
        return nullcontext() if self.sqlite else self._turns.setdefault(team, asyncio.Lock())

    @asynccontextmanager
    async def read(self, team: str) -> AsyncIterator[Tx]:
        """A snapshot to read from; writing in it fails."""
        with self._lent.out():
            async with self._reader.begin() as conn:
                yield Tx(Watched(conn), self.vault, team)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """Every row of every workspace as it is at one moment, for copies and checks."""
        with self._lent.out():
            async with self._reader.begin() as conn:
                yield conn

    async def scrub(self) -> bool:
        """Take what was erased out of SQLite's log too. False when a reader was in the way: the next write tries again.

        PostgreSQL keeps old row versions until it vacuums; that is its operator's to set.
        """
        if not self.sqlite:
            return True
        with self._lent.out():
            async with self._writer.connect() as conn:
                driver = (await conn.get_raw_connection()).driver_connection
                assert isinstance(driver, Connection)
                return await driver.scrub()

    async def close(self, seconds: float = 2.0) -> None:
        """Begin nothing more; what is open may end for so many seconds, then it is called off and rolls back."""
        await self._lent.all_back(seconds)
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSING):
                await self._reader.dispose()
                await self._writer.dispose()
        if self._lock is not None:
            self._lock.close()


def url_of(address: str) -> URL:
    """Raises StoreUnusable, which does not repeat the address: it may hold a password."""
    try:
        return make_url(address)
    except (ArgumentError, ValueError):
        raise StoreUnusable("its address cannot be read") from None


def _lock_file(database: str | None) -> IO[str] | None:
    if not database or database == ":memory:":
        return None
    path = Path(database).resolve()  # one lock for one file, whichever way leads to it
    try:
        handle = path.with_name(f"{path.name}.lock").open("a")
    except OSError as problem:
        raise StoreUnusable(f"{problem.strerror}: {path.parent}") from problem
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        handle.close()
        raise StoreBusy(database) from problem
    return handle
