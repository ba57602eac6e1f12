"""Queries about pauses."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, literal, or_, select, update

from storage import tables as t
from storage.memo import remembered
from storage.records.delivery import DueState, LetterState
from storage.records.enrol import Enrolment
from storage.records.pause import Pause
from storage.store import Tx
from storage.types import UtcTime

_AFTER = timedelta(minutes=1)
"""What is held must not come before the end of the pause, which is work itself and releases it."""


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


@remembered(t.pause)
async def any_running(tx: Tx) -> bool:
    """Whether anybody in the workspace has paused: most of the time nobody has, and nothing more need be asked."""
    query = select(t.pause.c.id).where(t.pause.c.team_id == tx.team, t.pause.c.ended_at.is_(None)).limit(1)
    return (await tx.conn.execute(query)).first() is not None


async def resting(tx: Tx) -> frozenset[str]:
    """The ids of everybody who is in a pause."""
    query = select(t.pause.c.person_id).where(t.pause.c.team_id == tx.team, t.pause.c.ended_at.is_(None))
    return frozenset((await tx.conn.scalars(query)).all())


async def ends(tx: Tx) -> dict[str, datetime]:
    """Person id → when their last pause ended, for everybody who ever came back from one."""
    c = t.pause.c
    query = select(c.person_id, func.max(c.ended_at).label("at")).where(c.team_id == tx.team, c.ended_at.is_not(None))
    return {row.person_id: row.at for row in await tx.conn.execute(query.group_by(c.person_id))}


async def apart(tx: Tx) -> tuple[int, int]:
    """How many people who take part have named no region for public holidays, and how many have paused."""
    c, places = t.person.c, t.participant.c
    gone = (Enrolment.LEFT, Enrolment.FINISHED)
    here = select(places.person_id).where(places.team_id == tx.team, places.state.not_in(gone))
    homeless = select(func.count()).where(c.team_id == tx.team, c.region == "", c.id.in_(here))
    paused = select(func.count()).where(t.pause.c.team_id == tx.team, t.pause.c.ended_at.is_(None))
    return int(await tx.conn.scalar(homeless)), int(await tx.conn.scalar(paused))


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


async def hold_pair(tx: Tx, pair_id: str, until: datetime, jobs: Collection[str]) -> None:
    """Pending work of these kinds about a pair waits until then, and remembers when it was due."""
    await _hold(tx, _about_pair(tx, pair_id), until, jobs)


async def hold_places(tx: Tx, person_id: str, until: datetime, jobs: Collection[str]) -> None:
    """As `hold_pair`, for work about somebody who waits for a partner."""
    await _hold(tx, _about_places(tx, person_id), until, jobs)


async def release_pair(tx: Tx, pair_id: str, now: datetime) -> None:
    """What was held about a pair is due when it was planned, or now."""
    await _release(tx, _about_pair(tx, pair_id), now)


async def release_places(tx: Tx, person_id: str, now: datetime) -> None:
    await _release(tx, _about_places(tx, person_id), now)


async def wake_letters(tx: Tx, receivers: Iterable[str], now: datetime) -> None:
    """Letters that a pause kept back are judged anew."""
    c = t.outbox.c
    kept = (c.team_id == tx.team, c.to.in_(set(receivers)), c.state == LetterState.WAITING.value, c.reason == "paused")
    await tx.conn.execute(update(t.outbox).where(*kept).values(due_at=now, reason=None))


async def _hold(tx: Tx, about: Any, until: datetime, jobs: Collection[str]) -> None:
    c = t.due.c
    mine = (c.team_id == tx.team, c.state == DueState.PENDING.value, c.kind.in_(jobs), about)
    soon = or_(c.due_at < until, c.planned_at.is_not(None))
    values = {"planned_at": func.coalesce(c.planned_at, c.due_at), "due_at": until + _AFTER}
    await tx.conn.execute(update(t.due).where(*mine, soon).values(**values))


async def _release(tx: Tx, about: Any, now: datetime) -> None:
    c = t.due.c
    mine = (c.team_id == tx.team, c.state == DueState.PENDING.value, c.planned_at.is_not(None), about)
    now_or_later = case((c.planned_at > now, c.planned_at), else_=literal(now, UtcTime))
    await tx.conn.execute(update(t.due).where(*mine).values(due_at=now_or_later, planned_at=None))


def _about_pair(tx: Tx, pair_id: str) -> Any:
    parts = [t.due.c.subject == pair_id]
    for table in (t.session, t.checkin, t.review, t.commitment, t.introduction):
        ids = select(table.c.id).where(table.c.team_id == tx.team, table.c.pair_id == pair_id)
        parts.append(t.due.c.subject.in_(ids))
    return or_(*parts)


def _about_places(tx: Tx, person_id: str) -> Any:
    c = t.participant.c
    return t.due.c.subject.in_(select(c.id).where(c.team_id == tx.team, c.person_id == person_id))
