"""What the messages and modals of pairing are drawn from."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.match.rules import Verdict
from storage.records.enrol import Person, Profile, Side
from storage.records.match import Pair
from storage.records.programme import Cohort


@dataclass(frozen=True, slots=True)
class PairPeople:
    """A pair with its two persons: what most use cases and drawings about a pair start from."""

    pair: Pair
    junior: Person
    senior: Person

    def on(self, side: Side) -> Person:
        """Who sits on that side."""
        return self.junior if side is Side.JUNIOR else self.senior

    def other(self, person_id: str) -> Person:
        """The partner of one of the two."""
        return self.senior if person_id == self.junior.id else self.junior

    def side_of(self, person_id: str) -> Side:
        return Side.JUNIOR if person_id == self.junior.id else Side.SENIOR


@dataclass(frozen=True, slots=True)
class Card:
    """What one side is told about the other: the person and what they said about themselves."""

    person: Person
    profile: Profile


@dataclass(frozen=True, slots=True)
class Proposal:
    """A suggestion as one side reads it; `until` is when it goes back to the pool."""

    pair: Pair
    asked: Side
    other: Card
    until: datetime
    zone: str
    cadence_days: int


@dataclass(frozen=True, slots=True)
class Answered:
    """What one side has just said to a suggestion; can be undone for ten minutes.

    `until`: when no answer would end it, and a no does; until then nobody else sees a difference.
    """

    people: PairPeople
    side: Side
    yes: bool
    until: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """A proposal that came to nothing. `lapsed`: the reader did not answer in time; else nobody is named."""

    other: Person
    lapsed: bool


@dataclass(frozen=True, slots=True)
class Question:
    """Somebody wants to talk about a suggestion; for the coordinator who made it."""

    asked_by: Person
    about: Person


@dataclass(frozen=True, slots=True)
class Start:
    """The first message in the pair space; `now` makes the two local times."""

    people: PairPeople
    junior: Profile
    senior: Profile
    cohort: Cohort
    now: datetime


@dataclass(frozen=True, slots=True)
class ToOne:
    """A message about a pair to one of its two; `late` when nothing was booked for some days.

    `lesson` is the id of the one that comes with it, if any.
    """

    people: PairPeople
    side: Side
    late: bool = False
    lesson: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """The pairing modal: who was picked, what the checks say once both are, and who waits (Slack ids)."""

    junior: str | None = None
    senior: str | None = None
    verdict: Verdict | None = None
    ends_at: str = ""
    juniors: tuple[str, ...] = ()
    seniors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """A suggestion that has just gone out, with what is worth knowing about it."""

    people: PairPeople
    verdict: Verdict
    ends_at: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """The reporting lines (Slack ids, "" at the top), and what came of the last change.

    `circle` is the circle that the change would have closed: it was not made. `touched` are open pairs that
    the lines now forbid.
    """

    lines: tuple[tuple[str, str], ...]
    changed: str = ""
    circle: tuple[str, ...] = ()
    touched: tuple[PairPeople, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The declared conflicts, and what came of the last change; `touched` is an open pair that it concerns."""

    couples: tuple[tuple[str, str], ...]
    changed: tuple[str, str] | None = None
    removed: bool = False
    touched: tuple[PairPeople, ...] = ()
