"""Queries about what is asked once, after a cohort is over: when it can be counted, and what was counted."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from storage import tables as t
from storage.records.match import PairState
from storage.records.programme import CohortState
from storage.records.report import Occasion, Outcome
from storage.records.review import ReviewKind
from storage.sql import add_once
from storage.store import Tx

_OVER = (PairState.ENDED.value, PairState.COMPLETED.value)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked on one occasion in a cohort: of how many, and when the last of them can answer no more."""

    people: int
    closes_at: datetime


async def add_outcome(tx: Tx, outcome: Outcome) -> bool:
    """False when this occasion of the cohort was counted before."""
    return await add_once(tx, t.outcome, asdict(outcome), key=["cohort_id", "occasion"])


async def outcome(tx: Tx, outcome_id: str) -> Outcome | None:
    return next(iter(await _outcomes(tx, t.outcome.c.id == outcome_id)), None)


async def outcomes(tx: Tx, cohort_id: str) -> list[Outcome]:
    """What was counted of a cohort, in the order of the occasions."""
    return await _outcomes(tx, t.outcome.c.cohort_id == cohort_id)


async def recent(tx: Tx, since: datetime) -> list[Outcome]:
    """What was counted in whichever cohort since a moment."""
    return await _outcomes(tx, t.outcome.c.created_at > since)


async def unsettled(tx: Tx) -> dict[str, set[Occasion]]:
    """Cohort → the occasions counted so far, for closed cohorts that have any left."""
    c, o = t.cohort.c, t.outcome.c
    counted = select(o.cohort_id, func.count().label("n")).where(o.team_id == tx.team).group_by(o.cohort_id).subquery()
    query = select(c.id).outerjoin(counted, counted.c.cohort_id == c.id)
    left = func.coalesce(counted.c.n, 0) < len(Occasion)
    ids = list(await tx.conn.scalars(query.where(c.team_id == tx.team, c.state == CohortState.CLOSED, left)))
    found: dict[str, set[Occasion]] = {one: set() for one in ids}
    rows = await tx.conn.execute(select(o.cohort_id, o.occasion).where(o.team_id == tx.team, o.cohort_id.in_(ids)))
    for row in rows:
        found[row.cohort_id].add(Occasion(row.occasion))
    return found


async def last_ended(tx: Tx, cohort_ids: Collection[str]) -> dict[str, datetime]:
    """Cohort → when its last pair was completed, or, where none was, when the last one ended."""
    p = t.pair.c
    query = (
        select(p.cohort_id, p.state, func.max(p.ended_at).label("at"))
        .where(p.team_id == tx.team, p.cohort_id.in_(cohort_ids), p.state.in_(_OVER), p.ended_at.is_not(None))
        .group_by(p.cohort_id, p.state)
    )
    found: dict[str, datetime] = {}
    for row in await tx.conn.execute(query):
        if row.state == PairState.COMPLETED or row.cohort_id not in found:
            found[row.cohort_id] = row.at
    return found


async def asked(tx: Tx, cohort_ids: Collection[str]) -> Mapping[tuple[str, ReviewKind], Asked]:
    """(cohort, kind of review) → what was asked; whatever anybody answered."""
    r, p = t.review.c, t.pair.c
    query = (
        select(p.cohort_id, r.kind, func.count().label("n"), func.max(r.closes_at).label("at"))
        .join(t.pair, p.id == r.pair_id)
        .where(r.team_id == tx.team, p.cohort_id.in_(cohort_ids))
        .group_by(p.cohort_id, r.kind)
    )
    return {(row.cohort_id, ReviewKind(row.kind)): Asked(row.n, row.at) for row in await tx.conn.execute(query)}


async def _outcomes(tx: Tx, *where: Any) -> list[Outcome]:
    query = select(t.outcome).where(t.outcome.c.team_id == tx.team, *where)
    found = [
        Outcome(**dict(row._mapping) | {"occasion": Occasion(row.occasion)}) for row in await tx.conn.execute(query)
    ]
    return sorted(found, key=lambda one: list(Occasion).index(one.occasion))
