"""What the coordinators' list of pairs and a pair's card are drawn from: operational facts, no text, no answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.match import PairPeople
from bot.domain.report.activity import Checked, Concern, Light
from storage.records.enrol import Side
from storage.records.match import Pair, PairState
from storage.records.meet import Hindrance, Session, SessionState
from storage.records.programme import Cohort
from storage.records.report import Course

PAGE = 8
PAST = 8
"""So many of the latest events stand on a pair's card."""


class Stands(StrEnum):
    """What a pair is listed as: its light while it runs, else where it is."""

    AT_RISK = "at_risk"
    ATTENTION = "attention"
    ASKED = "asked"
    TOO_EARLY = "too_early"
    ON_TRACK = "on_track"
    PAUSED = "paused"
    OVER = "over"


class Doing(StrEnum):
    """What to do next about a pair; the text is `report.doing.<value>`."""

    NUDGE = "nudge"
    OPEN = "open"
    REMATCH = "rematch"


DOING: Mapping[Concern, Doing] = {
    Concern.TWICE: Doing.OPEN,
    Concern.LONG_QUIET: Doing.REMATCH,
    Concern.NO_FIRST: Doing.NUDGE,
    Concern.QUIET: Doing.NUDGE,
    Concern.NOT_REBOOKED: Doing.NUDGE,
}
"""What helps most: a reminder where only a date is missing, a talk where somebody keeps cancelling."""


@dataclass(frozen=True, slots=True)
class PairFilter:
    """Which pairs are listed: of one cohort (id) or all, as one thing or all that are not over."""

    cohort: str = ""
    stands: Stands | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair of the list; `agreed` whether the two have a contract."""

    people: PairPeople
    cohort: Cohort
    course: Course


@dataclass(frozen=True, slots=True)
class PairPage:
    """One page of the list. `zone` is the coordinators', `counts` those of the chosen cohort."""

    wanted: PairFilter
    cohorts: tuple[Cohort, ...]
    rows: tuple[PairRow, ...]
    found: int
    pages: int
    counts: Mapping[Stands, int]
    zone: str


class Past(StrEnum):
    """What happened to a pair; the text is `report.past.<value>`."""

    SUGGESTED = "suggested"
    STARTED = "started"
    HELD = "held"
    MOVED = "moved"
    BY_SENIOR = "by_senior"
    BY_JUNIOR = "by_junior"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    AGREED = "agreed"
    NUDGED = "nudged"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened at a moment; `side` is who was nudged."""

    at: datetime
    what: Past
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class PairCard:
    """A pair for coordinators. `agreed` is when both agreed how they work; `turn` who books next.

    `ending` says that a coordinator has just asked to end it; `away` are the sides whose account is gone; `apart`
    that something keeps the two apart by now; `wish` that one of them asked for help with the pair.
    """

    people: PairPeople
    cohort: Cohort
    course: Course
    checked: Checked | None
    past: tuple[Event, ...]
    zone: str
    agreed: datetime | None = None
    turn: Side | None = None
    ending: bool = False
    away: tuple[Side, ...] = ()
    apart: bool = False
    wish: bool = False
    can_nudge: bool = False

    @property
    def concerns(self) -> tuple[Concern, ...]:
        return self.checked.concerns if self.checked is not None else ()

    @property
    def light(self) -> Light | None:
        return self.checked.light if self.checked is not None else None


_TOLD = {SessionState.HELD: Past.HELD, SessionState.MOVED: Past.MOVED, SessionState.UNKNOWN: Past.UNKNOWN}
_BY = {Hindrance.SENIOR: Past.BY_SENIOR, Hindrance.JUNIOR: Past.BY_JUNIOR}


def past_of(
    pair: Pair, sessions: Sequence[Session], agreed: datetime | None, nudged: Sequence[tuple[datetime, Side]]
) -> tuple[Event, ...]:
    """The latest events of a pair, newest first."""
    events = [Event(pair.created_at, Past.SUGGESTED)]
    events += [Event(pair.active_at, Past.STARTED)] if pair.active_at else []
    events += [Event(pair.ended_at, Past.OVER)] if pair.ended_at else []
    events += [Event(agreed, Past.AGREED)] if agreed else []
    events += [Event(at, Past.NUDGED, side) for at, side in nudged]
    events += [event for one in sessions if (event := _told(one)) is not None]
    return tuple(sorted(events, key=lambda one: one.at, reverse=True)[:PAST])


def _told(session: Session) -> Event | None:
    if session.state is SessionState.HELD:
        return Event(session.starts_at, Past.HELD)
    if session.decided_at is None:
        return None
    if session.state is SessionState.CANCELLED:
        return Event(session.decided_at, _BY.get(session.hindrance or Hindrance.OTHER, Past.CANCELLED))
    told = _TOLD.get(session.state)
    return Event(session.decided_at, told) if told else None


def runs(state: PairState) -> bool:
    """Whether the two are under way, paused or not."""
    return state in (PairState.ACTIVE, PairState.PAUSED)
