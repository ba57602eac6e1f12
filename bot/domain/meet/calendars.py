"""Sessions as calendars know them: one name for good, a number that grows with every change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.records.meet import Session, SessionState

KEPT = timedelta(hours=24)
"""How long calendar files lie in Slack: they are for being opened at once."""
MOST_FILES = 12

_SHOWN = (SessionState.PLANNED, SessionState.CANCELLED, SessionState.MOVED)


@dataclass(frozen=True, slots=True)
class Entry:
    """What goes into a calendar: `off` takes it out again. `partner` is a name as typed text; moments are UTC."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    place: str
    partner: str
    off: bool
    changed: bool
    at: datetime


def newest(versions: Sequence[Session]) -> Session | None:
    """The latest of a session's versions, if a calendar has use for it; what took place stays as it is."""
    last = versions[-1] if versions else None
    return last if last is not None and last.state in _SHOWN else None


def entry_of(session: Session, partner: str, now: datetime) -> Entry:
    """What a calendar is told. One that was moved away and has no new time yet is off."""
    gone = session.state is not SessionState.PLANNED
    sequence = session.sequence + int(session.state is SessionState.MOVED)
    return Entry(
        uid=session.known_as, sequence=sequence, starts_at=session.starts_at, ends_at=session.ends_at,
        place=session.place, partner=partner, off=gone, changed=sequence > 0, at=now,
    )  # fmt: skip
