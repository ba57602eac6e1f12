"""Which icebreakers suit a pair, in which order, and what their messages and modals are drawn from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from storage.records.meet import Session
from storage.records.prepare import IcebreakerUse

ICEBREAKERS_BEFORE = timedelta(days=5)
ICEBREAKER_SESSIONS = 2
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Deck:
    """A set of icebreakers as the rules see it; `guarded` ones wait until a pair has agreed how it works."""

    id: str
    unlock: int
    until: int | None
    closing: bool
    guarded: bool
    remote: bool
    purposes: frozenset[str]
    items: tuple[str, ...]


def open_decks(decks: Sequence[Deck], number: int, planned: int, purpose: str) -> list[Deck]:
    """The sets that a pair may use before session `number` of `planned`."""
    return [
        d
        for d in decks
        if d.unlock <= number
        and purpose in d.purposes
        and not (d.closing and number < planned)
        and not (d.guarded and number <= ICEBREAKER_SESSIONS)
    ]


def deck_for(decks: Sequence[Deck], number: int, planned: int, purpose: str) -> Deck:
    """The set that is most at home before session `number`: the first open one that has not run its time.

    Sets for remote pairs, and those that want an agreement first, are there for the asking only.
    """
    allowed = open_decks(decks, number, planned, purpose)
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
