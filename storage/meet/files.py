"""Queries about calendar files: asked for, in Slack, gone from Slack."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from storage import tables as t
from storage.ids import new_id
from storage.records.meet import CalendarFile
from storage.store import Tx


async def ask_file(tx: Tx, user_id: str, session_ids: Sequence[str], now: datetime) -> CalendarFile:
    """Remember that somebody wants sessions as calendar files."""
    made = CalendarFile(new_id(), tx.team, user_id, tuple(session_ids), now)
    values = {"id": made.id, "team_id": tx.team, "user_id": user_id, "session_ids": list(session_ids), "asked_at": now}
    await tx.conn.execute(t.calendar_file.insert().values(**values, file_ids=[], shared_at=None, gone_at=None))
    return made


async def file_of(tx: Tx, file_id: str) -> CalendarFile | None:
    """One request for files, by our own id."""
    return next(iter(await _files(tx, t.calendar_file.c.id == file_id)), None)


async def files_of(tx: Tx, user_id: str) -> list[CalendarFile]:
    """What a Slack account asked for, oldest first."""
    return await _files(tx, t.calendar_file.c.user_id == user_id)


async def set_file(tx: Tx, file_id: str, **values: Any) -> None:
    """Change columns of a request for files."""
    c = t.calendar_file.c
    await tx.conn.execute(update(t.calendar_file).where(c.team_id == tx.team, c.id == file_id).values(**values))


async def _files(tx: Tx, *where: Any) -> list[CalendarFile]:
    c = t.calendar_file.c
    query = select(t.calendar_file).where(c.team_id == tx.team, *where).order_by(c.asked_at, c.id)
    lists = ("session_ids", "file_ids")
    rows = (await tx.conn.execute(query)).all()
    return [CalendarFile(**dict(row._mapping) | {name: tuple(row._mapping[name]) for name in lists}) for row in rows]
