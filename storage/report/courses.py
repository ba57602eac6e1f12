"""Queries about how pairs are doing, for coordinators: lights and lists made by the database, without any text."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union,
)

from storage import tables as t
from storage.memo import remembered
from storage.records.match import PairState
from storage.records.meet import Hindrance, RhythmState, SessionState
from storage.records.programme import CohortState
from storage.records.report import Course, Marks
from storage.store import Tx
from storage.types import UtcTime

MINUTES = (15, 30, 45, 60, 75, 90, 105, 120, 180, 240)
"""Lengths of sessions in minutes; any other counts as the next longer one."""
ASKED = (PairState.PROPOSED.value, PairState.ASKING_SENIOR.value, PairState.STARTING.value)
_OVER = (PairState.ENDED.value, PairState.COMPLETED.value)
_SHOWN = (*ASKED, PairState.ACTIVE.value, PairState.PAUSED.value, *_OVER)
_WORST = ("twice", "long_quiet", "no_first", "quiet", "not_rebooked")
_RANKS = ("at_risk", "attention", "asked", "too_early", "on_track", "paused", "over")
"""What pairs are listed as, in the order in which they want somebody."""


async def cadences(tx: Tx) -> set[int]:
    """Every rhythm, in days, that any pair of the workspace may have."""
    tables = (t.cohort.c.cadence_days, t.contract.c.cadence_days, t.rhythm.c.every_days)
    known = union(*(select(one.label("days")).where(one.table.c.team_id == tx.team) for one in tables))
    return {row.days for row in await tx.conn.execute(known)}


@remembered(t.pair, t.cohort, t.rhythm, t.contract, t.contract_agreement)
async def beats(tx: Tx, cohort_id: str) -> dict[str, tuple[int, int]]:
    """Pair → days between two sessions and how many in all, for the pairs of a cohort."""
    beat = beats_of_pairs(tx, cohort_id)
    rows = await tx.conn.execute(select(beat.c.pair_id, beat.c.every_days, beat.c.sessions))
    return {row.pair_id: (row.every_days, row.sessions) for row in rows}


async def courses(
    tx: Tx, marks: Mapping[int, Marks], now: datetime, *, cohort: str = "", stands: str = "", limit: int, offset: int
) -> list[Course]:
    """Pairs of open cohorts, those that want somebody first; without `stands` those that are over are left out."""
    all_pairs = _courses(tx, marks, now)
    c = all_pairs.c
    rank = case({name: place for place, name in enumerate(_RANKS)}, value=c.stands, else_=len(_RANKS))
    worst = case({name: place for place, name in enumerate(_WORST)}, value=c.concern, else_=len(_WORST))
    query = select(all_pairs).where(*_wanted(all_pairs, cohort, stands)).order_by(rank, worst, c.since, c.pair_id)
    return [_course(row) for row in await tx.conn.execute(query.limit(limit).offset(offset))]


async def counted(tx: Tx, marks: Mapping[int, Marks], now: datetime, *, cohort: str = "") -> dict[str, int]:
    """How many pairs are listed as what."""
    all_pairs = _courses(tx, marks, now)
    query = select(all_pairs.c.stands, func.count().label("n"))
    query = query.where(all_pairs.c.cohort_id == cohort) if cohort else query
    return {row.stands: row.n for row in await tx.conn.execute(query.group_by(all_pairs.c.stands))}


async def worst_of(tx: Tx, marks: Mapping[int, Marks], now: datetime) -> dict[tuple[str, str, str], int]:
    """(cohort, light, worst concern) → how many running pairs."""
    all_pairs = _courses(tx, marks, now)
    c = all_pairs.c
    query = select(c.cohort_id, c.stands, c.concern, func.count().label("n"))
    query = query.where(c.state.in_((PairState.ACTIVE.value, PairState.PAUSED.value)))
    rows = await tx.conn.execute(query.group_by(c.cohort_id, c.stands, c.concern))
    return {(row.cohort_id, row.stands, row.concern): row.n for row in rows}


async def course(tx: Tx, marks: Mapping[int, Marks], now: datetime, pair_id: str) -> Course | None:
    """One pair, of whatever cohort."""
    all_pairs = _courses(tx, marks, now, pair_id)
    row = (await tx.conn.execute(select(all_pairs).where(all_pairs.c.pair_id == pair_id))).first()
    return _course(row) if row else None


def _wanted(all_pairs: Subquery, cohort: str, stands: str) -> list[ColumnElement[bool]]:
    c = all_pairs.c
    where = [c.stands == stands] if stands else [c.stands != "over"]
    return [*where, *([c.cohort_id == cohort] if cohort else [])]


def _courses(tx: Tx, marks: Mapping[int, Marks], now: datetime, pair_id: str = "") -> Subquery:
    """Every pair with its facts, its light and what is wrong."""
    p, facts = t.pair.c, _facts(tx, now, pair_id)
    f = facts.c
    concern = _concern(facts, marks)
    light = case(
        (concern.in_(("twice", "long_quiet")), "at_risk"),
        (concern != "", "attention"),
        (and_(p.active_at > _moment(facts, marks, "early"), f.last_at.is_(None)), "too_early"),
        else_="on_track",
    )
    stands = case(
        (p.state.in_(ASKED), "asked"), (p.state.in_(_OVER), "over"), (p.state == PairState.PAUSED, "paused"),
        else_=light,
    )  # fmt: skip
    columns = (
        p.id.label("pair_id"), p.cohort_id, p.junior_id, p.senior_id, p.state, t.wrap_up.c.pair_id.label("wraps"),
        func.coalesce(p.active_at, p.created_at, type_=UtcTime).label("since"), f.every_days, f.sessions, f.held,
        f.last_at, f.next_at, f.by_senior, f.by_junior, stands.label("stands"), concern.label("concern"),
    )  # fmt: skip
    query = select(*columns).join(facts, f.pair_id == p.id).outerjoin(t.wrap_up, t.wrap_up.c.pair_id == p.id)
    query = query.where(p.team_id == tx.team, p.state.in_(_SHOWN))
    if pair_id:
        return query.where(p.id == pair_id).subquery("course")
    open_ones = select(t.cohort.c.id).where(t.cohort.c.team_id == tx.team, t.cohort.c.state == CohortState.OPEN)
    return query.where(p.cohort_id.in_(open_ones)).subquery("course")


def _concern(facts: Subquery, marks: Mapping[int, Marks]) -> Any:
    """The worst that is wrong, by the same comparisons as `bot.domain.report.activity.check_by`."""
    f, p = facts.c, t.pair.c
    since = func.coalesce(f.last_at, p.active_at, type_=UtcTime)

    def quiet(name: str, *, at: bool = False) -> ColumnElement[bool]:
        mark = _moment(facts, marks, name)
        moments = (since, f.junior_back, f.senior_back)
        return and_(*(or_(one.is_(None), one <= mark if at else one < mark) for one in moments))

    rebook = _moment(facts, marks, "rebook")
    overdue = and_(*(or_(one.is_(None), one < rebook) for one in (f.cancelled_at, f.junior_back, f.senior_back)))
    unbooked = f.next_at.is_(None)
    return case(
        (or_(p.state != PairState.ACTIVE, p.active_at.is_(None), f.held >= f.sessions), ""),
        (f.in_row >= 2, "twice"),
        (quiet("long_quiet"), "long_quiet"),
        (and_(f.last_at.is_(None), unbooked, quiet("first", at=True)), "no_first"),
        (and_(f.last_at.is_not(None), unbooked, quiet("quiet")), "quiet"),
        (and_(f.in_row >= 1, unbooked, f.cancelled_at.is_not(None), overdue), "not_rebooked"),
        else_="",
    )


def _moment(facts: Subquery, marks: Mapping[int, Marks], name: str) -> Any:
    """The moment of that name for the pair's rhythm."""
    known = {days: literal(getattr(one, name), UtcTime) for days, one in marks.items()}
    return case(known, value=facts.c.every_days) if known else literal(None, UtcTime)


def _facts(tx: Tx, now: datetime, pair_id: str) -> Subquery:
    """What the sessions, pauses and agreements of every pair come to."""
    beat, met, row = beats_of_pairs(tx), _met(tx, now, pair_id), _in_row(tx, pair_id)
    junior, senior = _back(tx, "junior"), _back(tx, "senior")
    p = t.pair.c
    query = (
        select(
            p.id.label("pair_id"), beat.c.every_days, beat.c.sessions,
            func.coalesce(met.c.held, 0).label("held"), met.c.last_at, met.c.next_at,
            func.coalesce(met.c.by_senior, 0).label("by_senior"), func.coalesce(met.c.by_junior, 0).label("by_junior"),
            func.coalesce(row.c.n, 0).label("in_row"), row.c.at.label("cancelled_at"),
            junior.c.at.label("junior_back"), senior.c.at.label("senior_back"),
        )
        .join(beat, beat.c.pair_id == p.id)
        .outerjoin(met, met.c.pair_id == p.id)
        .outerjoin(row, row.c.pair_id == p.id)
        .outerjoin(junior, junior.c.person_id == p.junior_id)
        .outerjoin(senior, senior.c.person_id == p.senior_id)
        .where(p.team_id == tx.team)
    )  # fmt: skip
    return (query.where(p.id == pair_id) if pair_id else query).subquery("facts")


def _met(tx: Tx, now: datetime, pair_id: str) -> Subquery:
    """Per pair: sessions held, the last, the next, and cancellations by side."""
    s = t.session.c
    held, off = s.state == SessionState.HELD, s.state == SessionState.CANCELLED
    begins_after = case({m: literal(now - timedelta(minutes=m), UtcTime) for m in MINUTES}, value=s.minutes,
                        else_=literal(now - timedelta(hours=8), UtcTime))  # fmt: skip
    ahead = and_(s.state == SessionState.PLANNED, s.starts_at > begins_after)
    query = select(
        s.pair_id, _sum(held).label("held"), _latest(func.max, held, s.starts_at).label("last_at"),
        _latest(func.min, ahead, s.starts_at).label("next_at"),
        _sum(and_(off, s.hindrance == Hindrance.SENIOR)).label("by_senior"),
        _sum(and_(off, s.hindrance == Hindrance.JUNIOR)).label("by_junior"),
    ).where(s.team_id == tx.team, *([s.pair_id == pair_id] if pair_id else []))  # fmt: skip
    return query.group_by(s.pair_id).subquery("met")


def _in_row(tx: Tx, pair_id: str) -> Subquery:
    """Per pair: the senior's cancellations since the last session that took place."""
    s, h = t.session.c, t.session.alias("h").c
    last = (
        select(h.pair_id, func.max(h.starts_at).label("at"))
        .where(h.team_id == tx.team, h.state == SessionState.HELD)
        .group_by(h.pair_id)
        .subquery("last_held")
    )
    query = (
        select(s.pair_id, func.count().label("n"), func.max(s.decided_at).label("at"))
        .outerjoin(last, last.c.pair_id == s.pair_id)
        .where(
            s.team_id == tx.team, s.state == SessionState.CANCELLED, s.hindrance == Hindrance.SENIOR,
            or_(last.c.at.is_(None), s.starts_at > last.c.at), *([s.pair_id == pair_id] if pair_id else []),
        )
    )  # fmt: skip
    return query.group_by(s.pair_id).subquery("in_row")


def _back(tx: Tx, side: str) -> Subquery:
    """Per person: when their last pause ended."""
    c = t.pause.c
    query = select(c.person_id, func.max(c.ended_at).label("at")).where(c.team_id == tx.team, c.ended_at.is_not(None))
    return query.group_by(c.person_id).subquery(f"{side}_back")


def beats_of_pairs(tx: Tx, cohort_id: str = "") -> Subquery:
    """Per pair: what it agreed on last, in a contract or by itself, else what its cohort does.

    Of one cohort, where it is given, else of the workspace.
    """
    p, c = t.pair.c, t.cohort.c
    ours = [p.cohort_id == cohort_id] if cohort_id else []
    pairs = select(p.id).where(p.team_id == tx.team, *ours) if cohort_id else None
    agreed, signed = _agreed(tx, pairs), _signed(tx, pairs)
    alone = func.coalesce(agreed.c.every_days, c.cadence_days)
    every = case(
        (signed.c.cadence_days.is_(None), alone), (agreed.c.decided_at > signed.c.at, agreed.c.every_days),
        else_=signed.c.cadence_days,
    )  # fmt: skip
    query = (
        select(
            p.id.label("pair_id"), type_coerce(every, Integer).label("every_days"),
            func.coalesce(agreed.c.sessions, c.sessions).label("sessions"),
        )
        .join(t.cohort, c.id == p.cohort_id)
        .outerjoin(agreed, agreed.c.pair_id == p.id)
        .outerjoin(signed, signed.c.pair_id == p.id)
        .where(p.team_id == tx.team, *ours)
    )  # fmt: skip
    return query.subquery("beat")


def _agreed(tx: Tx, pairs: Select[Any] | None) -> CTE:
    """The newest rhythm that both of a pair agreed to."""
    r = t.rhythm.c
    place = func.row_number().over(partition_by=r.pair_id, order_by=(r.decided_at.desc(), r.id.desc()))
    ranked = select(r.pair_id, r.every_days, r.sessions, r.decided_at, place.label("place"))
    agreed = (r.team_id == tx.team, r.state == RhythmState.AGREED, *_among(r.pair_id, pairs))
    ranked_rows = ranked.where(*agreed).subquery()
    return select(ranked_rows).where(ranked_rows.c.place == 1).cte("agreed")


def _signed(tx: Tx, pairs: Select[Any] | None) -> CTE:
    """The newest contract that both of a pair agreed to, and when the second did."""
    k, a = t.contract.c, t.contract_agreement.c
    theirs = _among(a.contract_id, None if pairs is None else select(k.id).where(k.pair_id.in_(pairs)))
    both = (
        select(a.contract_id, func.max(a.at).label("at"))
        .where(a.team_id == tx.team, *theirs)
        .group_by(a.contract_id)
        .having(func.count() == 2)
        .subquery("both")
    )
    place = func.row_number().over(partition_by=k.pair_id, order_by=k.version.desc())
    ranked = select(k.pair_id, k.cadence_days, both.c.at, place.label("place"))
    mine = ranked.join(both, both.c.contract_id == k.id).where(k.team_id == tx.team, *_among(k.pair_id, pairs))
    ranked_rows = mine.subquery()
    return select(ranked_rows).where(ranked_rows.c.place == 1).cte("signed")


def _among(column: Any, ids: Select[Any] | None) -> list[ColumnElement[bool]]:
    return [] if ids is None else [column.in_(ids)]


def _sum(which: ColumnElement[bool]) -> Any:
    return func.sum(case((which, 1), else_=0))


def _latest(function: Any, which: ColumnElement[bool], moment: Any) -> Any:
    return function(case((which, moment), else_=null()), type_=UtcTime)


def _course(row: Any) -> Course:
    return Course(**dict(row._mapping) | {"state": PairState(row.state), "wraps": row.wraps is not None})
