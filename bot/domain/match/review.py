"""What coordinators do with suggestions: the pages of a review, how good a fit is in words, swapping two of them."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.match.checks import Check
from bot.domain.match.rules import Verdict
from bot.domain.match.solved import Terms
from bot.domain.paging import pages_of
from storage.records.enrol import Person, Profile, Side
from storage.records.match import MatchRun, RunState, Suggestion, Unmatched
from storage.records.programme import Cohort

PAGE = 5
"""Suggestions on a page."""
PAGE_ALONE = 10
"""People without a match on a page."""
AT_ONCE = 250_000
"""Couples that are computed while the coordinator waits, well under a second; more are sent when they are ready."""
NET = timedelta(minutes=2)
"""After this a run that was begun and not finished, because a process ended, is done by the courier."""
STRONG, GOOD = 75, 55


class Strength(StrEnum):
    """How good a fit is, in words; `CHOSEN` is what a coordinator put together."""

    STRONG = "strong"
    GOOD = "good"
    FAIR = "fair"
    WEAK = "weak"
    CHOSEN = "chosen"


class Shelf(StrEnum):
    """The lists of a review."""

    OPEN = "open"
    HELD = "held"
    ALONE = "alone"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class SuggestionCard:
    """One suggestion as it is reviewed; `line_end` is the Slack id behind the warning `LINE_ENDS`."""

    suggestion: Suggestion
    junior: Person
    senior: Person
    junior_profile: Profile
    senior_profile: Profile
    line_end: str = ""


@dataclass(frozen=True, slots=True)
class Alone:
    """Somebody without a match."""

    person: Person
    unmatched: Unmatched


@dataclass(frozen=True, slots=True)
class News:
    """What came of the last press: `what` is a key of the words, `couple` Slack ids, `check` what speaks against it."""

    what: str
    couple: tuple[str, str] = ("", "")
    n: int = 0
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a review somebody is."""

    cohort_id: str
    shelf: Shelf = Shelf.OPEN
    page: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """One page of a review. `counts` says how much lies on each shelf; `floor` is the run's."""

    cohort: Cohort
    place: Place
    counts: dict[Shelf, int]
    floor: int
    cards: tuple[SuggestionCard, ...] = ()
    alone: tuple[Alone, ...] = ()
    news: tuple[News, ...] = ()

    @property
    def pages(self) -> int:
        return pages(self.counts.get(self.place.shelf, 0), self.place.shelf)


@dataclass(frozen=True, slots=True)
class MatchDesk:
    """Where a match begins: who waits, with which terms; `run` is the newest one that is under way or was reviewed."""

    cohort: Cohort
    juniors: int
    seniors: int
    terms: Terms
    usual: bool
    run: MatchRun | None
    waiting: int = 0
    news: tuple[News, ...] = ()

    @property
    def computing(self) -> bool:
        """Whether the newest run is not ready yet."""
        return self.run is not None and self.run.state is RunState.WORKING


@dataclass(frozen=True, slots=True)
class Ready:
    """The message that a run is ready: how many wait for a review, how many are held, how many have nobody."""

    cohort: Cohort
    suggested: int
    held: int
    alone: int


@dataclass(frozen=True, slots=True)
class Swap:
    """Another junior or senior for a suggestion: who was picked, and what the checks say.

    `other` is the suggestion that the newcomer is taken from, with its two people, and `exchange` whether those who
    are left over can be suggested to each other; the free people are Slack ids.
    """

    card: SuggestionCard
    place: Place
    junior: str
    senior: str
    verdict: Verdict | None = None
    line_end: str = ""
    other: SuggestionCard | None = None
    exchange: bool = False
    juniors: tuple[str, ...] = ()
    seniors: tuple[str, ...] = ()

    @property
    def changed(self) -> tuple[Side, ...]:
        """The sides on which somebody else was picked."""
        picked = {Side.JUNIOR: (self.junior, self.card.junior), Side.SENIOR: (self.senior, self.card.senior)}
        return tuple(side for side, (user, person) in picked.items() if user != person.user_id)


def strength(score: int | None) -> Strength:
    """How good a fit a figure from 0 to 100 is."""
    if score is None:
        return Strength.CHOSEN
    floors = {Strength.STRONG: STRONG, Strength.GOOD: GOOD, Strength.FAIR: Terms().floor}
    return next((word for word, least in floors.items() if score >= least), Strength.WEAK)


def pages(n: int, shelf: Shelf) -> int:
    """On how many pages so many lie; an empty shelf has one."""
    return pages_of(n, size_of(shelf))


def size_of(shelf: Shelf) -> int:
    return PAGE_ALONE if shelf is Shelf.ALONE else PAGE


def warned(suggestion: Suggestion) -> tuple[Check, ...]:
    """What a suggestion warns of; codes that are not known any more are left out."""
    known = {check.value: check for check in Check}
    return tuple(known[code] for code in suggestion.warnings.split() if code in known)


def unseen(suggestion: Suggestion, verdict: Verdict) -> tuple[Check, ...]:
    """What a coordinator has to confirm and has not been shown with the suggestion."""
    return tuple(check for check in verdict.soft if check not in warned(suggestion))
