"""Filling an empty database from a backup, so that nothing that was sent since is sent again."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.backup.doubting import doubt
from storage.backup.files import DATABASE, WrappedKey, read_keys, read_manifest
from storage.backup.taking import ALL_BUT_KEYS, scratch
from storage.copy import Told, fill, nobody, refuse_filled
from storage.keys import fresh_key
from storage.migrate import migrate, unusable
from storage.store import Store
from storage.tables import data_key, person


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back. `closed`: people whose key is not there, `strangers`: keys of people who came after the backup.

    `unknown`: ids of master keys that some data key needs and the settings lack. `looked_for` letters are looked for
    in Slack before they are sent, `set_aside` cannot be looked for and wait for a person to decide.
    """

    made_at: datetime
    rows: int
    closed: int
    strangers: int
    unknown: list[str]
    looked_for: int
    set_aside: int


async def restore(folder: Path, keys: Path | None, target: Store, now: datetime, told: Told = nobody) -> Restored:
    """Bring an empty database to this revision and fill it from a backup of this revision or an older one.

    `keys` is the file of data keys, newer than the backup if possible, for then those who were erased since stay
    unreadable; None restores without any. All or nothing. Raises BadBackup, NotEmpty, NewerSchema, Differs,
    StoreUnusable.
    """
    manifest = read_manifest(folder)
    wrapped = read_keys(keys) if keys is not None else []
    try:
        await migrate(target)
        async with target.engine.connect() as conn, conn.begin():
            await refuse_filled(conn)
        with tempfile.TemporaryDirectory(prefix="revmentor-restore-") as place:
            copied = Path(shutil.copy(folder / DATABASE, place))
            return await _fill(copied, target, wrapped, manifest.made_at, now, told)
    except DatabaseError as problem:
        raise unusable(problem) from problem


async def _fill(
    path: Path, target: Store, wrapped: Sequence[WrappedKey], made_at: datetime, now: datetime, told: Told
) -> Restored:
    source = scratch(path)  # a copy, for an older one is brought to this revision first
    try:
        await migrate(source)
        async with source.snapshot() as reading, target.engine.begin() as writing:
            await refuse_filled(writing)
            rows = await fill(reading, writing, ALL_BUT_KEYS, told)
            closed, strangers = await _put_keys(writing, target, wrapped, now)
            looked_for, set_aside = await doubt(writing, made_at, now)
    finally:
        await source.close()
    unknown = sorted({key.master_id for key in wrapped} - target.vault.known)
    return Restored(made_at, sum(rows.values()), closed, strangers, unknown, looked_for, set_aside)


async def _put_keys(
    conn: AsyncConnection, target: Store, wrapped: Sequence[WrappedKey], now: datetime
) -> tuple[int, int]:
    """Everybody's key, or a fresh one: how many fresh ones, and how many keys belong to nobody who is here."""
    people = {row.id: row.team_id for row in await conn.execute(select(person.c.id, person.c.team_id))}
    theirs = [asdict(key) for key in wrapped if people.get(key.person_id) == key.team_id]
    if theirs:
        await conn.execute(insert(data_key), theirs)
    closed = sorted(people.keys() - {row["person_id"] for row in theirs})
    if closed:
        await conn.execute(insert(data_key), [fresh_key(target.vault, one, people[one], now) for one in closed])
    return len(closed), len(wrapped) - len(theirs)
