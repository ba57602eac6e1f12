"""The rules of ripples: what a pair set going beyond the two of them, logged with two taps."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal
from bot.domain.when import UNDO
from storage.records.enrol import Person
from storage.records.ripple import Ripple

LINE = "ripple.line"
LINE_LENGTH = 300
SHOWN = 8
"""How many of a pair are listed, newest first."""


@dataclass(frozen=True, slots=True)
class Ripples:
    """One pair's ripples as one of its two sees them; `fresh` is the one just logged.

    `others` are the person's other pairs, id and partner's name.
    """

    people: PairPeople
    me: Person
    ripples: tuple[Ripple, ...]
    fresh: Ripple | None = None
    others: tuple[tuple[str, str], ...] = ()

    @property
    def partner(self) -> Person:
        return self.people.other(self.me.id)


@dataclass(frozen=True, slots=True)
class LineForm:
    """The window in which a line is added to a ripple, by whoever logged it."""

    ripple: Ripple
    people: PairPeople


def check_line(line: str) -> None:
    """Raises Refusal under the field for what is too long."""
    if len(line) > LINE_LENGTH:
        raise Refusal("common.errors.too_long", field=LINE, length=len(line), limit=LINE_LENGTH)


def may_undo(ripple: Ripple, now: datetime) -> bool:
    return now - ripple.at < UNDO
