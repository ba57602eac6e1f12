"""Ending well: when a pair wraps up, is thanked and completed; the junior's statement, and words to be quoted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.leave import ENOUGH
from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal
from bot.domain.when import UNDO
from storage.records.close import Quote, WrapUp
from storage.records.commit import Commitment
from storage.records.enrol import Person, Side
from storage.records.meet import Session
from storage.records.programme import Cohort, Purpose
from storage.records.ripple import Ripple

BEFORE_END = timedelta(days=14)
"""How long before a cohort's end, or a pair's last session, its wrap-up begins (conversation.md F18)."""
SETTLES = timedelta(hours=20)
"""After its last session a pair is asked about that session first; the thank-you comes the next day."""
OVER_AFTER = timedelta(days=14)
"""How long after the thank-you a pair stays as it is: as long as its last check-in can be answered."""
LOOKED_BACK = timedelta(days=365)
"""How long after its end a pair stands on its two people's Homes."""
PREPARING = 10
"""Minutes of preparation that are assumed for each session; an estimate, and named as one (content.md, readiness:
about seven hours for six sessions of an hour)."""
TEXT, NOTE, QUOTE = "close.text", "close.note", "close.quote"
TEXT_LENGTH, NOTE_LENGTH, QUOTE_LENGTH = 2000, 1000, 300


class Move(StrEnum):
    """What happens next to a pair that comes to its end."""

    ENTER = "enter"
    GO_ON = "go_on"
    THANK = "thank"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Course:
    """How far a pair has come. `wanted` is how many sessions it plans in all; `today` is the coordinators' day.

    `next_at` is when its next session begins, `last_at` when the last one that was held began.
    """

    active: bool
    today: date
    ends_on: date
    held: int
    wanted: int
    next_at: datetime | None
    last_at: datetime | None
    wrap_up: WrapUp | None


def next_move(course: Course, now: datetime) -> Move | None:
    """What is due for a running pair. A pair that never met has nothing to wrap up."""
    wrap_up = course.wrap_up
    if wrap_up is None:
        return Move.ENTER if course.active and course.held and _ending(course, now) else None
    if not _ending(course, now):
        return Move.GO_ON
    if wrap_up.thanked_at is None:
        return Move.THANK if _last_is_over(course) and _settled(course, now) else None
    if not _last_is_over(course):
        return Move.GO_ON
    enough = course.held >= min(course.wanted, ENOUGH)
    return Move.COMPLETE if enough and now >= wrap_up.thanked_at + OVER_AFTER else None


def _ending(course: Course, now: datetime) -> bool:
    near = course.next_at is not None and course.held + 1 >= course.wanted and course.next_at <= now + BEFORE_END
    return course.today >= course.ends_on - BEFORE_END or near or course.held >= course.wanted


def _last_is_over(course: Course) -> bool:
    return course.next_at is None and (course.held >= course.wanted or course.ends_on < course.today)


def _settled(course: Course, now: datetime) -> bool:
    return course.last_at is None or now >= course.last_at + SETTLES


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What both read when their wrap-up begins: what is owed, and the session to close with, if it is booked."""

    people: PairPeople
    session: Session | None
    owed: tuple[Commitment, ...]
    until: date


@dataclass(frozen=True, slots=True)
class Thanks:
    """The thank-you to one side; `held` sessions. `stays`: this side has said that they would like to stay in touch,
    `both`: so has the other one, and both may know."""

    people: PairPeople
    side: Side
    held: int
    stays: bool = False
    both: bool = False

    @property
    def me(self) -> Person:
        return self.people.on(self.side)

    @property
    def partner(self) -> Person:
        return self.people.other(self.me.id)


@dataclass(frozen=True, slots=True)
class Past:
    """A pair that has ended, on the Home of one of its two."""

    people: PairPeople
    side: Side
    held: int
    completed: bool
    stays: bool
    both: bool
    ripples: tuple[Ripple, ...] = ()
    quotable: bool = False


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a statement is made of: operational facts, and what the junior said in her profile that she offers.

    `minutes` are those of the sessions; `first` and `last` are their days.
    """

    people: PairPeople
    cohort: Cohort
    held: int
    minutes: int
    first: date
    last: date
    purpose: Purpose
    offers: tuple[str, ...] = ()
    text: str | None = None
    note: str | None = None
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def hours(self) -> float:
        """With the estimate for preparation, to half an hour."""
        return round((self.minutes + PREPARING * self.held) / 30) / 2


@dataclass(frozen=True, slots=True)
class QuoteForm:
    """The window in which somebody writes what may be quoted; `quote` is what they wrote before."""

    people: PairPeople
    side: Side
    cohort: Cohort
    quote: Quote | None
    named: bool = False

    @property
    def me(self) -> Person:
        return self.people.on(self.side)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote as coordinators see it; `name` is None where its author is not to be named."""

    quote: Quote
    name: str | None
    cohort: Cohort


def check_statement(text: str, note: str) -> None:
    """Raises Refusal under the field for what is too long."""
    for field, value, most in ((TEXT, text, TEXT_LENGTH), (NOTE, note, NOTE_LENGTH)):
        if len(value) > most:
            raise Refusal("common.errors.too_long", field=field, length=len(value), limit=most)


def check_quote(text: str) -> None:
    """Raises Refusal under the field where there is nothing, or too much."""
    if not text.strip():
        raise Refusal("common.errors.empty", field=QUOTE)
    if len(text) > QUOTE_LENGTH:
        raise Refusal("common.errors.too_long", field=QUOTE, length=len(text), limit=QUOTE_LENGTH)


def measure(sessions: Sequence[Session]) -> tuple[int, int]:
    """How many sessions, and how many minutes in all."""
    return len(sessions), sum(session.minutes for session in sessions)


def both_stay(since: Iterable[datetime], now: datetime) -> bool:
    """Whether two wishes to stay in touch are shared by now, `since` when each stands.

    Not before the second can't be taken back unheard: else somebody could say yes, read what the other one
    would like, and take it back.
    """
    found = list(since)
    return len(found) > 1 and now - max(found) >= UNDO


def stamp(quote: Quote) -> str:
    """Tells one version of a draft from every other."""
    return f"{quote.at:%Y%m%dT%H%M%S%f}"
