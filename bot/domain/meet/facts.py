"""What the messages and modals about sessions are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.learner import LearnerFacts
from bot.domain.match import PairPeople
from bot.domain.meet.slots import NO_SLOTS, Slots
from storage.records.enrol import Person, Side
from storage.records.meet import Hindrance, Offer, Rhythm, Said, Session


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A session and its pair, for anything said about it. `old` is the one it replaces, `ahead` the next one booked.

    `then` are others of the same booking or cancellation, `left_out` how many dates a series skipped, `owed`: the
    senior called it off.
    """

    session: Session
    people: PairPeople
    old: Session | None = None
    ahead: Session | None = None
    then: tuple[Session, ...] = ()
    left_out: int = 0
    owed: bool = False


@dataclass(frozen=True, slots=True)
class ReminderFacts:
    """`lines` is the agenda, as plain text."""

    session: Session
    people: PairPeople
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskFacts:
    """*Did you meet?*, asked of one side; `said` and `hindrance` are set once they answered.

    `turn` is whoever books next, where they have met and nothing is booked; `learner` is what this side says of it.
    """

    session: Session
    people: PairPeople
    side: Side
    said: Said | None = None
    hindrance: Hindrance | None = None
    again: bool = False
    turn: Side | None = None
    learner: LearnerFacts | None = None


@dataclass(frozen=True, slots=True)
class RebookFacts:
    """Somebody is asked to find a date; `since` is the session it goes back to.

    `turn` is whose turn it is; `owed`: the senior called the last one off.
    """

    people: PairPeople
    side: Side
    since: Session
    turn: Side = Side.SENIOR
    owed: bool = False


@dataclass(frozen=True, slots=True)
class BookForm:
    """The booking modal. `choices`: pair id → partner, if several; `moves`: what is moved; `ahead`: what is booked.

    `slots` are times that suit both; `outside`: the chosen one leaves the partner's working hours; `every` days
    between the sessions of a series; `picker` is the id of the picker's block, another one where we set its time.
    `notice` as in CancelForm, for what is moved; where that would have `begun` by now, what was agreed on.
    """

    people: PairPeople
    me: Person
    starts_at: datetime
    minutes: int
    place: str
    choices: Mapping[str, str]
    moves: Session | None = None
    ahead: Session | None = None
    slots: Slots = NO_SLOTS
    outside: bool = False
    every: int = 0
    picker: str = ""
    notice: int = 0
    begun: bool = False


@dataclass(frozen=True, slots=True)
class OfferForm:
    """The modal with two times to suggest; otherwise as BookForm."""

    people: PairPeople
    me: Person
    times: tuple[datetime, datetime]
    minutes: int
    place: str
    slots: Slots
    choices: Mapping[str, str]
    outside: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """Two suggested times, and what was said to them: a session was booked, or neither suits."""

    offer: Offer
    people: PairPeople
    taken: Session | None = None
    declined: bool = False

    @property
    def by(self) -> Person:
        """Who suggests."""
        return self.people.junior if self.offer.person_id == self.people.junior.id else self.people.senior

    @property
    def to(self) -> Person:
        """Who picks."""
        return self.people.other(self.offer.person_id)


@dataclass(frozen=True, slots=True)
class RhythmForm:
    """The modal of a pair's rhythm, with what holds now; `held` is how often they have met."""

    people: PairPeople
    me: Person
    every_days: int
    sessions: int
    held: int
    choices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RhythmFacts:
    """A rhythm that one of a pair suggests, or that was answered."""

    rhythm: Rhythm
    people: PairPeople


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """What stands below calendar files: how many, and whether they change or take out an earlier entry."""

    count: int
    changed: bool
    off: bool
    zone: str
    gone_at: datetime


@dataclass(frozen=True, slots=True)
class LogForm:
    """The modal for a session that was not booked here; `early` is a planned one that took place before its time."""

    people: PairPeople
    me: Person
    starts_at: datetime
    minutes: int
    choices: Mapping[str, str]
    early: Session | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """A session that was just logged, as the person who did it sees it."""

    session: Session
    me: Person
    partner: Person
    learner: LearnerFacts | None = None


@dataclass(frozen=True, slots=True)
class CancelForm:
    """The modal that would rather move a session than cancel it; `later` follow it in its series.

    `notice` is how many hours before the two agreed to say so, where it is later than that; else 0.
    """

    session: Session
    people: PairPeople
    side: Side
    later: int = 0
    notice: int = 0


@dataclass(frozen=True, slots=True)
class SessionList:
    """A person's sessions, pair by pair, earliest first, as seen at `now`."""

    me: Person
    pairs: tuple[tuple[PairPeople, tuple[Session, ...]], ...]
    now: datetime
