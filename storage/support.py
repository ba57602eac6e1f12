"""Queries about requests to coordinators, concerns and links to help."""

from dataclasses import asdict
from datetime import date

from sqlalchemy import select

from storage import tables as t
from storage.records.support import Door, HelpRequest, Way
from storage.sql import add_once, by, put
from storage.store import Tx


async def add(tx: Tx, request: HelpRequest) -> None:
    values = asdict(request)
    column = t.help_request.c.text
    values["text"] = await tx.seal(request.person_id, column, request.id, request.text or "", request.at)
    await tx.conn.execute(t.help_request.insert().values(**values))


async def get(tx: Tx, request_id: str) -> HelpRequest | None:
    found = await tx.conn.execute(by(t.help_request, "team_id", "id"), {"team_id": tx.team, "id": request_id})
    row = found.first()
    if row is None:
        return None
    text = await tx.open(row.person_id, t.help_request.c.text, row.id, row.text)
    return HelpRequest(**{**row._mapping, "door": Door(row.door), "way": Way(row.way), "text": text})


async def note_concern(tx: Tx, mark: str, day: date) -> bool:
    """Write down that a concern is sent on a day; False when this very one was written down before."""
    return await add_once(tx, t.concern, {"mark": mark, "team_id": tx.team, "on_day": day}, key=["mark"])


async def forget_concern(tx: Tx, mark: str) -> None:
    """It was not sent after all."""
    c = t.concern.c
    await tx.conn.execute(t.concern.delete().where(c.team_id == tx.team, c.mark == mark))


async def links(tx: Tx) -> str:
    """The organisation's own links, one to a line; empty where nobody has named any."""
    c = t.support_links.c
    return await tx.conn.scalar(select(c.text).where(c.team_id == tx.team)) or ""


async def set_links(tx: Tx, text: str) -> None:
    await put(tx, t.support_links, {"team_id": tx.team, "text": text}, key=["team_id"])
