"""What the disclosure gate keeps and publishes: who waits in an urn, and the releases drawn from it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FigureKind(StrEnum):
    """Each kind has an urn of its own."""

    RECIPROCITY = "reciprocity"
    SAY_DO = "say_do"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One respondent's newest answer in an urn. `spent` is stored sealed, without release or time."""

    person_id: str
    senior_id: str
    source_id: str
    spent: bool


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


@dataclass(frozen=True, slots=True)
class Digest:
    """One posted digest of a cohort; `week` is the ISO week that it covers."""

    id: str
    team_id: str
    cohort_id: str
    week: str
    figures: str
    chart_file: str | None
    created_at: datetime
