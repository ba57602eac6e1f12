"""Leaving: what somebody can leave, when it can be taken back, and when a pair that ends early counts as completed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.match import Check, PairPeople
from bot.domain.when import UNDO
from storage.records.enrol import Person
from storage.records.leave import LeaveReason, Leaving
from storage.records.match import Pair, PairState

ENOUGH = 3
"""Sessions held from which a pair that ends can count as completed."""
ANSWER_WITHIN = timedelta(days=14)
"""How long after its end both of a pair may say whether they call it completed."""
NOTE_LENGTH = 500
ALL = "all"
"""The choice of leaving the whole programme; the others are pair ids."""


@dataclass(frozen=True, slots=True)
class LeaveForm:
    """What the modal is drawn from: the person's running pairs."""

    me: Person
    pairs: tuple[PairPeople, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody has just asked for; `partner` is None where they leave the whole programme."""

    leaving: Leaving
    partner: Person | None


@dataclass(frozen=True, slots=True)
class Ended:
    """The message to one of the two that a pair has ended; the same for both.

    `said` is what the reader answered about its being completed, None where they have not. `asks` is False where
    too few sessions were held, or where it is too late. `looks`: somebody new is looked for; None where the reader
    takes no part any more, or has another pair.
    """

    people: PairPeople
    reader: Person
    held: int
    asks: bool
    said: bool | None = None
    looks: bool | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a coordinator reads: who left what, if they are still known, and what they chose to say.

    `waiting` are the partners who are without one now.
    """

    person: Person | None
    whole: bool
    waiting: tuple[Person, ...]
    reason: LeaveReason | None
    note: str | None


@dataclass(frozen=True, slots=True)
class PartForm:
    """What a coordinator is asked before a pair is ended; `rematch`: both are to be matched again."""

    pairs: tuple[PairPeople, ...]
    rematch: bool


@dataclass(frozen=True, slots=True)
class Parting:
    """A pair that a coordinator ends in ten minutes, or after all not."""

    people: PairPeople
    rematch: bool


@dataclass(frozen=True, slots=True)
class Crossing:
    """A pair that reporting lines forbid by now, for one of the two; `ends`: they have said that it shall end."""

    people: PairPeople
    reader: Person
    ends: bool = False

    @property
    def partner(self) -> Person:
        return self.people.other(self.reader.id)


@dataclass(frozen=True, slots=True)
class LinesFlag:
    """The same for coordinators, with what is wrong; nobody's answer."""

    people: PairPeople
    check: Check


def may_undo(leaving: Leaving, now: datetime) -> bool:
    return now <= leaving.at + UNDO


def asks_for_word(pair: Pair, held: int, now: datetime) -> bool:
    """Whether both are asked if they call an ended pair completed."""
    ended = pair.state in (PairState.ENDED, PairState.COMPLETED) and pair.ended_at is not None
    return ended and held >= ENOUGH and pair.ended_at is not None and now <= pair.ended_at + ANSWER_WITHIN


def after_words(pair: Pair, said: Mapping[str, bool]) -> PairState:
    """Completed once both say so; ended as long as one of them does not."""
    return PairState.COMPLETED if said.get(pair.junior_id) and said.get(pair.senior_id) else PairState.ENDED
