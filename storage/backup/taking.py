"""Taking a backup: one moment of the database, row by row into a new SQLite file, beside a running bot."""

import os
import shutil
import tempfile
from datetime import datetime
from errno import EIO
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.backup.files import DATABASE, KEYS, BadBackup, Manifest, WrappedKey, sha256, write_keys, write_manifest
from storage.copy import TABLES, Told, fill, nobody
from storage.migrate import migrate, refuse_behind, unusable
from storage.store import Store, StoreUnusable
from storage.tables import data_key
from storage.vault import MasterKey
from storage.weather import takes_nothing_in

ALL_BUT_KEYS = tuple(table for table in TABLES if table is not data_key)
FIELDS = tuple(WrappedKey.__dataclass_fields__)


async def back_up(store: Store, folder: Path, keys: Path | None, now: datetime, told: Told = nobody) -> Manifest:
    """Write a backup that shows one moment into a new folder, data keys into a file apart (`keys`, or in the folder).

    The rows are copied rather than the file, so that no page of the copy ever held a data key. What was written is
    read back and compared; the folder appears under its name when all of it is there. Raises BadBackup where something
    is in the way, Behind, Differs, StoreUnusable, and OSError where the folder cannot be written.
    """
    for path in (folder, keys):
        if path is not None and path.exists():
            raise BadBackup("exists", path)
    await refuse_behind(store)
    for path in (folder, keys or folder):
        path.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        manifest = await _write(store, building, keys or building / KEYS, now, told)
        building.rename(folder)
        return manifest
    except BaseException as problem:
        if keys is not None:
            keys.unlink(missing_ok=True)
        if isinstance(problem, DatabaseError):
            if takes_nothing_in(problem):  # the file that is written, for the other one is only read
                raise OSError(EIO, str(problem.orig), str(folder)) from problem
            raise unusable(problem) from problem
        raise
    finally:
        shutil.rmtree(building, ignore_errors=True)


async def _write(store: Store, folder: Path, keys: Path, now: datetime, told: Told) -> Manifest:
    path = folder / DATABASE
    copy = scratch(path)
    try:
        revision = await _make_tables(copy, path)
        async with store.snapshot() as reading, copy.engine.begin() as writing:
            rows = await fill(reading, writing, ALL_BUT_KEYS, told)
            wrapped = await _keys(reading)
        await _check(copy, path)
    finally:
        await copy.close()
    path.with_name(f"{DATABASE}.lock").unlink()
    path.chmod(0o600)
    write_keys(keys, wrapped)
    manifest = Manifest(now, revision, rows, len(wrapped), sha256(path))
    write_manifest(folder, manifest)
    _sync(folder)
    return manifest


async def _make_tables(copy: Store, path: Path) -> str:
    try:
        return (await migrate(copy))[1]
    except StoreUnusable as problem:
        raise OSError(EIO, str(problem), str(path)) from problem


def scratch(path: Path) -> Store:
    """A SQLite database that no bot works with; it needs no key, for what is sealed stays sealed."""
    return Store(f"sqlite+aiosqlite:///{path}", [MasterKey.new("none")])


async def _keys(conn: AsyncConnection) -> list[WrappedKey]:
    columns = [data_key.c[name] for name in FIELDS]
    rows = await conn.execute(select(*columns).order_by(data_key.c.person_id))
    return [WrappedKey(**row._mapping) for row in rows]


async def _check(copy: Store, path: Path) -> None:
    """SQLite's own check of what was written."""
    async with copy.engine.connect() as conn:
        found = (await conn.exec_driver_sql("PRAGMA integrity_check")).scalar()
        astray = (await conn.exec_driver_sql("PRAGMA foreign_key_check")).first()
    if found != "ok" or astray is not None:
        raise BadBackup("damaged", path)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
