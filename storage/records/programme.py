"""A workspace's programme, its coordinators and cohorts, and the log of what coordinators did."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Purpose(StrEnum):
    """What a programme or cohort is for; decides agendas and theme tags."""

    TECHNOLOGY = "technology"
    INCLUSION = "inclusion"
    CULTURE = "culture"
    FREE = "free"


class CohortState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Programme:
    """One per workspace. `zone` is the coordinators' zone; weekdays count from Monday = 0.

    `public_channel`: the coordinators agreed, twice, to a channel that everybody can read.
    """

    team_id: str
    enterprise_id: str | None
    purpose: Purpose
    findings_owner: str
    safe_contacts: tuple[str, str]
    channel_id: str
    zone: str
    digest_weekday: int
    digest_hour: int
    k: int
    clamp: int
    checkin_after_hours: int | None
    language: str
    digest_paused: bool
    created_at: datetime
    public_channel: bool = False


@dataclass(frozen=True, slots=True)
class Coordinator:
    team_id: str
    user_id: str
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Cohort:
    """`k` and `clamp` are fixed when the cohort opens and named in the consent text.

    `guests` and `strangers`: whether guests of the workspace, and people of another company, may take part.
    """

    id: str
    team_id: str
    name: str
    purpose: Purpose
    starts_on: date
    ends_on: date
    sessions: int
    cadence_days: int
    pilot: bool
    state: CohortState
    k: int
    clamp: int
    guests: bool = True
    strangers: bool = False


@dataclass(frozen=True, slots=True)
class CohortTally:
    """What a cohort has under way, counted: pairs, proposals, people who wait, sessions, check-ins, promises."""

    running: int
    proposals: int
    waiting: int
    waiting_juniors: int
    waiting_seniors: int
    sessions_ahead: int
    checkins_open: int
    promises_open: int = 0


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Who did what to which subject; `detail` holds settings and ids, never anybody's words."""

    id: str
    team_id: str
    actor: str
    action: str
    subject: str
    detail: str
    at: datetime
