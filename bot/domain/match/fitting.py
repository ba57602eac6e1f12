"""How a pair fits: who is asked when, until when the answer can be changed, and what coordinators hear of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.match.facts import PairPeople
from storage.records.enrol import Person
from storage.records.match import Fit, FitAnswer, Help

TOLD = (Help.SOMEONE_ELSE, Help.TALK)
"""What coordinators are told, because the person wants their help."""
ASKED_AFTER = 2
"""Sessions after which nobody is asked any more; after the second only who was undecided after the first."""


@dataclass(frozen=True, slots=True)
class FitAsk:
    """The question to one of a pair, with their own answer where there is one; nobody else sees either."""

    people: PairPeople
    me: Person
    answer: FitAnswer | None = None

    @property
    def partner(self) -> Person:
        return self.people.other(self.me.id)


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody who asked coordinators for help with their pair."""

    people: PairPeople
    person: Person
    help: Help

    @property
    def partner(self) -> Person:
        return self.people.other(self.person.id)


def is_asked(held: Sequence[str], session_id: str, answer: FitAnswer | None) -> bool:
    """Whether somebody is asked after a session. `held` are the pair's sessions (ids) that took place, in order."""
    if session_id not in held[:ASKED_AFTER]:
        return False
    if session_id == held[0]:
        return answer is None
    return answer is not None and answer.fit is Fit.DECIDING and answer.session_id == held[0]


def may_say(held: Sequence[str], answer: FitAnswer | None) -> bool:
    """Whether somebody may answer, or answer anew: until the next session has taken place."""
    if not held or len(held) > ASKED_AFTER:
        return False
    if len(held) == 1:
        return True
    return answer is not None and (answer.fit is Fit.DECIDING or answer.session_id == held[-1])


def help_told(fit: Fit, wanted: Help | None) -> Help | None:
    """What is kept of the wish for help: only who does not fit has one."""
    return wanted if fit is Fit.NOT_GOOD else None
