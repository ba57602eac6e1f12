"""Queries about what a week's report has to know of a cohort: what is new, and what still counts of the past.

They are asked of every cohort in every week, so each statement is put together once, in the words of an index.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, literal, or_, select, union

from storage import tables as t
from storage.meet.sessions import WITHOUT_PLACE, bare
from storage.memo import remembered
from storage.records.commit import SLIPPING, CommitmentState
from storage.records.meet import Hindrance, Session, SessionState
from storage.store import Tx
from storage.types import UtcTime

_TEAM, _COHORT = (bindparam(name, type_=t.pair.c[f"{name}_id"].type) for name in ("team", "cohort"))
_SINCE = bindparam("since", type_=UtcTime)
_EVER = datetime(1, 1, 1, tzinfo=UTC)
_HELD, _PLANNED = SessionState.HELD, SessionState.PLANNED


@remembered(t.session, t.pair)
async def sessions(tx: Tx, cohort_id: str, since: datetime) -> list[Session]:
    """The sessions of a cohort's pairs that matter for a moment from `since` (UTC) on, earliest first; without places.

    Those that are planned or were decided later, or took place later; and of each pair the last that had taken place by
    then, with what has taken place, or was cancelled by the senior, after that.
    """
    rows = await tx.conn.execute(_SESSIONS, {"team": tx.team, "cohort": cohort_id, "since": since})
    return [bare(row) for row in rows]


@remembered(t.session, t.pair)
async def held(tx: Tx, cohort_id: str) -> dict[str, int]:
    """How many sessions of each of a cohort's pairs took place; pairs with none are left out."""
    rows = await tx.conn.execute(_COUNTED, {"team": tx.team, "cohort": cohort_id})
    return {row.pair_id: row.n for row in rows}


async def bars(tx: Tx, cohort_id: str, edges: Sequence[datetime]) -> list[tuple[int, int]]:
    """(held, planned) of each stretch between two of these moments (UTC, ascending)."""
    moments = {f"edge{n}": edge for n, edge in enumerate(edges)}
    rows = await tx.conn.execute(_bars(len(edges) - 1), {"team": tx.team, "cohort": cohort_id, **moments})
    found = {(row.place, row.state): row.n for row in rows}
    return [(found.get((n, _HELD), 0), found.get((n, _PLANNED), 0)) for n in range(len(edges) - 1)]


@remembered(t.pause, t.pair)
async def backs(tx: Tx, cohort_id: str) -> dict[str, datetime]:
    """Person id → when their last pause ended, for whoever of a cohort's pairs ever came back from one."""
    rows = await tx.conn.execute(_BACKS, {"team": tx.team, "cohort": cohort_id})
    return {row.person_id: row.at for row in rows}


async def promises(tx: Tx, cohort_id: str, start: date, end: date) -> tuple[int, int, int]:
    """Commitments due from `start` up to and with `end`, dropped ones left out; how many are done; how many of all open
    ones slip."""
    which = {"team": tx.team, "cohort": cohort_id}
    row = (await tx.conn.execute(_DUE, {**which, "start": start, "end": end})).one()
    slipping = (await tx.conn.execute(_SLIPPING, which)).scalar_one()
    return row.n, row.done, int(slipping)


def _pairs() -> Select[Any]:
    """The pairs of a cohort that ever started."""
    c = t.pair.c
    return select(c.id).where(c.team_id == _TEAM, c.cohort_id == _COHORT, c.active_at.is_not(None))


def _by(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """What was decided before the moment."""
    return or_(column.is_(None), column < _SINCE)


def _sessions() -> Select[Any]:
    """Each pair's last session is looked up, and nothing before it is read."""
    c, h, p = t.session.c, t.session.alias("h").c, t.pair.c
    newest = select(h.starts_at).where(h.team_id == _TEAM, h.pair_id == p.id, h.state == _HELD, _by(h.decided_at))
    last = newest.order_by(h.starts_at.desc()).limit(1).scalar_subquery()
    begins = func.coalesce(last, literal(_EVER, UtcTime), type_=UtcTime).label("begins")
    mine = (p.team_id == _TEAM, p.cohort_id == _COHORT, p.active_at.is_not(None))
    known = select(p.id, begins).where(*mine).cte("known")
    after = select(c.id).join(known, known.c.id == c.pair_id).where(c.team_id == _TEAM, c.starts_at >= known.c.begins)
    missed = (c.state == SessionState.CANCELLED, c.hindrance == Hindrance.SENIOR)
    fresh = (c.state == _PLANNED, and_(c.state == _HELD, c.starts_at >= _SINCE), c.decided_at >= _SINCE)
    ours = select(c.id).where(c.team_id == _TEAM, c.pair_id.in_(_pairs()))
    wanted = union(after.where(c.state == _HELD), after.where(*missed), *(ours.where(one) for one in fresh))
    return select(*WITHOUT_PLACE).where(c.id.in_(wanted)).order_by(c.starts_at, c.id)


def _counted() -> Select[Any]:
    c = t.session.c
    query = select(c.pair_id, func.count().label("n")).group_by(c.pair_id)
    return query.where(c.team_id == _TEAM, c.pair_id.in_(_pairs()), c.state == _HELD)


@cache
def _bars(stretches: int) -> Select[Any]:
    c = t.session.c
    first, *edges = (bindparam(f"edge{n}", type_=UtcTime) for n in range(stretches + 1))
    place = case(*((c.starts_at < edge, n) for n, edge in enumerate(edges)), else_=stretches).label("place")
    query = select(place, c.state, func.count().label("n")).where(
        c.team_id == _TEAM, c.pair_id.in_(_pairs()), c.starts_at >= first, c.starts_at < edges[-1],
        c.state.in_((_HELD, _PLANNED)),
    )  # fmt: skip
    return query.group_by(place, c.state)


def _backs() -> Select[Any]:
    c, p = t.pause.c, t.pair.c
    ours = (p.team_id == _TEAM, p.cohort_id == _COHORT)
    people = union(*(select(one).where(*ours) for one in (p.junior_id, p.senior_id)))
    query = select(c.person_id, func.max(c.ended_at).label("at")).group_by(c.person_id)
    return query.where(c.team_id == _TEAM, c.ended_at.is_not(None), c.person_id.in_(people))


def _promises() -> tuple[Select[int, int], Select[int]]:
    """What is due, and what slips."""
    c, p = t.commitment.c, t.pair.c
    theirs = select(p.id).where(p.team_id == _TEAM, p.cohort_id == _COHORT)
    ours = and_(c.team_id == _TEAM, c.pair_id.in_(theirs))
    done, opened = c.state == CommitmentState.DONE, c.state == CommitmentState.OPEN
    due = select(func.count().label("n"), func.count(case((done, 1))).label("done"))
    due = due.where(ours, c.due_on.between(bindparam("start"), bindparam("end")), or_(done, opened))
    return due, select(func.count()).where(ours, opened, c.moved >= SLIPPING)


_SESSIONS, _COUNTED, _BACKS = _sessions(), _counted(), _backs()
_DUE, _SLIPPING = _promises()
