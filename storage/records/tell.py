"""What coordinators send by hand: nudges from templates, announcements in their own words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Audience(StrEnum):
    """Whom a nudge goes to; never chosen because of an answer."""

    SENIORS = "seniors"
    ALL = "all"
    UNBOOKED = "unbooked"
    PAIR = "pair"


class Readers(StrEnum):
    """Whom of a cohort an announcement goes to."""

    EVERYBODY = "everybody"
    JUNIORS = "juniors"
    SENIORS = "seniors"


@dataclass(frozen=True, slots=True)
class Nudge:
    """One template, sent to an audience; `pair_id` where it is one pair. `sent_by` is a Slack id."""

    id: str
    team_id: str
    template: str
    audience: Audience
    pair_id: str | None
    sent_by: str
    at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """A coordinator's words to a cohort, sealed under their key; `text` is None after their erasure.

    It goes out ten minutes after `at`, unless it was undone.
    """

    id: str
    team_id: str
    cohort_id: str
    readers: Readers
    author_id: str
    text: str | None
    at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """Messages by what became of them: `waiting` to go, `sent`, and what could not be delivered or was left out."""

    waiting: int = 0
    sent: int = 0
    failed: int = 0
    left_out: int = 0
