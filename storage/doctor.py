"""A look at the whole database for `doctor`; it only reads, and reads no text of anybody."""

import shutil
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Table, func, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.migrate import revision, revisions, unusable
from storage.records.delivery import DueState, LetterState
from storage.records.doctor import Memory, ProgrammeRow
from storage.records.enrol import Enrolment
from storage.store import Store
from storage.tables import coordinator, data_key, due, outbox, participant, person, programme
from storage.vault import VaultError

_LATE = timedelta(hours=1)
_GONE = (Enrolment.LEFT.value, Enrolment.FINISHED.value)


async def look(store: Store, running: bool, now: datetime) -> Memory:
    """Raises StoreUnusable. Where the schema is not this version's, the rows are left alone."""
    known = revisions()
    newest = known[-1]
    found = await revision(store)
    facts: dict[str, Any] = {
        "revision": found, "newest": newest, "known": found is None or found in known, "running": running,
        "writable": running or await _writable(store), "free": _free(store), **await _whole(store),
    }  # fmt: skip
    if found != newest:
        return Memory(**facts)
    try:
        async with store.snapshot() as conn:
            return Memory(**facts, **await _rows(store, conn, now))
    except DatabaseError as problem:
        raise unusable(problem) from problem


async def _whole(store: Store) -> dict[str, Any]:
    try:
        async with store.snapshot() as conn:
            if not store.sqlite:
                return {"kind": "postgresql", "version": str(await conn.scalar(text("SHOW server_version")))}
            verdict = str((await conn.exec_driver_sql("PRAGMA integrity_check(1)")).scalar())
            return {"kind": "sqlite", "version": sqlite3.sqlite_version, "integrity": verdict}
    except DatabaseError as problem:
        raise unusable(problem) from problem


async def _writable(store: Store) -> bool:
    """Whether a transaction that writes can begin; it writes nothing."""
    try:
        async with store.engine.connect() as conn:
            if not store.sqlite:
                return bool(await conn.scalar(text("SHOW transaction_read_only")) == "off")
            await conn.exec_driver_sql("PRAGMA user_version = 0")
            await conn.rollback()
    except DatabaseError:
        return False
    return True


def _free(store: Store) -> int | None:
    return shutil.disk_usage(Path(store.url.database or "").resolve().parent).free if store.sqlite else None


async def _rows(store: Store, conn: AsyncConnection, now: datetime) -> dict[str, Any]:
    late = now - _LATE
    waits = outbox.c.state.in_([LetterState.WAITING.value, LetterState.SENDING.value])
    return {
        "keys": await _keys(conn),
        "closed": await _closed(store, conn),
        "letters_late": await _count(conn, outbox, waits, outbox.c.due_at <= late),
        "letters_dead": await _count(conn, outbox, outbox.c.state == LetterState.DEAD.value),
        "work_late": await _count(conn, due, due.c.state == DueState.PENDING.value, due.c.due_at <= late),
        "work_dead": await _count(conn, due, due.c.state == DueState.DEAD.value),
        "programmes": tuple([await _programme(conn, row) for row in await conn.execute(select(programme))]),
    }


async def _keys(conn: AsyncConnection) -> dict[str, int]:
    counted = select(data_key.c.master_id, func.count().label("n")).group_by(data_key.c.master_id)
    return {row.master_id: row.n for row in await conn.execute(counted)}


async def _closed(store: Store, conn: AsyncConnection) -> int:
    """How many data keys no master key of the settings opens."""
    closed = 0
    for row in await conn.execute(select(data_key)):
        try:
            store.vault.unwrap(row.id, row.master_id, row.wrapped)
        except VaultError:
            closed += 1
    return closed


async def _programme(conn: AsyncConnection, row: Any) -> ProgrammeRow:
    here = coordinator.c.team_id == row.team_id
    users = {found.user_id for found in await conn.execute(select(coordinator.c.user_id).where(here))}
    place = select(participant.c.person_id).where(participant.c.state.not_in(_GONE))
    nowhere = await _count(conn, person, person.c.team_id == row.team_id, person.c.region == "", person.c.id.in_(place))
    named = {
        "findings_owner": row.findings_owner, "safe_contact_1": row.safe_contact_1,
        "safe_contact_2": row.safe_contact_2,
    }  # fmt: skip
    return ProgrammeRow(row.team_id, row.channel_id, row.zone, frozenset(users), named, nowhere)


async def _count(conn: AsyncConnection, table: Table, *where: ColumnElement[bool]) -> int:
    return int(await conn.scalar(select(func.count()).select_from(table).where(*where)) or 0)
