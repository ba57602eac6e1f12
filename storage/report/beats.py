"""Queries about rhythms: how often, and how many times, each pair means to meet."""

from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    bindparam,
    case,
    func,
    select,
    type_coerce,
    union,
)

from storage import tables as t
from storage.memo import remembered
from storage.records.meet import RhythmState
from storage.store import Tx

Team = str | BindParameter[str]


async def cadences(tx: Tx) -> set[int]:
    """Every rhythm, in days, that any pair of the workspace may have."""
    tables = (t.cohort.c.cadence_days, t.contract.c.cadence_days, t.rhythm.c.every_days)
    known = union(*(select(one.label("days")).where(one.table.c.team_id == tx.team) for one in tables))
    return {row.days for row in await tx.conn.execute(known)}


@remembered(t.pair, t.cohort, t.rhythm, t.contract, t.contract_agreement)
async def beats(tx: Tx, cohort_id: str) -> dict[str, tuple[int, int]]:
    """Pair → days between two sessions and how many in all, for the pairs of a cohort."""
    rows = await tx.conn.execute(_OF_COHORT, {"team": tx.team, "cohort": cohort_id})
    return {row.pair_id: (row.every_days, row.sessions) for row in rows}


def beats_of_pairs(team: Team, *which: ColumnElement[bool]) -> CTE:
    """Per pair: what it agreed on last, in a contract or by itself, else what its cohort does.

    Of those pairs of the workspace for which all of `which` is true. What was agreed is looked up pair by
    pair: a list of it would be gone through for each of them.
    """
    p, c, agreed, signed = t.pair.c, t.cohort.c, t.rhythm.alias("agreed"), t.contract.alias("signed")
    alone = func.coalesce(agreed.c.every_days, c.cadence_days)
    every = case(
        (signed.c.cadence_days.is_(None), alone), (agreed.c.decided_at > _signed_at(team, signed.c.id),
        agreed.c.every_days), else_=signed.c.cadence_days,
    )  # fmt: skip
    query = (
        select(
            p.id.label("pair_id"), type_coerce(every, Integer).label("every_days"),
            func.coalesce(agreed.c.sessions, c.sessions).label("sessions"),
        )
        .join(t.cohort, c.id == p.cohort_id)
        .outerjoin(agreed, agreed.c.id == _agreed(team))
        .outerjoin(signed, signed.c.id == _signed(team))
        .where(p.team_id == team, *which)
    )  # fmt: skip
    return once(query, "beat")


def once(query: Select[Any], name: str) -> CTE:
    """A query that is worked out once, row by row, however often what asks for it names its columns."""
    return query.cte(name).prefix_with("MATERIALIZED")


def _agreed(team: Team) -> ScalarSelect[str]:
    """The newest rhythm that both of a pair agreed to."""
    r = t.rhythm.alias("r").c
    mine = select(r.id).where(r.pair_id == t.pair.c.id, r.state == RhythmState.AGREED, r.team_id == team)
    return mine.order_by(r.decided_at.desc(), r.id.desc()).limit(1).correlate(t.pair).scalar_subquery()


def _signed(team: Team) -> ScalarSelect[str]:
    """The newest contract that both of a pair agreed to."""
    k, a = t.contract.alias("k"), t.contract_agreement.alias("a")
    both = select(func.count()).where(a.c.contract_id == k.c.id, a.c.team_id == team).correlate(k).scalar_subquery()
    mine = select(k.c.id).where(k.c.pair_id == t.pair.c.id, k.c.team_id == team, both == 2)
    return mine.order_by(k.c.version.desc()).limit(1).correlate(t.pair).scalar_subquery()


def _signed_at(team: Team, contract_id: Any) -> ScalarSelect[Any]:
    """When the second of the two agreed to a contract."""
    a = t.contract_agreement.alias("at").c
    return select(func.max(a.at)).where(a.contract_id == contract_id, a.team_id == team).scalar_subquery()


def _of_cohort() -> Select[Any]:
    c = t.pair.c
    beat = beats_of_pairs(bindparam("team", type_=c.team_id.type), c.cohort_id == bindparam("cohort"))
    return select(beat.c.pair_id, beat.c.every_days, beat.c.sessions)


_OF_COHORT = _of_cohort()
"""Put together once: the weekly report asks it of every cohort."""
