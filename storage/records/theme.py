"""What juniors keep naming: tags that coordinators add, and what they did about a theme."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ThemeStep(StrEnum):
    """What a coordinator does about a theme: takes it to somebody, says what was done, opens it again."""

    TAKEN = "taken"
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Tag:
    """A theme of a workspace's own. It is offered in cohorts that open while it is not retired; `added_by` is a
    Slack id."""

    id: str
    team_id: str
    label: str
    about: str
    added_by: str
    added_at: datetime
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something took place, and in how many pairs."""

    n: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What took place in a cohort in some weeks."""

    held: Count
    kept: Count
    ripples: Count


@dataclass(frozen=True, slots=True)
class Step:
    """One step about a theme of a cohort, with a coordinator's words, sealed under their key.

    `words` is "" where nothing was said, and None once its author was erased. `taken_to` is the Slack id of whom it
    was taken to, and empty for other steps.
    """

    id: str
    team_id: str
    cohort_id: str
    theme: str
    step: ThemeStep
    author_id: str
    words: str | None
    taken_to: str
    at: datetime
    undone_at: datetime | None = None
