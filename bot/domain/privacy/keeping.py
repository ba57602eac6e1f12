"""How long things are kept, and which messages show what somebody wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.messages import Kind
from storage.records.programme import Cohort, CohortState

SWEEP_AT = time(3)
"""When the daily sweep runs, in UTC."""
EXPORT_FOR = timedelta(hours=24)
"""How long an export file lies in Slack."""
LATE = timedelta(minutes=10)
"""After this a message that was under way during an erasure has ended one way or the other."""

SHOWS_TEXTS: tuple[Kind, ...] = (
    Kind.PROPOSAL_JUNIOR, Kind.PROPOSAL_SENIOR, Kind.PROPOSAL_REMINDER, Kind.PAIR_STARTED, Kind.AGENDA, Kind.ANSWERS,
    Kind.BOOKED, Kind.MOVED, Kind.REMINDER, Kind.OFFERED, Kind.OFFER_WAITING, Kind.COMMITMENT_MADE,
    Kind.COMMITMENT_CHANGED, Kind.WRAPPING, Kind.NOTICED, Kind.COMMITMENT_PROPOSED, Kind.PROPOSAL_DECLINED,
    Kind.INTRO_ASKED,
    Kind.INTRO_TOLD, Kind.INTRO_LET_GO, Kind.INTRO_WAITING, Kind.INTRO_DUE, Kind.INTRO_TALKED, Kind.PAUSED,
)  # fmt: skip
"""Messages in a pair's space, or to a partner, that may show the words or the profile of one of the two."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Days after a cohort's end: free text and answers first, then everything personal.

    `machine_days` is for what the machinery remembers: letters, work, audit lines, counted from their own day.
    """

    text_days: int = 180
    row_days: int = 365
    machine_days: int = 365

    def __post_init__(self) -> None:
        if self.row_days < self.text_days:
            raise ValueError("personal rows cannot go before the texts in them")


@dataclass(frozen=True, slots=True)
class Expired:
    """Cohorts whose texts, and cohorts whose personal rows, have been kept long enough."""

    texts: tuple[str, ...]
    rows: tuple[str, ...]


def expired(cohorts: Sequence[Cohort], today: date, keeping: Keeping) -> Expired:
    """Counted from the last day that was planned; a cohort that is still open keeps everything."""

    def over(days: int) -> tuple[str, ...]:
        closed = [c for c in cohorts if c.state is CohortState.CLOSED]
        return tuple(c.id for c in closed if c.ends_on + timedelta(days=days) < today)

    return Expired(over(keeping.text_days), over(keeping.row_days))


def next_sweep(now: datetime) -> datetime:
    """The next 03:00 UTC."""
    today = datetime.combine(now.astimezone(UTC).date(), SWEEP_AT, UTC)
    return today if today > now else today + timedelta(days=1)
