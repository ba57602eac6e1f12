"""The operational facts of a cohort: its pairs with their sessions, their lights, its promises."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.domain.disclosure import clamp_of, needed
from bot.domain.report.activity import (
    Checked,
    History,
    WeekBar,
    activity,
    check_by,
    counted,
    lights,
    marks,
    running,
)
from bot.domain.report.facts import DigestFigures, Promises
from bot.domain.report.figures import Section
from bot.domain.report.one_thing import choose, holding, kept
from bot.domain.theme import ThemeState
from bot.domain.when import DaysOff, local_day
from bot.services.kit import Kit
from bot.services.theme import themes_of
from storage import match, meet, ripple
from storage import programme as programmes
from storage.records.match import Pair
from storage.records.meet import Session, SessionState
from storage.records.paper import MonthCount
from storage.records.programme import Cohort, Programme
from storage.records.report import FigureKind
from storage.report import beats as rhythms
from storage.report import papers, recent, reflections
from storage.store import Tx

_BARS_MOST = 26
_REFLECTED = timedelta(weeks=26)
"""Reflections of longer ago say nothing about how a senior goes about it now."""
_COUNTED_EVERY = 4
"""Weeks: long enough that nearly every senior has met and been asked once more."""
_FIRST = (FigureKind.RECIPROCITY, FigureKind.SAY_DO)


async def histories(tx: Tx, cohort: Cohort, since: datetime | None = None) -> list[History]:
    """Every pair of the cohort that ever started, with its sessions.

    `since` (UTC) leaves out those that make no difference to a moment from then on: a week costs what happened in it.
    """
    by_pair: dict[str, list[Session]] = {}
    for session in await (recent.sessions(tx, cohort.id, since) if since else meet.of_cohort(tx, cohort.id)):
        by_pair.setdefault(session.pair_id, []).append(session)
    pairs = [p for p in await match.of_cohort(tx, cohort.id) if p.active_at is not None]
    back, beats = await recent.backs(tx, cohort.id), await rhythms.beats(tx, cohort.id)
    held = await recent.held(tx, cohort.id) if since else {}
    found = []
    for pair in pairs:
        sessions = tuple(by_pair.get(pair.id, ()))
        earlier = max(held.get(pair.id, 0) - sum(s.state is SessionState.HELD for s in sessions), 0)
        every, wanted = beats.get(pair.id, (None, None))
        found.append(History(pair, sessions, _back_at(pair, back), every, wanted, earlier))
    return found


def _back_at(pair: Pair, ends: Mapping[str, datetime]) -> datetime | None:
    return max((ends[one] for one in (pair.junior_id, pair.senior_id) if one in ends), default=None)


def checks(
    known: Sequence[History], cohort: Cohort, programme: Programme, now: datetime, off: DaysOff
) -> list[Checked]:
    """The lights of the running pairs, each by its own rhythm."""
    turning = cache(lambda days: marks(days, now, programme.zone, off))
    return [check_by(h, turning(h.every_days or cohort.cadence_days), now) for h in running(known)]


def as_of(known: Sequence[History], then: datetime) -> list[History]:
    """The pairs as they stood at an earlier moment: what was decided later was still planned."""
    started = [h for h in known if h.pair.active_at is not None and h.pair.active_at <= then]
    return [replace(h, sessions=tuple(_undecided(s, then) for s in h.sessions)) for h in started]


def _undecided(session: Session, then: datetime) -> Session:
    if session.decided_at is None or session.decided_at <= then:
        return session
    return replace(session, state=SessionState.PLANNED, decided_at=None, hindrance=None)


async def figures_of(
    kit: Kit, tx: Tx, programme: Programme, cohort: Cohort, monday: date, now: datetime, off: DaysOff,
    sections: Mapping[FigureKind, Section], shown: Sequence[str], *, unreflected: int | None, final: bool = False,
) -> DigestFigures:  # fmt: skip
    """A digest about the week that begins on `monday`; `sections` as the gate left each running kind, `unreflected` as
    the last weekly digest has it."""
    zone, sunday = programme.zone, monday + timedelta(days=6)
    known = await histories(tx, cohort, midnight(monday, zone))
    checked = checks(known, cohort, programme, now, off)
    ends = midnight(sunday + timedelta(days=1), zone)
    acted = activity(known, midnight(monday, zone), ends, now)
    concerns, promises = counted(checked), await _promises(tx, cohort, monday, sunday)
    week, weeks = week_of(cohort, monday)
    first, gap = (sections[kind] for kind in _FIRST)
    waiting = await programmes.waiting(tx, cohort.id)
    named = tuple((one.theme, one.state) for one in await themes_of(kit, tx, cohort))
    conditions = holding(
        week, weeks, acted, concerns, promises, waiting_people=waiting, published=first.published is not None,
        themes_open=any(stands is ThemeState.OPEN for _, stands in named),
    )  # fmt: skip
    things = [(thing.id, str(thing.condition)) for thing in kit.words("en").content.one_things.things]
    chosen = choose(things, conditions, shown)
    return DigestFigures(
        start=monday, end=sunday, week=week, weeks=weeks, activity=acted, concerns=concerns, lights=lights(checked),
        reciprocity=first, say_do=gap, promises=promises, one_thing=chosen,
        bars=await _bars(tx, cohort, monday, zone, final), final=final,
        ripples=tuple(sorted((await ripple.counts(tx, cohort.id, midnight(monday, zone), ends)).items())),
        more={kind: one for kind, one in sections.items() if kind not in _FIRST}, shown=kept(shown, chosen),
        themes=named, unreflected=unreflected,
        of_late=await _of_late(tx, cohort, monday, zone),
    )  # fmt: skip


async def unreflected_of(
    tx: Tx, cohort: Cohort, monday: date, now: datetime, last: DigestFigures | None
) -> int | None:  # fmt: skip
    """How many seniors at least left three reflections in a row open; called by the weekly job only.

    Told where at least 2k were asked, as nowhere else, with both ends blurred, and counted in every fourth week alone:
    of two counts a week or a day apart the difference would be one senior. What was written is never looked at.
    """
    weeks = (monday - monday_of(cohort.starts_on)).days // 7 + 1
    if weeks % _COUNTED_EVERY:
        return last.unreflected if last else None
    asked, missing = await reflections.missing(tx, cohort.id, now - _REFLECTED, now)
    clamp = clamp_of(cohort)
    if asked < needed(cohort):
        return None
    return min(missing, asked - clamp) if missing > clamp else 0


async def _of_late(tx: Tx, cohort: Cohort, monday: date, zone: str) -> MonthCount:
    """The week and the three before it: long enough to tell a habit from a bad week, and never the whole history."""
    start, end = monday - timedelta(weeks=3), monday + timedelta(weeks=1)
    (found,) = await papers.months(tx, cohort.id, [(start, midnight(start, zone), midnight(end, zone))])
    return found


async def _bars(tx: Tx, cohort: Cohort, monday: date, zone: str, final: bool) -> tuple[WeekBar, ...]:
    """The sessions of each week. When the cohort is over, what was still planned will not take place."""
    mondays = _mondays(cohort, monday)
    edges = [midnight(day, zone) for day in (*mondays, mondays[-1] + timedelta(weeks=1))]
    counts = await recent.bars(tx, cohort.id, edges)
    weeks = zip(mondays, counts, strict=True)
    return tuple(WeekBar(day, held, 0 if final else planned) for day, (held, planned) in weeks)


async def _promises(tx: Tx, cohort: Cohort, monday: date, sunday: date) -> Promises:
    return Promises(*await recent.promises(tx, cohort.id, monday, sunday))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(cohort: Cohort, monday: date) -> tuple[int, int]:
    """Which week of the cohort begins on `monday`, and of how many."""
    first, last = monday_of(cohort.starts_on), monday_of(cohort.ends_on)
    weeks = (last - first).days // 7 + 1
    return min(max((monday - first).days // 7 + 1, 1), weeks), weeks


def this_monday(now: datetime, zone: str) -> date:
    """The Monday of the running week, on the coordinators' calendar."""
    return monday_of(local_day(now, zone))


def midnight(day: date, zone: str) -> datetime:
    """When a local day begins, UTC."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def _mondays(cohort: Cohort, monday: date) -> list[date]:
    """The weeks of the chart: up to two ahead of the digest's, back to the cohort's start."""
    first, last = monday_of(cohort.starts_on), min(monday_of(cohort.ends_on), monday + timedelta(days=14))
    count = max((last - first).days // 7 + 1, 1)
    return [first + timedelta(weeks=n) for n in range(max(0, count - _BARS_MOST), count)]
