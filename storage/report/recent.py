"""Queries about what a week's report has to know of a cohort: what is new, and what still counts of the past."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, union

from storage import tables as t
from storage.meet.sessions import WITHOUT_PLACE, bare
from storage.memo import remembered
from storage.records.commit import SLIPPING, CommitmentState
from storage.records.meet import Hindrance, Session, SessionState
from storage.store import Tx


@remembered(t.session, t.pair)
async def sessions(tx: Tx, cohort_id: str, since: datetime) -> list[Session]:
    """The sessions of a cohort's pairs that matter for a moment from `since` (UTC) on, earliest first; without places.

    Those that are planned or were decided later, or took place later; and of each pair the last that had taken place by
    then, with what has taken place, or was cancelled by the senior, after that.
    """
    c = t.session.c
    ours = and_(c.team_id == tx.team, c.pair_id.in_(_pairs(tx, cohort_id)))
    missed = and_(c.state == SessionState.CANCELLED, c.hindrance == Hindrance.SENIOR)
    anchor = select(c.pair_id, func.max(c.starts_at).label("at")).where(ours, c.state == SessionState.HELD, _by(since))
    last = anchor.group_by(c.pair_id).subquery("last_by_then")
    after = select(c.id).outerjoin(last, last.c.pair_id == c.pair_id).where(
        ours, c.state.in_((SessionState.HELD, SessionState.CANCELLED)), or_(c.state == SessionState.HELD, missed),
        or_(last.c.at.is_(None), c.starts_at >= last.c.at),
    )  # fmt: skip
    begun = and_(c.state == SessionState.HELD, c.starts_at >= since)
    fresh = (c.state == SessionState.PLANNED, begun, c.decided_at >= since)
    wanted = union(after, *(select(c.id).where(ours, one) for one in fresh))
    query = select(*WITHOUT_PLACE).where(c.id.in_(wanted)).order_by(c.starts_at, c.id)
    return [bare(row) for row in await tx.conn.execute(query)]


@remembered(t.session, t.pair)
async def held(tx: Tx, cohort_id: str) -> dict[str, int]:
    """How many sessions of each of a cohort's pairs took place; pairs with none are left out."""
    c = t.session.c
    query = select(c.pair_id, func.count().label("n")).group_by(c.pair_id)
    query = query.where(c.team_id == tx.team, c.pair_id.in_(_pairs(tx, cohort_id)), c.state == SessionState.HELD)
    return {row.pair_id: row.n for row in await tx.conn.execute(query)}


async def bars(tx: Tx, cohort_id: str, edges: Sequence[datetime]) -> list[tuple[int, int]]:
    """(held, planned) of each stretch between two of these moments (UTC, ascending)."""
    c = t.session.c
    place = case(*((c.starts_at < edge, n) for n, edge in enumerate(edges[1:])), else_=len(edges))
    query = select(place.label("place"), c.state, func.count().label("n")).where(
        c.team_id == tx.team, c.pair_id.in_(_pairs(tx, cohort_id)), c.starts_at >= edges[0], c.starts_at < edges[-1],
        c.state.in_((SessionState.HELD, SessionState.PLANNED)),
    )  # fmt: skip
    found = {(row.place, row.state): row.n for row in await tx.conn.execute(query.group_by(place, c.state))}
    both = (SessionState.HELD, SessionState.PLANNED)
    return [(found.get((n, both[0]), 0), found.get((n, both[1]), 0)) for n in range(len(edges) - 1)]


@remembered(t.pause, t.pair)
async def backs(tx: Tx, cohort_id: str) -> dict[str, datetime]:
    """Person id → when their last pause ended, for whoever of a cohort's pairs ever came back from one."""
    c, p = t.pause.c, t.pair.c
    people = union(*(select(one).where(p.team_id == tx.team, p.cohort_id == cohort_id) for one in _SIDES))
    query = select(c.person_id, func.max(c.ended_at).label("at")).group_by(c.person_id)
    query = query.where(c.team_id == tx.team, c.ended_at.is_not(None), c.person_id.in_(people))
    return {row.person_id: row.at for row in await tx.conn.execute(query)}


async def promises(tx: Tx, cohort_id: str, start: date, end: date) -> tuple[int, int, int]:
    """Commitments due from `start` up to and with `end`, dropped ones left out; how many are done; how many of all open
    ones slip."""
    c, pairs = t.commitment.c, t.pair.c
    theirs = select(pairs.id).where(pairs.team_id == tx.team, pairs.cohort_id == cohort_id)
    ours = and_(c.team_id == tx.team, c.pair_id.in_(theirs))
    done, opened = c.state == CommitmentState.DONE, c.state == CommitmentState.OPEN
    in_week = (ours, c.due_on.between(start, end), or_(done, opened))
    due = select(func.count().label("n"), func.count(case((done, 1))).label("done")).where(*in_week)
    slip = select(func.count()).where(ours, opened, c.moved >= SLIPPING)
    row, slipping = (await tx.conn.execute(due)).one(), await tx.conn.scalar(slip)
    return row.n, row.done, int(slipping)


_SIDES = (t.pair.c.junior_id, t.pair.c.senior_id)


def _pairs(tx: Tx, cohort_id: str) -> Select[Any]:
    """The pairs of a cohort that ever started."""
    c = t.pair.c
    return select(c.id).where(c.team_id == tx.team, c.cohort_id == cohort_id, c.active_at.is_not(None))


def _by(moment: datetime) -> ColumnElement[bool]:
    """What was decided before it."""
    return or_(t.session.c.decided_at.is_(None), t.session.c.decided_at < moment)
