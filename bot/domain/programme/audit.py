"""The log of what coordinators did, as coordinators read it: who, what, about whom, and nobody's words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

KEPT = timedelta(days=90)
"""How far back it is shown."""
PAGE = 15


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One thing that was done. `actor` is a Slack id, or "slack"; `people` are Slack ids, `cohort` a name or empty."""

    at: datetime
    actor: str
    action: str
    people: tuple[str, ...] = ()
    cohort: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """`start` counts rows from the newest, `total` all of ninety days.

    `lingering` are those who lost the role and still sit in the coordinators' channel.
    """

    rows: tuple[AuditRow, ...]
    start: int
    total: int
    zone: str
    lingering: tuple[str, ...] = ()

    @property
    def older(self) -> int | None:
        """Where the page behind this one starts."""
        return self.start + PAGE if self.start + PAGE < self.total else None

    @property
    def newer(self) -> int | None:
        return max(0, self.start - PAGE) if self.start else None


def page_start(wanted: str, total: int) -> int:
    """A page's start as a button names it, kept inside the log."""
    start = int(wanted) if wanted.isdecimal() and len(wanted) < 9 else 0
    return min(start, max(0, total - 1)) // PAGE * PAGE
