"""Queries about how pairs are doing, for coordinators: lights and lists made by the database, without any text."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, and_, case, func, literal, null, or_, select

from storage import tables as t
from storage.records.match import PairState
from storage.records.meet import Hindrance, SessionState
from storage.records.programme import CohortState
from storage.records.report import Course, Marks
from storage.report.beats import beats_of_pairs, once
from storage.store import Tx
from storage.types import UtcTime

MINUTES = (15, 30, 45, 60, 75, 90, 105, 120, 180, 240)
"""Lengths of sessions in minutes; any other counts as the next longer one."""
ASKED = (PairState.PROPOSED.value, PairState.ASKING_SENIOR.value, PairState.STARTING.value)
_EVER = datetime(1, 1, 1, tzinfo=UTC)
_OVER = (PairState.ENDED.value, PairState.COMPLETED.value)
_RUNNING = (PairState.ACTIVE.value, PairState.PAUSED.value)
_SHOWN = (*ASKED, *_RUNNING, *_OVER)
_WORST = ("twice", "long_quiet", "no_first", "quiet", "not_rebooked")
_RANKS = ("at_risk", "attention", "asked", "too_early", "on_track", "paused", "over")
"""What pairs are listed as, in the order in which they want somebody."""


async def courses(
    tx: Tx, marks: Mapping[int, Marks], now: datetime, *, cohort: str = "", stands: str = "", limit: int, offset: int
) -> list[Course]:
    """Pairs of open cohorts, those that want somebody first; without `stands` those that are over are left out."""
    all_pairs = _courses(tx, marks, now, _in_open(tx, cohort))
    c = all_pairs.c
    rank = case({name: place for place, name in enumerate(_RANKS)}, value=c.stands, else_=len(_RANKS))
    worst = case({name: place for place, name in enumerate(_WORST)}, value=c.concern, else_=len(_WORST))
    query = select(all_pairs).where(c.stands == stands if stands else c.stands != "over")
    query = query.order_by(rank, worst, c.since, c.pair_id)
    return [_course(row) for row in await tx.conn.execute(query.limit(limit).offset(offset))]


async def counted(tx: Tx, marks: Mapping[int, Marks], now: datetime, *, cohort: str = "") -> dict[str, int]:
    """How many pairs are listed as what."""
    all_pairs = _courses(tx, marks, now, _in_open(tx, cohort))
    query = select(all_pairs.c.stands, func.count().label("n")).group_by(all_pairs.c.stands)
    return {row.stands: row.n for row in await tx.conn.execute(query)}


async def worst_of(tx: Tx, marks: Mapping[int, Marks], now: datetime) -> dict[tuple[str, str, str], int]:
    """(cohort, light, worst concern) → how many running pairs."""
    all_pairs = _courses(tx, marks, now, _in_open(tx, ""), t.pair.c.state.in_(_RUNNING))
    c = all_pairs.c
    query = select(c.cohort_id, c.stands, c.concern, func.count().label("n"))
    rows = await tx.conn.execute(query.group_by(c.cohort_id, c.stands, c.concern))
    return {(row.cohort_id, row.stands, row.concern): row.n for row in rows}


async def course(tx: Tx, marks: Mapping[int, Marks], now: datetime, pair_id: str) -> Course | None:
    """One pair, of whatever cohort."""
    row = (await tx.conn.execute(select(_courses(tx, marks, now, t.pair.c.id == pair_id)))).first()
    return _course(row) if row else None


def _in_open(tx: Tx, cohort: str) -> ColumnElement[bool]:
    """That a pair is one of an open cohort, or of this one if it is open."""
    c = t.cohort.c
    open_ones = select(c.id).where(c.team_id == tx.team, c.state == CohortState.OPEN)
    return t.pair.c.cohort_id.in_(open_ones.where(c.id == cohort) if cohort else open_ones)


def _courses(tx: Tx, marks: Mapping[int, Marks], now: datetime, *which: ColumnElement[bool]) -> CTE:
    """Each of these pairs with its facts, its light and what is wrong."""
    p, facts = t.pair.c, _facts(tx, now, *which)
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
    return once(query.where(p.team_id == tx.team, p.state.in_(_SHOWN), *which), "course")


def _concern(facts: CTE, marks: Mapping[int, Marks]) -> Any:
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


def _moment(facts: CTE, marks: Mapping[int, Marks], name: str) -> Any:
    """The moment of that name for the pair's rhythm."""
    known = {days: literal(getattr(one, name), UtcTime) for days, one in marks.items()}
    return case(known, value=facts.c.every_days) if known else literal(None, UtcTime)


def _facts(tx: Tx, now: datetime, *which: ColumnElement[bool]) -> CTE:
    """What the sessions, pauses and agreements of these pairs come to.

    Everything is looked up pair by pair in an index: what is over, and what other cohorts did, costs nothing.
    """
    p, s, beat = t.pair.c, t.session.c, beats_of_pairs(tx.team, *which)
    held, off = _theirs(tx, SessionState.HELD), _theirs(tx, SessionState.CANCELLED)
    by_senior, by_junior = (and_(off, s.hindrance == side) for side in (Hindrance.SENIOR, Hindrance.JUNIOR))
    last = _of_pair(func.max(s.starts_at, type_=UtcTime), held)
    since = and_(off, s.starts_at > func.coalesce(last, literal(_EVER, UtcTime), type_=UtcTime))
    told = case((s.hindrance == Hindrance.SENIOR, s.decided_at), else_=null())
    query = (
        select(
            p.id.label("pair_id"), beat.c.every_days, beat.c.sessions, _of_pair(func.count(), held).label("held"),
            last.label("last_at"), _of_pair(func.min(s.starts_at, type_=UtcTime), _ahead(tx, now)).label("next_at"),
            _of_pair(func.count(), by_senior).label("by_senior"), _of_pair(func.count(), by_junior).label("by_junior"),
            _of_pair(func.count(), and_(since, s.hindrance == Hindrance.SENIOR)).label("in_row"),
            _of_pair(func.max(told, type_=UtcTime), since).label("cancelled_at"),
            _back(tx, p.junior_id).label("junior_back"), _back(tx, p.senior_id).label("senior_back"),
        )
        .join(beat, beat.c.pair_id == p.id)
        .where(p.team_id == tx.team, *which)
    )  # fmt: skip
    return once(query, "facts")


def _of_pair(what: Any, which: ColumnElement[bool]) -> Any:
    """A figure of some sessions of the pair at hand."""
    return select(what).select_from(t.session).where(which).correlate(t.pair).scalar_subquery()


def _theirs(tx: Tx, state: SessionState) -> ColumnElement[bool]:
    """The sessions of the pair at hand that stand like this."""
    s = t.session.c
    return and_(s.team_id == tx.team, s.pair_id == t.pair.c.id, s.state == state)


def _ahead(tx: Tx, now: datetime) -> ColumnElement[bool]:
    """What is planned and not over."""
    s = t.session.c
    begins_after = case({m: literal(now - timedelta(minutes=m), UtcTime) for m in MINUTES}, value=s.minutes,
                        else_=literal(now - timedelta(hours=8), UtcTime))  # fmt: skip
    return and_(_theirs(tx, SessionState.PLANNED), s.starts_at > begins_after)


def _back(tx: Tx, person_id: Any) -> Any:
    """When the last pause of one of the pair at hand ended."""
    c = t.pause.c
    ended = select(func.max(c.ended_at, type_=UtcTime)).where(c.team_id == tx.team, c.person_id == person_id)
    return ended.correlate(t.pair).scalar_subquery()


def _course(row: Any) -> Course:
    return Course(**dict(row._mapping) | {"state": PairState(row.state), "wraps": row.wraps is not None})
