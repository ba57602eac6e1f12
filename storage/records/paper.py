"""What the database counts for a report about a programme: operational facts, no texts and no answers."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class PaperWhat(StrEnum):
    """What was asked for: the report with its files, or the figures as a CSV alone."""

    REPORT = "report"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A report that a coordinator asked for. `cohort_id` is empty for all cohorts, `start` and `end` for all weeks.

    `groups` are the figures of a CSV that were chosen. `file_ids` are Slack's; the files stay, for she passes them on.
    """

    id: str
    team_id: str
    user_id: str
    what: PaperWhat
    cohort_id: str
    start: date | None
    end: date | None
    groups: tuple[str, ...]
    asked_at: datetime
    file_ids: tuple[str, ...] = ()
    shared_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MonthCount:
    """The sessions of one calendar month that lie in the report's weeks, by what became of them.

    `held` and the cancelled ones add up to what was planned; a moved one is counted where it was moved to. `unknown`:
    nobody said.
    """

    month: date
    held: int = 0
    by_senior: int = 0
    by_junior: int = 0
    other: int = 0
    unknown: int = 0

    @property
    def cancelled(self) -> int:
        return self.by_senior + self.by_junior + self.other

    @property
    def planned(self) -> int:
        return self.held + self.cancelled + self.unknown


@dataclass(frozen=True, slots=True)
class PromiseCount:
    """Commitments whose day lies in the report's weeks; `slipping` are open and were moved twice."""

    due: int = 0
    done: int = 0
    dropped: int = 0
    slipping: int = 0


@dataclass(frozen=True, slots=True)
class PairCount:
    """Pairs that were under way in the report's weeks, and how many of them were completed or ended early in them."""

    pairs: int = 0
    completed: int = 0
    ended: int = 0
