"""Somebody ends a pair early, or leaves the programme."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LeaveReason(StrEnum):
    """Why, if they cared to say; from a list."""

    TIME = "time"
    WORK = "work"
    FIT = "fit"
    ROLE = "role"
    OTHER = "other"


class LeaveState(StrEnum):
    """asked, and for ten minutes nothing has happened → done, or taken back."""

    ASKED = "asked"
    DONE = "done"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Leaving:
    """`pair_id` is the pair that ends; None means the whole programme. `note` is for coordinators."""

    id: str
    team_id: str
    person_id: str
    pair_id: str | None
    reason: LeaveReason | None
    note: str | None
    state: LeaveState
    at: datetime
