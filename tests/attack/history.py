"""What a curious coordinator has in hand: who answered when, and what was published. The truth stands beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.report.kinds import NAMES
from storage.records.report import FigureKind

QUESTIONS = NAMES[FigureKind.RECIPROCITY]


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, or a change of one (the same `source` again). `ones`: the questions that it makes a 1 of.

    `senior` is whose pair it is about; `cohort` tells the urns of one kind apart. `about`: what was asked, if not all.
    """

    at: datetime
    person: str
    senior: str
    source: str
    ones: frozenset[str]
    cohort: str = ""
    about: frozenset[str] | None = None

    def asks(self, questions: Sequence[str]) -> list[str]:
        """Those of the questions that this answers."""
        return [one for one in questions if self.about is None or one in self.about]


@dataclass(frozen=True, slots=True)
class Erased:
    """Somebody had everything deleted."""

    at: datetime
    person: str


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody took an answer back; `Given` again, the same `source` waits again unless it was counted before."""

    at: datetime
    person: str
    source: str
    cohort: str = ""


Event = Given | Erased | Taken


@dataclass(frozen=True, slots=True)
class Seen:
    """One release as it could be read: `n` and the interval of each question.

    `members` are the answers that were counted, where the public rules of a gate tell; None where a lot decided.
    """

    at: datetime
    n: int
    cells: Mapping[str, tuple[int, int]]
    closing: bool = False
    members: frozenset[str] | None = None
    cohort: str = ""


@dataclass(frozen=True, slots=True)
class Sweep:
    """A weekly sweep: when, and how many of those who are asked had ever begun by then."""

    at: datetime
    day: date
    people: int
    ended: bool = False
    cohort: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """One urn of a programme from outside. `least` is the smallest number of people that a figure counts.

    `drawn` is the truth beside it: the answers that each release counted. No attacker has it; it shows us one world
    that fits, from which others are found by changing answers alone.
    """

    starts_on: date
    events: Sequence[Event]
    sweeps: Sequence[Sweep]
    seen: Sequence[Seen]
    least: int = 5
    kind: FigureKind = FigureKind.RECIPROCITY
    questions: tuple[str, ...] = QUESTIONS
    drawn: Sequence[frozenset[str]] = ()

    @property
    def cohorts(self) -> list[str]:
        """Whose urns these are; mostly one."""
        return list(dict.fromkeys(one.cohort for one in (*self.sweeps, *self.seen)))

    @property
    def told(self) -> list[Given]:
        return [event for event in self.events if isinstance(event, Given)]


@dataclass(slots=True)
class Episode:
    """One answer's time in the urn: from when it came until another or an erasure took its place; with its changes.

    `breaks` are the moments at which it was taken back and given again, in turns.
    """

    person: str
    senior: str
    source: str
    since: datetime
    until: datetime | None
    versions: list[Given]
    cohort: str = ""
    breaks: list[datetime] = field(default_factory=list)

    def waits(self, at: datetime) -> bool:
        there = len([one for one in self.breaks if one < at]) % 2 == 0  # at a sweep's own moment the sweep comes first
        return there and self.since <= at and (self.until is None or at < self.until)

    def turn(self, event: Given | Taken) -> None:
        """It is changed, taken back, or given again."""
        back = isinstance(event, Taken)
        if back is (len(self.breaks) % 2 == 0):
            self.breaks.append(event.at)
        if isinstance(event, Given):
            self.versions.append(event)

    def version(self, at: datetime) -> Given:
        """What a draw at this moment reads."""
        return [one for one in self.versions if one.at <= at][-1]


def waiting_in(history: History, known: Iterable[Episode], cohort: str, at: datetime) -> list[Episode]:
    """Who can be counted in a cohort at a sweep; the public rule over cohorts: whom a closing figure counted is not in
    another cohort's weekly draws, and no closing figure counts who answered where there were figures before."""
    closing = any(one.closing and (one.cohort, one.at) == (cohort, at) for one in history.seen)
    barring = {
        one.cohort
        for one in history.seen
        if one.cohort != cohort and (one.at < at if closing else one.closing and one.at <= at)
    }
    theirs = {one.person for one in known if one.cohort in barring and one.since <= at}
    return [one for one in known if one.cohort == cohort and one.waits(at) and one.person not in theirs]


def episodes(events: Sequence[Event]) -> list[Episode]:
    """The urn's public rules: a newer answer takes the place of an older one, also one that is taken back afterwards;
    changing an older one, and taking it back, changes nothing."""
    found: dict[str, Episode] = {}
    newest: dict[tuple[str, str], Episode] = {}
    for event in events:
        if isinstance(event, Erased):
            for one in (one for one in newest.values() if one.person == event.person and one.until is None):
                one.until = event.at
            continue
        before = newest.get((event.person, event.cohort))
        if before is not None and event.source == before.source:
            before.turn(event)
        elif isinstance(event, Given) and event.source not in found:
            if before is not None and before.until is None:
                before.until = event.at
            one = Episode(event.person, event.senior, event.source, event.at, None, [event], event.cohort)
            newest[event.person, event.cohort] = found[event.source] = one
    return list(found.values())
