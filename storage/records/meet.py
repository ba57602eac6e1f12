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
    Calendars know a session by `uid`, which goes along when it moves, and by `sequence`, which grows with every change.
    `series` is the id of the first of those that were booked together.
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
    uid: str | None = None
    sequence: int = 0
    series: str | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def known_as(self) -> str:
        """Its name in calendars."""
        return self.uid or self.id


@dataclass(frozen=True, slots=True)
class Report:
    """One side's answer to *did you meet?*."""

    session_id: str
    person_id: str
    side: Side
    said: Said
    hindrance: Hindrance | None
    at: datetime


class OfferState(StrEnum):
    """open → taken (a session was booked), declined (neither suits) or lapsed (both passed, or one was booked)."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Offer:
    """Two times that `person_id` suggests; the other one of the pair picks one, or neither."""

    id: str
    team_id: str
    pair_id: str
    person_id: str
    first_at: datetime
    second_at: datetime
    minutes: int
    place: str
    state: OfferState
    at: datetime
    decided_at: datetime | None = None

    @property
    def times(self) -> tuple[datetime, datetime]:
        return self.first_at, self.second_at


class RhythmState(StrEnum):
    """open → agreed or declined; an agreed one holds until a newer one is agreed."""

    OPEN = "open"
    AGREED = "agreed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often (`every_days`) and how many times in all a pair wants to meet; `person_id` suggested it."""

    id: str
    team_id: str
    pair_id: str
    person_id: str
    every_days: int
    sessions: int
    state: RhythmState
    at: datetime
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """Calendar files of sessions for one Slack account; gone from Slack a day after they were shared."""

    id: str
    team_id: str
    user_id: str
    session_ids: tuple[str, ...]
    asked_at: datetime
    file_ids: tuple[str, ...] = ()
    shared_at: datetime | None = None
    gone_at: datetime | None = None
