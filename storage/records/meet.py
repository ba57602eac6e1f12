"""Sessions of a pair, and what each side said about whether they took place."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.records.enrol import Side


class SessionState(StrEnum):
    """planned → held, moved, cancelled or unknown (nobody said)."""

    PLANNED = "planned"
    HELD = "held"
    MOVED = "moved"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class Said(StrEnum):
    """The three answers to *did you meet?*."""

    MET = "met"
    MOVED = "moved"
    NOT_MET = "not_met"


class Hindrance(StrEnum):
    """Why a session did not take place, as one side told it."""

    SENIOR = "senior"
    JUNIOR = "junior"
    OTHER = "other"


class CancelReason(StrEnum):
    """Why somebody cancelled, if they cared to say; from a list, never in their own words."""

    URGENT = "urgent"
    AWAY = "away"
    UNPREPARED = "unprepared"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Session:
    """A planned or past meeting; `number` counts a pair's sessions from 1.

    `hindrance` is the side that cancelled or could not come; `decided_at` is when the state stopped being planned.
    `template` is the agenda that was chosen instead of the one that the session's number suggests.
    """

    id: str
    team_id: str
    pair_id: str
    number: int
    starts_at: datetime
    minutes: int
    place: str
    state: SessionState
    booked_by: str
    hindrance: Hindrance | None
    decided_at: datetime | None
    reason: CancelReason | None = None
    template: str | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Report:
    """One side's answer to *did you meet?*."""

    session_id: str
    person_id: str
    side: Side
    said: Said
    hindrance: Hindrance | None
    at: datetime
