"""Export files: asked for, in Slack, gone from Slack."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from storage import tables as t
from storage.ids import new_id
from storage.records.privacy import ExportFile
from storage.store import Tx


async def ask_export(tx: Tx, user_id: str, now: datetime) -> ExportFile:
    """Remember that somebody wants their data as a file."""
    made = ExportFile(new_id(), tx.team, user_id, now, None, None, None)
    values = {"id": made.id, "team_id": tx.team, "user_id": user_id, "asked_at": now}
    await tx.conn.execute(t.export_file.insert().values(**values, file_id=None, shared_at=None, gone_at=None))
    return made


async def export_of(tx: Tx, export_id: str) -> ExportFile | None:
    c = t.export_file.c
    row = (await tx.conn.execute(select(t.export_file).where(c.team_id == tx.team, c.id == export_id))).first()
    return ExportFile(**row._mapping) if row else None


async def exports_of(tx: Tx, user_id: str) -> list[ExportFile]:
    """A person's exports, oldest first."""
    c = t.export_file.c
    query = select(t.export_file).where(c.team_id == tx.team, c.user_id == user_id).order_by(c.asked_at, c.id)
    return [ExportFile(**row._mapping) for row in await tx.conn.execute(query)]


async def set_export(tx: Tx, export_id: str, **values: Any) -> None:
    """Change columns of an export."""
    c = t.export_file.c
    await tx.conn.execute(update(t.export_file).where(c.team_id == tx.team, c.id == export_id).values(**values))
