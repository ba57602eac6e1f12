"""When the two sides of a pair are asked about a session."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.when import (
    UNDO,
    Calendar,
    is_quiet,
    local_day,
    next_weekday,
    next_working_morning,
    out_of_quiet,
    shared_hour,
)

REST = timedelta(hours=12)
"""Nobody is asked sooner after a session, unless the coordinators chose a number of hours."""
JITTER_MINUTES = 20


def ask_times(
    ended: datetime, now: datetime, junior: Calendar, senior: Calendar, *, after_hours: int | None, jitter: timedelta
) -> tuple[datetime, datetime]:
    """When the junior and the senior are asked about a session that ended; the same moment wherever both may be.

    Never before `ended` plus the rest, never within ten minutes of now (what was said may still be taken back),
    never in anybody's quiet hours.
    """
    rest = REST if after_hours is None else timedelta(hours=after_hours)
    earliest = max(ended + rest, now + UNDO)
    start = _start(ended, earliest, junior, senior, soon=after_hours is not None)
    if after_hours is not None and not _chose(junior, senior) and not _quiet(start, senior):
        moments = (start, start)
    else:
        moments = shared_hour(
            local_day(start, junior.zone), junior.zone, senior.zone, off_a=junior.off, off_b=senior.off,
            not_before=earliest, prefs_a=junior.prefs, prefs_b=senior.prefs,
        )  # fmt: skip
    if moments[0] == moments[1]:
        both = _shaken(moments[0], jitter, earliest, (junior, senior))
        return both, both
    return _shaken(moments[0], jitter, earliest, (junior,)), _shaken(moments[1], jitter, earliest, (senior,))


def day_after(asked: datetime, junior: Calendar, senior: Calendar) -> tuple[datetime, datetime]:
    """When both are asked one thing more, on another day than at `asked`, the later of their check-ins.

    The junior's next working morning, in the same hour for both where there is one.
    """
    prefs = junior.prefs
    morning = next_working_morning(asked, junior.zone, hour=prefs.asked_at, days_off=junior.off)
    return shared_hour(
        local_day(morning, junior.zone), junior.zone, senior.zone, off_a=junior.off, off_b=senior.off,
        not_before=asked + REST, prefs_a=prefs, prefs_b=senior.prefs,
    )  # fmt: skip


def _start(ended: datetime, earliest: datetime, junior: Calendar, senior: Calendar, *, soon: bool) -> datetime:
    """The day to begin at: one that the junior chose, else the senior, else the coordinators' hours or the next."""
    zone, off, prefs = junior.zone, junior.off, junior.prefs
    day = senior.prefs.checkin_day if prefs.checkin_day is None else prefs.checkin_day
    if day is not None:
        return next_weekday(earliest, zone, day, prefs.asked_at, off)
    if soon and not _chose(junior, senior):
        return out_of_quiet(earliest, zone, off, prefs)
    return next_working_morning(ended, zone, hour=prefs.asked_at, days_off=off, not_before=earliest)


def _chose(*calendars: Calendar) -> bool:
    """Whether somebody named a day or an hour: that counts before what coordinators set for all."""
    return any(c.prefs.checkin_day is not None or c.prefs.checkin_hour is not None for c in calendars)


def _quiet(moment: datetime, calendar: Calendar) -> bool:
    return is_quiet(moment, calendar.zone, calendar.off, calendar.prefs)


def _shaken(moment: datetime, jitter: timedelta, earliest: datetime, who: Sequence[Calendar]) -> datetime:
    moved = max(moment + jitter, earliest)
    return moment if any(_quiet(moved, c) for c in who) else moved
