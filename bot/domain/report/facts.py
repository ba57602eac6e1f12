"""What the digest, its modals and the flags are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.match import PairPeople
from bot.domain.report.activity import Activity, Checked, Concern, Light, WeekBar
from bot.domain.report.figures import Section
from bot.domain.theme import ThemeState
from storage.records.paper import MonthCount
from storage.records.programme import Cohort, Programme
from storage.records.report import DigestSetting, FigureKind, Held
from storage.records.ripple import RippleKind


@dataclass(frozen=True, slots=True)
class Promises:
    """Commitments due in the week, how many of them are done, and how many of all open ones were moved twice."""

    due: int
    done: int
    slipping: int


@dataclass(frozen=True, slots=True)
class DigestFigures:
    """A digest as it is stored: counts, dates and ids of content, never text or answers.

    Covers `start` to `end` (Monday to Sunday), week `week` of `weeks`; `final` after the cohort was closed.
    `ripples` are what came of the pairs in the week, by kind; `more` are the kinds beside the first two;
    `themes` those past the gate, and how each stands. `shown` are
    the ids of what this and earlier digests showed as the one thing, as `one_thing.kept` keeps them; None: not told.
    `unreflected` seniors or more left their last three reflections open; None where too few were asked to say so.
    `of_late` is what became of the sessions of four weeks, the last of them this one.
    """

    start: date
    end: date
    week: int
    weeks: int
    activity: Activity
    concerns: tuple[tuple[Concern, int], ...]
    lights: tuple[tuple[Light, int], ...]
    reciprocity: Section
    say_do: Section
    promises: Promises
    one_thing: str
    bars: tuple[WeekBar, ...]
    final: bool = False
    ripples: tuple[tuple[RippleKind, int], ...] = ()
    more: Mapping[FigureKind, Section] = field(default_factory=dict)
    themes: tuple[tuple[str, ThemeState], ...] = ()
    shown: tuple[str, ...] | None = None
    unreflected: int | None = None
    of_late: MonthCount | None = None

    @property
    def fewest(self) -> int:
        """How many people every group that is counted in it has at least."""
        return min(section.fewest for section in (self.reciprocity, self.say_do, *self.more.values()))

    def section(self, kind: FigureKind) -> Section | None:
        """What may be said of a running kind; None in a digest from before it was counted."""
        return {FigureKind.RECIPROCITY: self.reciprocity, FigureKind.SAY_DO: self.say_do, **self.more}.get(kind)


class Part(StrEnum):
    """What coordinators may leave out of a cohort's digest; the text is `report.setting.parts.<value>`."""

    ONE_THING = "one_thing"
    RIPPLES = "ripples"
    FIGURES = "figures"
    CHART = "chart"
    PROMISES = "promises"
    CARE = "care"
    THEMES = "themes"


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """One digest; `chart_file` is Slack's file id once the chart is there. `so_far`: the week is still running.

    `ahead`: the cohort's first day is still to come.
    `hidden` are the parts that its coordinators left out; `others` how many people in its channel do not coordinate.
    """

    cohort: Cohort
    figures: DigestFigures
    chart_file: str | None = None
    so_far: bool = False
    hidden: frozenset[Part] = frozenset()
    others: int = 0
    ahead: bool = False

    def shows(self, part: Part) -> bool:
        return part not in self.hidden


@dataclass(frozen=True, slots=True)
class ChartFacts:
    """A chart that follows its digest in the thread that begins at `thread`."""

    cohort: Cohort
    figures: DigestFigures
    chart_file: str
    thread: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One pair in the coordinators' list."""

    people: PairPeople
    checked: Checked


@dataclass(frozen=True, slots=True)
class NeedsFacts:
    """The pairs of a cohort that need a person, for coordinators' eyes only."""

    cohort: Cohort
    pairs: tuple[Listed, ...]
    now: datetime
    zone: str


class Matter(StrEnum):
    """What waits for a coordinator beside the lights; the text is `report.matter.<value>`."""

    GONE = "gone"
    APART = "apart"
    WISH = "wish"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class FlagFacts:
    """What has become so since the last working morning, per cohort and for all of them: counts only."""

    cohorts: tuple[tuple[Cohort, tuple[tuple[Concern, int], ...]], ...]
    matters: tuple[tuple[Matter, int], ...] = ()


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A pair that something other than its sessions speaks of."""

    people: PairPeople
    matter: Matter


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """Those pairs, for coordinators' eyes only; `found` counts them all."""

    rows: tuple[MatterRow, ...]
    found: int


@dataclass(frozen=True, slots=True)
class HealthFacts:
    """Every open cohort's lights and what is wrong; `homeless` people have named no country whose holidays count."""

    cohorts: tuple[tuple[Cohort, tuple[tuple[Light, int], ...], tuple[tuple[Concern, int], ...]], ...]
    homeless: int = 0
    paused: int = 0


@dataclass(frozen=True, slots=True)
class ScheduleFacts:
    """When and where the digest comes; `next_at` is None where nothing is planned. `undo` takes the change back."""

    programme: Programme
    next_at: datetime | None = None
    undo: str = ""


@dataclass(frozen=True, slots=True)
class SettingFacts:
    """How one cohort's digest differs; times are the programme's. `next_at` is None where nothing is planned.

    `undo` takes the change back that was just made.
    """

    programme: Programme
    cohort: Cohort
    setting: DigestSetting
    next_at: datetime | None = None
    undo: str = ""


@dataclass(frozen=True, slots=True)
class HeldFacts:
    """A digest that was not posted in `channel` (Slack's id), or without a cohort, something smaller.

    `kept`: it is a week's, stored; else one that was asked for as things stand.
    """

    cohort: Cohort | None
    channel: str
    why: Held
    kept: bool = True


@dataclass(frozen=True, slots=True)
class ShieldFacts:
    """How the figures are protected, in the numbers of one cohort."""

    k: int
    clamp: int
    needed: int


@dataclass(frozen=True, slots=True)
class PreviewFacts:
    """What `admin digest` shows: one digest per open cohort."""

    digests: tuple[DigestFacts, ...]
    next_at: datetime | None
    zone: str
