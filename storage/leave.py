"""Queries about who leaves what, and whether both of a pair call it completed."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, update

from storage import outbox
from storage import tables as t
from storage.records.delivery import LetterState, Target
from storage.records.leave import LeaveReason, LeaveState, Leaving
from storage.sql import add_once, put
from storage.store import Tx


async def add(tx: Tx, leaving: Leaving) -> None:
    """Remember that somebody leaves; what they tell coordinators is sealed under their key."""
    values = asdict(leaving)
    if leaving.note:
        values["note"] = await tx.seal(leaving.person_id, t.leaving.c.note, leaving.id, leaving.note, leaving.at)
    await tx.conn.execute(t.leaving.insert().values(**values))


async def reword(tx: Tx, leaving: Leaving, reason: LeaveReason | None, note: str | None, now: datetime) -> None:
    """Replace the reason and what is told to coordinators."""
    c = t.leaving.c
    sealed = await tx.seal(leaving.person_id, c.note, leaving.id, note, now) if note else None
    where = (c.team_id == tx.team, c.id == leaving.id, c.state == LeaveState.ASKED)
    await tx.conn.execute(update(t.leaving).where(*where).values(reason=reason, note=sealed))


async def get(tx: Tx, leaving_id: str) -> Leaving | None:
    return next(iter(await _leavings(tx, t.leaving.c.id == leaving_id)), None)


async def asked_by(tx: Tx, person_id: str) -> list[Leaving]:
    """What somebody has asked for and can still take back."""
    return await _leavings(tx, t.leaving.c.person_id == person_id, t.leaving.c.state == LeaveState.ASKED)


async def move(tx: Tx, leaving_id: str, before: LeaveState, after: LeaveState) -> bool:
    """Change the state if it still is `before`; False when somebody was quicker."""
    c = t.leaving.c
    where = (c.team_id == tx.team, c.id == leaving_id, c.state == before)
    return (await tx.conn.execute(update(t.leaving).where(*where).values(state=after))).rowcount == 1


async def say_word(tx: Tx, pair_id: str, person_id: str, completed: bool, now: datetime) -> None:
    """Keep whether one side calls the pair completed; again replaces it."""
    values = {"pair_id": pair_id, "person_id": person_id, "team_id": tx.team, "completed": completed, "at": now}
    await put(tx, t.closing_word, values, key=["pair_id", "person_id"])


async def words_about(tx: Tx, pair_id: str) -> dict[str, bool]:
    """Person → whether they call the pair completed, of those who said."""
    c = t.closing_word.c
    rows = await tx.conn.execute(select(t.closing_word).where(c.team_id == tx.team, c.pair_id == pair_id))
    return {row.person_id: row.completed for row in rows}


async def stop_letters(tx: Tx, pair_id: str) -> None:
    """What waits for the pair's space is not sent any more."""
    c = t.outbox.c
    space = and_(c.to == pair_id, c.target == Target.PAIR.value)
    copies = c.key.startswith(outbox.copies_of(pair_id), autoescape=True)
    where = (c.team_id == tx.team, or_(space, copies), c.state == LetterState.WAITING.value)
    stopped = {"state": LetterState.SKIPPED.value, "reason": "the pair has ended"}
    await tx.conn.execute(update(t.outbox).where(*where, c.attempts == 0).values(**stopped))


async def crossed(tx: Tx) -> set[str]:
    """The pairs whose two people were asked whether to go on, for as long as the lines forbid them."""
    return set(await tx.conn.scalars(select(t.crossing.c.pair_id).where(t.crossing.c.team_id == tx.team)))


async def cross(tx: Tx, pair_id: str, now: datetime) -> bool:
    """Remember that they are asked; False where they were."""
    return await add_once(tx, t.crossing, {"pair_id": pair_id, "team_id": tx.team, "at": now}, key=["pair_id"])


async def uncross(tx: Tx, pair_ids: Collection[str]) -> None:
    """The lines forbid these pairs no more, or they have ended: another change asks anew."""
    c = t.crossing.c
    await tx.conn.execute(t.crossing.delete().where(c.team_id == tx.team, c.pair_id.in_(pair_ids)))


async def _leavings(tx: Tx, *where: Any) -> list[Leaving]:
    c = t.leaving.c
    rows = (await tx.conn.execute(select(t.leaving).where(c.team_id == tx.team, *where).order_by(c.id))).all()
    found = []
    for row in rows:
        note = await tx.open(row.person_id, c.note, row.id, row.note)
        reason = LeaveReason(row.reason) if row.reason else None
        typed = {"note": note, "reason": reason, "state": LeaveState(row.state)}
        found.append(Leaving(**{**row._mapping, **typed}))
    return found
