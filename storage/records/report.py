"""What the disclosure gate keeps and publishes: who waits in an urn, and the releases drawn from it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.records.match import PairState


class FigureKind(StrEnum):
    """Each kind has an urn of its own; which of them are counted when is said in `bot.domain.report.kinds`."""

    RECIPROCITY = "reciprocity"
    SAY_DO = "say_do"
    THEMES = "themes"
    BENEFIT_JUNIOR = "benefit_junior"
    BENEFIT_SENIOR = "benefit_senior"
    SAFETY_JUNIOR = "safety_junior"
    SAFETY_SENIOR = "safety_senior"
    END_JUNIOR = "end_junior"
    END_SENIOR = "end_senior"
    LATER_90_JUNIOR = "later_90_junior"
    LATER_90_SENIOR = "later_90_senior"
    LATER_180_JUNIOR = "later180_junior"
    LATER_180_SENIOR = "later180_senior"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One respondent's newest answer in an urn. `spent` is stored sealed, without release or time.

    `back`: it was taken back while it waited, and is drawn no more (`spent` as well), until it is given again.
    """

    person_id: str
    senior_id: str
    source_id: str
    spent: bool
    back: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A clamped count out of `n`: the truth lies in low..high, and nothing else is kept."""

    name: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Release:
    """Figures published once and never recomputed; `week` is the ISO week such as 2026-W07."""

    id: str
    team_id: str
    cohort_id: str
    kind: FigureKind
    week: str
    n: int
    cells: tuple[Cell, ...]
    closing: bool
    published_at: datetime


class Occasion(StrEnum):
    """When questions that are asked once are counted, after a cohort is over."""

    END = "end"
    LATER_90 = "later_90"
    LATER_180 = "later_180"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was counted on one occasion, or why nothing was: made once per cohort; `figures` as in a digest."""

    id: str
    team_id: str
    cohort_id: str
    occasion: Occasion
    week: str
    figures: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DigestSetting:
    """How one cohort's digest differs: a channel of its own, a pause, sections that are left out."""

    cohort_id: str
    channel_id: str | None = None
    paused: bool = False
    hidden: tuple[str, ...] = ()


class Held(StrEnum):
    """Why a digest was not posted in its channel; the last: why it was, without its chart."""

    PUBLIC = "public"
    ARCHIVED = "archived"
    OUTSIDE = "outside"
    SHARED = "shared"
    NO_FILES = "no_files"


@dataclass(frozen=True, slots=True)
class Digest:
    """One posted digest of a cohort; `week` is the ISO week that it covers, `final` the last one of a closed cohort.

    `held` says why it was not posted (a `Held`), `others` how many who read it in its channel do not coordinate.
    A chart that was drawn before its language was kept has none.
    """

    id: str
    team_id: str
    cohort_id: str
    week: str
    figures: str
    chart_file: str | None
    created_at: datetime
    final: bool = False
    held: str | None = None
    others: int = 0
    chart_language: str | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """The moments that a pair's light turns at, for one rhythm at one moment, UTC.

    A pair that began after `early` and has not met is too new to judge. Nothing booked and nothing since `first`: the
    first session is missing. Quiet since before `quiet` or `long_quiet` says what they are called. A senior's
    cancellation from before `rebook` should have a new date by now.
    """

    early: datetime
    first: datetime
    quiet: datetime
    long_quiet: datetime
    rebook: datetime


@dataclass(frozen=True, slots=True)
class Course:
    """One pair in operational facts: what coordinators see of it in lists.

    `stands` is a light for a pair that runs, or where else it is; `concern` the worst of what is wrong, or empty.
    `every_days` and `sessions` are what the two agreed on, else their cohort's. `wraps`: it comes to its end.
    """

    pair_id: str
    cohort_id: str
    junior_id: str
    senior_id: str
    state: PairState
    since: datetime
    every_days: int
    sessions: int
    held: int
    last_at: datetime | None
    next_at: datetime | None
    by_senior: int
    by_junior: int
    stands: str
    concern: str
    wraps: bool = False
