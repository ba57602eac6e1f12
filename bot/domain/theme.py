"""Themes: which are past the gate, what may be done about one, and when participants are told what changed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.disclosure import LEAST_K, Withheld
from bot.domain.refusals import Refusal, TooLate
from bot.domain.when import UNDO, Calendar, out_of_quiet, utc_of
from storage.records.enrol import Person
from storage.records.programme import Cohort
from storage.records.report import Release
from storage.records.theme import Count, Step, Tag, ThemeStep

LABEL, ABOUT, WORDS, LINE, WHO = "theme.label", "theme.about", "theme.words", "theme.line", "theme.who"
LABEL_LENGTH, ABOUT_LENGTH, WORDS_LENGTH = 30, 75, 500
TAGS_MOST = 20
"""Tags of a workspace's own that are offered at a time: the list has to stay one that people read."""
_THURSDAY, _HOUR = 3, 10
_ROUND = time(6)
"""UTC on the Wednesday before: before it is Thursday morning anywhere on earth."""


Told = tuple[tuple[str, ...], tuple[tuple[str, str | None], ...]]
"""The themes that were taken further, and those that were closed with what was done."""


class ThemeState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ThemeStory:
    """A theme that is past the gate in a cohort, and what was done about it since, oldest first; nothing undone."""

    theme: str
    steps: tuple[Step, ...] = ()

    @property
    def state(self) -> ThemeState:
        return state_of(self.steps)

    @property
    def last(self) -> Step | None:
        return self.steps[-1] if self.steps else None

    def before(self, moment: datetime) -> "ThemeStory":
        """As it stood up to and with a moment."""
        return replace(self, steps=tuple(one for one in self.steps if one.at <= moment))


@dataclass(frozen=True, slots=True)
class ThemesFacts:
    """The coordinators' window about one cohort. `people` are those who made a step, by id.

    `cohorts` are all that ever opened, newest first; `withheld` says why nothing was published yet, and is None once
    something was; `least` and `needed` are its numbers.
    """

    cohort: Cohort
    cohorts: tuple[Cohort, ...]
    stories: tuple[ThemeStory, ...]
    people: Mapping[str, Person]
    withheld: Withheld | None
    least: int
    needed: int
    now: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class StepForm:
    """What is asked before a step: who a theme is taken to (the owner of findings), or what was done."""

    cohort: Cohort
    theme: str
    step: ThemeStep
    owner: str


@dataclass(frozen=True, slots=True)
class TagsFacts:
    """The coordinators' window about tags of their own; `used` are those that some cohort was opened with."""

    tags: tuple[Tag, ...]
    used: frozenset[str]
    now: datetime


@dataclass(frozen=True, slots=True)
class TakenFacts:
    """What somebody is told to whom a theme was taken; `author` is a Slack id.

    It is empty where whoever took it coordinates no more or was erased: then `others` are some who do.
    """

    cohort: Cohort
    step: Step
    author: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """What everybody with a pair in a cohort is told of it once a month.

    `taken` are themes that were taken further, `closed` those with what was done (None: its author was erased);
    then what took place since the note before: sessions held, promises kept, ripples.
    """

    cohort: Cohort
    taken: tuple[str, ...] = ()
    closed: tuple[tuple[str, str | None], ...] = ()
    held: int = 0
    kept: int = 0
    ripples: int = 0
    over: bool = False

    @property
    def worth_telling(self) -> bool:
        """In a cohort that is over only what became of its themes is."""
        told = bool(self.taken or self.closed)
        return told or (not self.over and bool(self.held or self.kept or self.ripples))


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """One person's note of a month: a part for each of their cohorts in which something was."""

    parts: tuple[NoteFacts, ...]


def told_total(count: Count) -> int:
    """A number that is told, or 0 where fewer than five pairs had a share in it: each would know the others'."""
    return count.n if count.pairs >= LEAST_K else 0


def past_gate(releases: Iterable[Release]) -> frozenset[str]:
    """The themes that some release says were named by more people than the clamp. Nothing else is said of them."""
    return frozenset(cell.name for release in releases for cell in release.cells if cell.low > 0)


def standing(steps: Iterable[Step]) -> tuple[Step, ...]:
    """What was not taken back."""
    return tuple(one for one in steps if one.undone_at is None)


def state_of(steps: Sequence[Step]) -> ThemeState:
    """How a theme stands after the steps that stand, oldest first."""
    if not steps or steps[-1].step is ThemeStep.REOPENED:
        return ThemeState.OPEN
    return ThemeState.TAKEN if steps[-1].step is ThemeStep.TAKEN else ThemeState.CLOSED


_FROM: Mapping[ThemeStep, Collection[ThemeState]] = {
    ThemeStep.TAKEN: (ThemeState.OPEN,),
    ThemeStep.CLOSED: (ThemeState.OPEN, ThemeState.TAKEN),
    ThemeStep.REOPENED: (ThemeState.TAKEN, ThemeState.CLOSED),
}


def steps_from(state: ThemeState) -> tuple[ThemeStep, ...]:
    """What can be done about a theme that stands there."""
    return tuple(step for step, states in _FROM.items() if state in states)


def check_step(step: ThemeStep, state: ThemeState, words: str) -> None:
    """Raises Refusal where another coordinator was quicker, and under the field for words that don't fit."""
    if state not in _FROM[step]:
        field = {ThemeStep.TAKEN: WHO, ThemeStep.CLOSED: WORDS}.get(step)
        raise Refusal(f"theme.refused.is_{state}", field=field)
    if step is ThemeStep.CLOSED and not words:
        raise Refusal("common.errors.empty", field=WORDS)
    _fits(words, WORDS if step is ThemeStep.CLOSED else LINE, WORDS_LENGTH)


def check_undo(step: Step, last: Step | None, now: datetime) -> None:
    """Raises Refusal after ten minutes, and when something else was done about the theme since."""
    if now >= step.at + UNDO:
        raise TooLate("theme.refused.too_late")
    if last is None or last.id != step.id:
        raise Refusal("theme.refused.went_on")


def check_tag(label: str, about: str, taken: Iterable[str], live: int) -> None:
    """Raises Refusal under the field; `taken` are the labels that are offered already, `live` counts own tags."""
    if not label:
        raise Refusal("common.errors.empty", field=LABEL)
    _fits(label, LABEL, LABEL_LENGTH)
    _fits(about, ABOUT, ABOUT_LENGTH)
    if label.casefold() in {one.casefold() for one in taken}:
        raise Refusal("theme.refused.known", field=LABEL)
    if live >= TAGS_MOST:
        raise Refusal("theme.refused.enough", field=LABEL, n=TAGS_MOST)


def may_forget(tag: Tag, used: Collection[str], now: datetime) -> bool:
    """Whether a tag can be taken back as if it had not been: within ten minutes, and before a cohort has it."""
    return tag.id not in used and now < tag.added_at + UNDO


def _fits(text: str, name: str, limit: int) -> None:
    if len(text) > limit:
        raise Refusal("common.errors.too_long", field=name, length=len(text), limit=limit)


def first_thursday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(_THURSDAY - first.weekday()) % 7)


def round_at(day: date) -> datetime:
    """When the note of a first Thursday is made: what happened until ten minutes before is in it, for good."""
    return datetime.combine(day - timedelta(days=1), _ROUND, UTC)


def next_round(after: datetime) -> datetime:
    """The first moment later than `after` when a month's note is made."""
    today = after.astimezone(UTC).date()
    return next(at for at in map(round_at, thursdays(today, today + timedelta(days=70))) if at > after)


def thursdays(since: date, until: date) -> tuple[date, ...]:
    """The first Thursdays of their months from `since` up to and with `until`."""
    months = range(since.year * 12 + since.month - 1, until.year * 12 + until.month)
    days = (first_thursday(n // 12, n % 12 + 1) for n in months)
    return tuple(day for day in days if since <= day <= until)


def window(month: str) -> tuple[datetime, datetime]:
    """What the note of a month ("2026-04") tells about: from the round before to its own, each less ten minutes.

    What a coordinator can still take back is left for the month after.
    """
    year, number = (int(part) for part in month.split("-"))
    before = first_thursday(year, number - 1) if number > 1 else first_thursday(year - 1, 12)
    return round_at(before) - UNDO, round_at(first_thursday(year, number)) - UNDO


def month_of(at: datetime) -> str:
    """The month whose note tells about a moment; its round may be on the last day of the month before."""
    return f"{next_round(at + UNDO).date() + timedelta(days=1):%Y-%m}"


def tell_at(day: date, who: Calendar) -> datetime:
    """Somebody's own 10:00 of the day, or the next working morning where that is quiet."""
    return out_of_quiet(utc_of(day, time(_HOUR), who.zone), who.zone, who.off, who.prefs)


def told(stories: Iterable[ThemeStory], month: str) -> Told:
    """Of each theme what stands at the end of a month's note, if it was decided within it."""
    since, until = window(month)
    last = [(one.theme, next((step for step in reversed(one.steps) if step.at < until), None)) for one in stories]
    fresh = [(theme, step) for theme, step in last if step is not None and step.at >= since]
    taken = tuple(theme for theme, step in fresh if step.step is ThemeStep.TAKEN)
    return taken, tuple((theme, step.words) for theme, step in fresh if step.step is ThemeStep.CLOSED)
