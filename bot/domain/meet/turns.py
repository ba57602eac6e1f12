"""Whose turn it is to book, and when a pair without a date hears of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.when import Calendar, working_morning_in
from storage.records.enrol import Side
from storage.records.meet import Hindrance, Session, SessionState

_NUDGE_OWED = 3
_NUDGE = 5
_NUDGE_BOTH = 8
_OVER = (SessionState.HELD, SessionState.CANCELLED, SessionState.MOVED, SessionState.UNKNOWN)


def turn(sessions: Sequence[Session]) -> Side:
    """Who finds the next date. The senior goes first, then the two take turns.

    What fell through is the senior's to book again: juniors rarely ask a senior for time.
    """
    last = _last(sessions)
    if last is None or last.state is not SessionState.HELD:
        return Side.SENIOR
    held = sum(one.state is SessionState.HELD for one in sessions)
    return Side.SENIOR if held % 2 == 0 else Side.JUNIOR


def cancelled_by_senior(sessions: Sequence[Session]) -> datetime | None:
    """When a senior cancelled what was to be the next session, if nothing is booked instead."""
    if any(one.state is SessionState.PLANNED for one in sessions):
        return None
    last = _last(sessions)
    if last is None or last.state is not SessionState.CANCELLED or last.hindrance is not Hindrance.SENIOR:
        return None
    return last.decided_at


def missing_next(
    since: datetime, now: datetime, whose: Side, owed: bool, junior: Calendar, senior: Calendar
) -> list[tuple[Side, datetime]]:
    """When a pair without a next date hears of it: whose turn it is after 5 working days, both after 8.

    A senior who owes another time hears after 3.
    """
    start = max(since, now - timedelta(days=3))
    calendars = {Side.JUNIOR: junior, Side.SENIOR: senior}
    first = (whose, _morning(_NUDGE_OWED if owed else _NUDGE, start, calendars[whose]))
    return [first, *((side, _morning(_NUDGE_BOTH, start, one)) for side, one in calendars.items())]


def _morning(count: int, start: datetime, calendar: Calendar) -> datetime:
    return working_morning_in(count, start, calendar.zone, hour=calendar.prefs.morning, days_off=calendar.off)


def _last(sessions: Sequence[Session]) -> Session | None:
    """The session that was decided about last."""
    over = [one for one in sessions if one.state in _OVER and one.decided_at is not None]
    return max(over, key=lambda one: (one.decided_at, one.starts_at), default=None)
