"""What a cohort did, from operational facts alone: sessions, lights, and pairs that need a person."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from statistics import median

from bot.domain.when import DaysOff, add_working_days, local_day, never_off, utc_of
from storage.records.match import Pair, PairState
from storage.records.meet import Hindrance, Session, SessionState
from storage.records.report import Marks

EARLY = timedelta(days=14)
FIRST_BY = timedelta(days=10)
REBOOK_DAYS = 5
_QUIET, _LONG_QUIET = 1.5, 2.5
RUNNING = (PairState.ACTIVE, PairState.PAUSED)


class Light(StrEnum):
    """How a pair is doing; never because of what anybody answered."""

    TOO_EARLY = "too_early"
    ON_TRACK = "on_track"
    ATTENTION = "attention"
    AT_RISK = "at_risk"
    PAUSED = "paused"


class Concern(StrEnum):
    """Why a pair needs a person, worst first."""

    TWICE = "twice"
    LONG_QUIET = "long_quiet"
    NO_FIRST = "no_first"
    QUIET = "quiet"
    NOT_REBOOKED = "not_rebooked"


_RISKS = (Concern.TWICE, Concern.LONG_QUIET)


@dataclass(frozen=True, slots=True)
class History:
    """A pair with its sessions, earliest first; `back_at` is when its last pause ended.

    `earlier` counts sessions held before the last one, where those are left out with all that was decided before it.
    `every_days` and `wanted` are what the two agreed on: a rhythm and how many sessions; None: as their cohort does.
    """

    pair: Pair
    sessions: tuple[Session, ...]
    back_at: datetime | None = None
    every_days: int | None = None
    wanted: int | None = None
    earlier: int = 0

    def next(self, now: datetime) -> Session | None:
        planned = (s for s in self.sessions if s.state is SessionState.PLANNED and s.ends_at > now)
        return next(planned, None)

    @property
    def last(self) -> Session | None:
        held = [s for s in self.sessions if s.state is SessionState.HELD]
        return held[-1] if held else None


@dataclass(frozen=True, slots=True)
class Activity:
    """A stretch of time in counts: `held` began in it, the rest was decided in it; `planned` lies ahead.

    `pairs` run and have sessions before them, `with_next` of them a date; `met_all` have had as many as they wanted.
    """

    held: int
    planned: int
    moved: int
    cancelled_by_senior: int
    cancelled_by_junior: int
    cancelled_other: int
    pairs: int
    with_next: int
    met_all: int = 0


@dataclass(frozen=True, slots=True)
class WeekBar:
    """The sessions of one week, from its Monday, for the chart."""

    monday: date
    held: int
    planned: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A pair with what is to be said about it."""

    history: History
    light: Light
    concerns: tuple[Concern, ...]


def running(histories: Iterable[History]) -> list[History]:
    return [h for h in histories if h.pair.state in RUNNING]


def activity(histories: Sequence[History], start: datetime, end: datetime, now: datetime) -> Activity:
    """The counts of [start, end), with what is planned from `now` on. What a pair that has ended had still planned
    counts as nothing: six months of it would stand in one week."""
    sessions = [s for h in histories for s in h.sessions]
    decided = [s for s in sessions if s.decided_at is not None and start <= s.decided_at < end]
    after = {s.id for h in histories if (ended := h.pair.ended_at) for s in h.sessions if s.starts_at > ended}
    cancelled = Counter(s.hindrance for s in decided if s.state is SessionState.CANCELLED and s.id not in after)
    active = running(histories)
    before_them = [h for h in active if h.next(now) is not None or not _met_enough(h)]
    return Activity(
        held=sum(s.state is SessionState.HELD and start <= s.starts_at < end for s in sessions),
        planned=sum(s.state is SessionState.PLANNED and s.ends_at > now for s in sessions),
        moved=sum(s.state is SessionState.MOVED for s in decided),
        cancelled_by_senior=cancelled[Hindrance.SENIOR],
        cancelled_by_junior=cancelled[Hindrance.JUNIOR],
        cancelled_other=cancelled.total() - cancelled[Hindrance.SENIOR] - cancelled[Hindrance.JUNIOR],
        pairs=len(before_them),
        with_next=sum(h.next(now) is not None for h in before_them),
        met_all=len(active) - len(before_them),
    )


def marks(cadence_days: int, now: datetime, zone: str, days_off: DaysOff = never_off) -> Marks:
    """When a pair of this rhythm (days) turns from one light to another; `zone` is the coordinators'.

    The figures are conversation.md's, section 7: 14 days, day 10, 1.5 and 2.5 rhythms, five working days.
    """
    today = local_day(now, zone)
    first = today
    while add_working_days(first - timedelta(days=1), REBOOK_DAYS, days_off) >= today:
        first -= timedelta(days=1)
    return Marks(
        early=now - EARLY, first=now - FIRST_BY, quiet=now - _QUIET * timedelta(days=cadence_days),
        long_quiet=now - _LONG_QUIET * timedelta(days=cadence_days), rebook=utc_of(first, time(), zone),
    )  # fmt: skip


def check(history: History, cadence_days: int, now: datetime, zone: str, days_off: DaysOff = never_off) -> Checked:
    """A running pair's light and why; `zone` is the coordinators'. A rhythm of its own counts before the cohort's."""
    return check_by(history, marks(history.every_days or cadence_days, now, zone, days_off), now)


def check_by(history: History, marked: Marks, now: datetime) -> Checked:
    """The same, with the moments known. A paused pair is left in peace, and one that has met as often as it wanted."""
    if history.pair.state is PairState.PAUSED:
        return Checked(history, Light.PAUSED, ())
    if history.pair.active_at is None or _met_enough(history):
        return Checked(history, Light.ON_TRACK, ())
    concerns = tuple(_concerns(history, marked, now))
    if any(c in _RISKS for c in concerns):
        return Checked(history, Light.AT_RISK, concerns)
    if concerns:
        return Checked(history, Light.ATTENTION, concerns)
    early = history.pair.active_at > marked.early and history.last is None
    return Checked(history, Light.TOO_EARLY if early else Light.ON_TRACK, ())


def _met_enough(history: History) -> bool:
    held = history.earlier + sum(s.state is SessionState.HELD for s in history.sessions)
    return history.wanted is not None and held >= history.wanted


def _concerns(history: History, marked: Marks, now: datetime) -> Iterable[Concern]:
    assert history.pair.active_at is not None
    last, ahead = history.last, history.next(now)
    since = last.starts_at if last else history.pair.active_at
    quiet = max(since, history.back_at or since)  # nobody is blamed for the time of a pause
    cancelled = _cancelled_in_a_row(history.sessions)
    if len(cancelled) >= 2:
        yield Concern.TWICE
    if quiet < marked.long_quiet:
        yield Concern.LONG_QUIET
    elif last and ahead is None and quiet < marked.quiet:
        yield Concern.QUIET
    if last is None and ahead is None and quiet <= marked.first:
        yield Concern.NO_FIRST
    if cancelled and ahead is None and _overdue(cancelled, history.back_at, marked):
        yield Concern.NOT_REBOOKED


def _cancelled_in_a_row(sessions: Sequence[Session]) -> list[Session]:
    """The senior's cancellations since the last session that took place."""
    row: list[Session] = []
    for session in sessions:
        if session.state is SessionState.HELD:
            row = []
        elif session.state is SessionState.CANCELLED and session.hindrance is Hindrance.SENIOR:
            row.append(session)
    return row


def _overdue(cancelled: Sequence[Session], back_at: datetime | None, marked: Marks) -> bool:
    said = [one.decided_at for one in cancelled if one.decided_at is not None]
    since = max([*said, *([back_at] if said and back_at else [])], default=None)
    return since is not None and since < marked.rebook


def counted(checked: Iterable[Checked]) -> tuple[tuple[Concern, int], ...]:
    """How many pairs have each concern, each pair under its worst; only those that occur, worst first."""
    worst = Counter(c.concerns[0] for c in sorted(checked, key=_rank) if c.concerns)
    return tuple((concern, worst[concern]) for concern in Concern if worst[concern])


def lights(checked: Iterable[Checked]) -> tuple[tuple[Light, int], ...]:
    """How many pairs have each light, all of them."""
    tally = Counter(c.light for c in checked)
    return tuple((light, tally[light]) for light in Light)


def needing(checked: Iterable[Checked]) -> tuple[Checked, ...]:
    """The pairs that need a person, worst first."""
    return tuple(sorted((c for c in checked if c.concerns), key=_rank))


def newly(before: Iterable[Checked], now: Iterable[Checked]) -> tuple[tuple[Concern, int], ...]:
    """What was not yet so the last time somebody looked, counted."""
    known: Mapping[str, tuple[Concern, ...]] = {c.history.pair.id: c.concerns for c in before}
    fresh = Counter(x for c in now for x in c.concerns if x not in known.get(c.history.pair.id, ()))
    return tuple((concern, fresh[concern]) for concern in Concern if fresh[concern])


def days_since_last(histories: Sequence[History], now: datetime) -> int | None:
    """The median of whole days since the running pairs' last sessions; None where none has met."""
    days = [(now - last.starts_at).days for h in running(histories) if (last := h.last) is not None]
    return round(median(days)) if days else None


def _rank(checked: Checked) -> tuple[int, str]:
    order = list(Concern)
    return min((order.index(c) for c in checked.concerns), default=len(order)), checked.history.pair.id
