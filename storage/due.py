"""Work that becomes due: planned once per key, claimed by a conditional update, never done twice."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, select, update

from storage.records.delivery import Due, DueState
from storage.sql import add_all_once, add_once
from storage.store import Tx
from storage.tables import due

_KEY = ("team_id", "kind", "subject", "recipient", "occurrence")
_PENDING = due.c.state == DueState.PENDING.value
_READY = select(due).where(_PENDING, due.c.due_at <= bindparam("now")).order_by(due.c.due_at, due.c.id)
_READY = _READY.limit(bindparam("limit"))
_READY_HERE = _READY.where(due.c.team_id == bindparam("team"))


async def add(tx: Tx, item: Due) -> bool:
    """Plan work; False when its key was planned before, whatever became of it."""
    return await add_once(tx, due, asdict(item), key=_KEY)


async def add_all(tx: Tx, items: Iterable[Due]) -> None:
    """Plan several at once, each unless its key was planned before."""
    await add_all_once(tx, due, [asdict(item) for item in items], key=_KEY)


async def cancel(tx: Tx, job: str, subject: str, reason: str, *, occurrence: str | None = None) -> int:
    """Cancel pending work about a subject, all occurrences or one; tells how many items it was."""
    which = and_(due.c.kind == job, due.c.subject == subject)
    if occurrence is not None:
        which = and_(which, due.c.occurrence == occurrence)
    return await _change(tx, which, state=DueState.CANCELLED.value, reason=reason[:200])


async def done(tx: Tx, job: str) -> set[str]:
    """The subjects that work of a kind was done about."""
    query = select(due.c.subject).where(due.c.team_id == tx.team, due.c.kind == job, due.c.state == DueState.DONE.value)
    return set(await tx.conn.scalars(query))


async def move(tx: Tx, item: Due, due_at: datetime, stale_at: datetime | None) -> bool:
    """Give pending work another time; False when it is no longer pending."""
    return await _change(tx, due.c.id == item.id, due_at=due_at, stale_at=stale_at) == 1


async def get(tx: Tx, due_id: str) -> Due | None:
    row = (await tx.conn.execute(select(due).where(due.c.team_id == tx.team, due.c.id == due_id))).first()
    return _due(row) if row else None


async def about(tx: Tx, job: str, subject: str) -> list[Due]:
    """All work of a kind about a subject, earliest first."""
    found = select(due).where(due.c.team_id == tx.team, due.c.kind == job, due.c.subject == subject)
    return [_due(row) for row in await tx.conn.execute(found.order_by(due.c.due_at, due.c.id))]


async def pending(tx: Tx, job: str, subject: str) -> Due | None:
    """The earliest work of a kind about a subject that is still to be done."""
    found = select(due).where(due.c.team_id == tx.team, due.c.kind == job, due.c.subject == subject, _PENDING)
    row = (await tx.conn.execute(found.order_by(due.c.due_at, due.c.id).limit(1))).first()
    return _due(row) if row else None


async def settled(tx: Tx, job: str, subject: str, since: datetime) -> list[Due]:
    """Work of a kind about a subject that was due at a moment or later, and is neither waiting nor was called off."""
    found = select(due).where(due.c.team_id == tx.team, due.c.kind == job, due.c.subject == subject)
    over = (due.c.due_at >= since, due.c.state.not_in((DueState.PENDING.value, DueState.CANCELLED.value)))
    return [_due(row) for row in await tx.conn.execute(found.where(*over))]


async def waits(tx: Tx, job: str, subject: str) -> bool:
    """Whether work of a kind about a subject is still to be done; without reading what was done in all the years."""
    pending = select(due.c.id).where(
        due.c.team_id == tx.team, due.c.kind == job, due.c.subject == subject, due.c.state == DueState.PENDING.value
    )
    return (await tx.conn.execute(pending.limit(1))).first() is not None


async def ready(tx: Tx, now: datetime, limit: int) -> list[Due]:
    """Pending work that is due by now, earliest first: of every workspace, if the transaction is of none."""
    when = {"now": now, "limit": limit}
    found = tx.conn.execute(_READY_HERE, when | {"team": tx.team}) if tx.team else tx.conn.execute(_READY, when)
    return [_due(row) for row in await found]


async def next_at(tx: Tx, after: datetime | None = None) -> datetime | None:
    """When the earliest pending work is due, or the earliest that is due later than `after`.

    Of any workspace, if the transaction is of none.
    """
    pending = select(func.min(due.c.due_at)).where(_PENDING, *([due.c.team_id == tx.team] if tx.team else []))
    earliest: datetime | None = await tx.conn.scalar(pending if after is None else pending.where(due.c.due_at > after))
    return earliest


async def next_for(tx: Tx, recipient: str, jobs: Iterable[str], after: datetime, until: datetime) -> datetime | None:
    """When the earliest pending work of these kinds about a person is due, later than `after` and by `until`."""
    mine = and_(due.c.team_id == tx.team, due.c.recipient == recipient, due.c.kind.in_(set(jobs)), _PENDING)
    pending = select(func.min(due.c.due_at)).where(mine, due.c.due_at > after, due.c.due_at <= until)
    earliest: datetime | None = await tx.conn.scalar(pending)
    return earliest


async def claim(tx: Tx, item: Due, now: datetime) -> bool:
    """Mark it done and own it until the transaction ends; False when another sweep had it, or it moved."""
    return await _change(tx, and_(due.c.id == item.id, due.c.due_at <= now), state=DueState.DONE.value) == 1


async def skip(tx: Tx, item: Due, reason: str) -> None:
    """What was claimed in this transaction turned out not to be worth doing."""
    mine = update(due).where(due.c.team_id == tx.team, due.c.id == item.id)
    await tx.conn.execute(mine.values(state=DueState.SKIPPED.value, reason=reason[:200]))


async def put_off(tx: Tx, item: Due, due_at: datetime, reason: str) -> bool:
    """It raised: try again at `due_at`."""
    values = {"due_at": due_at, "attempts": item.attempts + 1, "reason": reason[:200]}
    return await _change(tx, due.c.id == item.id, **values) == 1


async def set_aside(tx: Tx, item: Due, reason: str) -> bool:
    """It raised too often: keep it with its reason for people to look at."""
    values = {"state": DueState.DEAD.value, "attempts": item.attempts + 1, "reason": reason[:200]}
    return await _change(tx, due.c.id == item.id, **values) == 1


async def dead(tx: Tx, limit: int = 20) -> list[Due]:
    """Work that was set aside, newest first."""
    found = select(due).where(due.c.team_id == tx.team, due.c.state == DueState.DEAD.value)
    return [_due(row) for row in await tx.conn.execute(found.order_by(due.c.id.desc()).limit(limit))]


async def _change(tx: Tx, where: ColumnElement[bool], **values: Any) -> int:
    done = await tx.conn.execute(update(due).where(due.c.team_id == tx.team, _PENDING, where).values(**values))
    return int(done.rowcount)


def _due(row: Row[Any]) -> Due:
    return Due(**dict(row._mapping) | {"state": DueState(row.state)})
