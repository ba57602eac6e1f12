"""Pairs, from the proposal to the end, and conflicts of interest that coordinators declared."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PairState(StrEnum):
    """proposed → junior said yes → active → completed or ended; declined and expired end a proposal."""

    PROPOSED = "proposed"
    ASKING_SENIOR = "asking_senior"
    STARTING = "starting"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED = "ended"
    DECLINED = "declined"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Pair:
    """`junior_id` and `senior_id` are person ids; `channel_id` is the group DM once it is open."""

    id: str
    team_id: str
    cohort_id: str
    junior_id: str
    senior_id: str
    state: PairState
    channel_id: str | None
    why: str
    created_by: str
    created_at: datetime
    active_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A declared conflict of interest between two Slack users, whatever their order."""

    team_id: str
    first: str
    second: str
    declared_by: str
