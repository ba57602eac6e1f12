"""Queries about agenda lines, the parking lot and the icebreakers a pair has seen."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select, update

from storage import tables as t
from storage.ids import new_id
from storage.records.prepare import AgendaLine, IcebreakerUse, LineKind
from storage.sql import put
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
    tx: Tx, pair_id: str, author_id: str, text: str, now: datetime, *, kind: LineKind, session_id: str | None = None
) -> AgendaLine:
    """Write a line behind the others of its kind, sealed under its author's key."""
    line_id = new_id()
    sealed = await tx.seal(author_id, _C.text, line_id, text, now)
    line = AgendaLine(line_id, tx.team, pair_id, session_id, kind, author_id, 0, text, now)
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


async def remove(tx: Tx, line_ids: Iterable[str]) -> None:
    c = t.agenda_line.c
    await tx.conn.execute(t.agenda_line.delete().where(c.team_id == tx.team, c.id.in_(set(line_ids))))


async def uses(tx: Tx, pair_id: str) -> list[IcebreakerUse]:
    """Icebreakers a pair has been shown, longest ago first."""
    c = t.icebreaker_use.c
    query = select(t.icebreaker_use).where(c.team_id == tx.team, c.pair_id == pair_id).order_by(c.at, c.item_id)
    return [IcebreakerUse(r.pair_id, r.item_id, r.never, r.at) for r in await tx.conn.execute(query)]


async def use(tx: Tx, pair_id: str, items: Sequence[str], now: datetime, *, never: bool = False) -> None:
    """Remember that a pair was shown these; `never` keeps them away for good."""
    for item_id in items:
        values = {"team_id": tx.team, "pair_id": pair_id, "item_id": item_id, "never": never, "at": now}
        await put(tx, t.icebreaker_use, values, key=["pair_id", "item_id"])


async def unuse(tx: Tx, pair_id: str, item_id: str, since: datetime) -> bool:
    """As though the pair had never seen it, if it was put away after `since`; False where it was not."""
    c = t.icebreaker_use.c
    where = (c.team_id == tx.team, c.pair_id == pair_id, c.item_id == item_id, c.at > since)
    return (await tx.conn.execute(t.icebreaker_use.delete().where(*where))).rowcount == 1


async def _lines(tx: Tx, query: Select[Any], **which: str) -> list[AgendaLine]:
    rows = (await tx.conn.execute(query, {"team": tx.team, **which})).all()
    await tx.load_keys(row.author_id for row in rows)
    return [
        AgendaLine(
            row.id, row.team_id, row.pair_id, row.session_id, LineKind(row.kind), row.author_id, row.position,
            await tx.open(row.author_id, _C.text, row.id, row.text), row.at,
        )
        for row in rows
    ]  # fmt: skip
