"""Which icebreakers suit a pair, in which order, and what their messages and modals are drawn from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal
from storage.records.meet import Session
from storage.records.prepare import IcebreakerAnswer, IcebreakerUse

ICEBREAKERS_BEFORE = timedelta(days=5)
ICEBREAKER_SESSIONS = 2
SHOWN = 5
DEEP = 3
"""From this depth on a set is guarded."""
ANSWER_MOST = 500


@dataclass(frozen=True, slots=True)
class Deck:
    """A set of icebreakers as the rules see it.

    `guarded` ones go deep: they wait until a pair has agreed how it works, and for two to whom identity is a topic.
    """

    id: str
    unlock: int
    until: int | None
    closing: bool
    guarded: bool
    remote: bool
    purposes: frozenset[str]
    items: tuple[str, ...]


def open_decks(decks: Sequence[Deck], number: int, planned: int, purpose: str, *, deep: bool = False) -> list[Deck]:
    """The sets that a pair may use before session `number` of `planned`; `deep` opens the guarded ones."""
    return [
        d
        for d in decks
        if d.unlock <= number
        and purpose in d.purposes
        and not (d.closing and number < planned)
        and (deep or not d.guarded)
    ]


def deck_for(decks: Sequence[Deck], number: int, planned: int, purpose: str, *, deep: bool = False) -> Deck:
    """The set that is most at home before session `number`: the first open one that has not run its time.

    Sets for remote pairs, and those that want an agreement first, are there for the asking only.
    """
    allowed = open_decks(decks, number, planned, purpose, deep=deep)
    fitting = [d for d in allowed if (d.until is None or number <= d.until) and not d.remote and not d.guarded]
    return next((d for d in fitting if d.closing), None) or (fitting or allowed)[0]


def fresh(pool: Sequence[str], uses: Sequence[IcebreakerUse], count: int, shown: Collection[str] = ()) -> list[str]:
    """Up to `count` items that the pair has not seen; when those run out, the ones it saw longest ago.

    `uses` comes longest ago first. Never what is on show already, nor what the pair wants no more.
    """
    barred = {u.item_id for u in uses if u.never} | set(shown)
    seen = [u.item_id for u in uses]
    unseen = [item for item in pool if item not in seen]
    again = [item for item in seen if item in pool]
    return [item for item in unseen + again if item not in barred][:count]


def check_answer(text: str, field: str) -> str:
    """The answer as it is kept; empty where somebody thinks better of it. Raises Refusal when it is too long."""
    kept = text.strip()
    if len(kept) > ANSWER_MOST:
        raise Refusal("common.errors.too_long", field=field, length=len(kept), limit=ANSWER_MOST)
    return kept


def both_answered(answers: Sequence[IcebreakerAnswer]) -> list[str]:
    """The questions to which both have an answer that the other one has not seen."""
    waiting = [one.item_id for one in answers if one.revealed_at is None and one.text is not None]
    return sorted(item for item in set(waiting) if waiting.count(item) == 2)


@dataclass(frozen=True, slots=True)
class Opened:
    """A question that both have answered; None for an answer that was removed."""

    item: str
    junior: str | None
    senior: str | None


@dataclass(frozen=True, slots=True)
class AnswersFacts:
    """What both wrote ahead, shown together. `items` are all the questions that the message was about."""

    people: PairPeople
    opened: tuple[Opened, ...]


@dataclass(frozen=True, slots=True)
class AheadForm:
    """Answering ahead: the reader's own answers by question, and those that both see by now.

    `removable` holds question → id of the reader's answer, where it can be taken away.
    """

    people: PairPeople
    me: str
    items: tuple[str, ...]
    mine: Mapping[str, str]
    opened: tuple[Opened, ...]
    removable: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AheadKept:
    """What became of it: how many are kept, how many both see now, and what came too late to be shown, by question."""

    people: PairPeople
    me: str
    kept: int
    opened: int
    late: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class IcebreakerFacts:
    """Questions for a pair. `more` says that others are left to swap for."""

    pair_id: str
    items: tuple[str, ...]
    senior_name: str
    more: bool
    zone: str
    session: Session | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """A question that a pair put away: to the end of the queue, or for good."""

    item: str
    never: bool


@dataclass(frozen=True, slots=True)
class IcebreakerForm:
    """The preview: one set, the sets it may be exchanged for, and the questions that would be posted.

    `choices` holds pair id → partner, where there are several; `count` is how many are wanted. `aside` is the question
    that has just been put away.
    """

    pair_id: str
    partner: str
    deck: str
    decks: tuple[str, ...]
    items: tuple[str, ...]
    choices: Mapping[str, str]
    count: int = SHOWN
    aside: Aside | None = None
