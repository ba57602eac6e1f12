"""Questions asked now and then: halfway, at the end, and some months later; each side's answers are its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from storage.records.enrol import Side


class ReviewKind(StrEnum):
    """On which occasion a pair is asked; the last two count days from its completion."""

    MIDPOINT = "midpoint"
    END = "end"
    LATER_90 = "later_90"
    LATER_180 = "later_180"


class ReviewState(StrEnum):
    """asked → answered (and changed) | skipped, until it closes; expired where nothing came."""

    SENT = "sent"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Review:
    """One person asked on one occasion about one pair; it can be answered and changed until `closes_at`."""

    id: str
    team_id: str
    pair_id: str
    person_id: str
    side: Side
    kind: ReviewKind
    state: ReviewState
    asked_at: datetime
    closes_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody answered: item id → code, figure or words, and the version of the items they read."""

    version: int
    answers: Mapping[str, str] = field(default_factory=dict)
