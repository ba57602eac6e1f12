"""Queries about pauses."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from storage import tables as t
from storage.memo import remembered
from storage.records.enrol import Enrolment
from storage.records.pause import Pause
from storage.store import Tx


async def add(tx: Tx, pause: Pause, now: datetime) -> None:
    """Begin a pause; the note is sealed under the key of the person who wrote it."""
    note = await tx.seal(pause.person_id, t.pause.c.note, pause.id, pause.note, now) if pause.note else None
    await tx.conn.execute(t.pause.insert().values(**asdict(pause) | {"note": note}))


async def get(tx: Tx, pause_id: str) -> Pause | None:
    return next(iter(await _pauses(tx, t.pause.c.id == pause_id)), None)


@remembered(t.pause)
async def running(tx: Tx, person_id: str) -> Pause | None:
    """The pause that somebody is in."""
    return next(iter(await _pauses(tx, t.pause.c.person_id == person_id, t.pause.c.ended_at.is_(None))), None)


async def all_running(tx: Tx) -> dict[str, Pause]:
    """Person id → pause, for everybody who is in one."""
    return {one.person_id: one for one in await _pauses(tx, t.pause.c.ended_at.is_(None))}


async def change(tx: Tx, pause_id: str, **values: Any) -> bool:
    """Change a pause that still runs; False when it has ended."""
    c = t.pause.c
    where = (c.team_id == tx.team, c.id == pause_id, c.ended_at.is_(None))
    return (await tx.conn.execute(update(t.pause).where(*where).values(**values))).rowcount == 1


async def remove(tx: Tx, pause_id: str) -> None:
    """It was a slip: as though it had never begun."""
    await tx.conn.execute(t.pause.delete().where(t.pause.c.team_id == tx.team, t.pause.c.id == pause_id))


async def set_places(tx: Tx, person_id: str, before: tuple[Enrolment, ...], after: Enrolment, *cohorts: str) -> None:
    """Move a person's places that are in one of these states; only those in some cohorts, if any are named."""
    c = t.participant.c
    where = [c.team_id == tx.team, c.person_id == person_id, c.state.in_(before)]
    if cohorts:
        where.append(c.cohort_id.in_(cohorts))
    await tx.conn.execute(update(t.participant).where(*where).values(state=after))


async def _pauses(tx: Tx, *where: Any) -> list[Pause]:
    query = select(t.pause).where(t.pause.c.team_id == tx.team, *where).order_by(t.pause.c.id.desc())
    rows = (await tx.conn.execute(query)).all()
    await tx.load_keys(row.person_id for row in rows if row.note is not None)
    return [
        Pause(**dict(row._mapping) | {"note": await tx.open(row.person_id, t.pause.c.note, row.id, row.note) or ""})
        for row in rows
    ]
