"""Queries about agenda lines and the parking lot."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select, update

from storage import tables as t
from storage.ids import new_id
from storage.records.prepare import AgendaLine, LineKind
from storage.store import Tx

_C = t.agenda_line.c
_LINES = select(t.agenda_line).where(_C.team_id == bindparam("team")).order_by(_C.position, _C.id)
_ONE = _LINES.where(_C.id == bindparam("line"))
_OF_SESSION = _LINES.where(_C.session_id == bindparam("session"), _C.kind == bindparam("kind"))
_OF_PAIR = _LINES.where(_C.pair_id == bindparam("pair"), _C.kind == bindparam("kind"))
_OTHERS = select(func.coalesce(func.max(_C.position), 0) + 1).where(
    _C.team_id == bindparam("of_team"), _C.pair_id == bindparam("of_pair"), _C.kind == bindparam("of_kind")
)
_ADD = t.agenda_line.insert().values(position=_OTHERS.scalar_subquery()).returning(_C.position)


async def add_line(
    tx: Tx, pair_id: str, author_id: str, text: str, now: datetime, *, kind: LineKind, session_id: str | None = None,
    minutes: int | None = None,
) -> AgendaLine:  # fmt: skip
    """Write a line behind the others of its kind, sealed under its author's key."""
    line_id = new_id()
    sealed = await tx.seal(author_id, _C.text, line_id, text, now)
    line = AgendaLine(
        line_id, tx.team, pair_id, session_id, kind, author_id, 0, text, now, minutes, kind is LineKind.PARKED
    )
    values = asdict(line) | {"text": sealed, "of_team": tx.team, "of_pair": pair_id, "of_kind": kind}
    del values["position"]
    return replace(line, position=(await tx.conn.execute(_ADD, values)).scalar_one())


async def line(tx: Tx, line_id: str) -> AgendaLine | None:
    return next(iter(await _lines(tx, _ONE, line=line_id)), None)


async def lines(tx: Tx, session_id: str, kind: LineKind = LineKind.AGENDA) -> list[AgendaLine]:
    """A session's lines of one kind, in order."""
    return await _lines(tx, _OF_SESSION, session=session_id, kind=kind)


async def parked(tx: Tx, pair_id: str) -> list[AgendaLine]:
    """A pair's parking lot, oldest first; lines meant for a session name it."""
    return await _lines(tx, _OF_PAIR, pair=pair_id, kind=LineKind.PARKED)


async def turn_into(tx: Tx, line_ids: Iterable[str], kind: LineKind, session_id: str | None) -> None:
    """Move lines between the parking lot and a session."""
    c = t.agenda_line.c
    where = (c.team_id == tx.team, c.id.in_(set(line_ids)))
    await tx.conn.execute(update(t.agenda_line).where(*where).values(kind=kind, session_id=session_id))


async def place_line(tx: Tx, line_id: str, position: int, minutes: int | None) -> None:
    """Where a line stands among the others, and how long it is to take."""
    where = (_C.team_id == tx.team, _C.id == line_id)
    await tx.conn.execute(update(t.agenda_line).where(*where).values(position=position, minutes=minutes))


async def remove(tx: Tx, line_ids: Iterable[str]) -> None:
    c = t.agenda_line.c
    await tx.conn.execute(t.agenda_line.delete().where(c.team_id == tx.team, c.id.in_(set(line_ids))))


async def _lines(tx: Tx, query: Select[Any], **which: str) -> list[AgendaLine]:
    rows = (await tx.conn.execute(query, {"team": tx.team, **which})).all()
    await tx.load_keys(row.author_id for row in rows)
    return [
        AgendaLine(
            row.id, row.team_id, row.pair_id, row.session_id, LineKind(row.kind), row.author_id, row.position,
            await tx.open(row.author_id, _C.text, row.id, row.text), row.at, row.minutes, row.was_parked,
        )
        for row in rows
    ]  # fmt: skip
