"""When things may happen: working mornings, quiet hours and clock changes, in people's own zones.

Moments are aware; what comes out is UTC. A zone is an IANA name. Public holidays come in as a question about a
local day (`bot.services.calendar.days_off` answers it for a region), the hours of a day as what the person chose.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.records.prefs import MORNING, USUAL, Prefs

DaysOff = Callable[[date], bool]

UNDO = timedelta(minutes=10)
"""How long something can be taken back, for people mis-tap; what follows from it waits as long (DESIGN 5)."""

LAST_CALL = 17
"""What must come before a quiet stretch goes out at this hour, so that there is still time to read it."""

_PICKABLE = range(2002, 2286)
"""The years that Slack's date-time picker can show: its seconds have ten digits."""

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_PATIENCE = 60
"""A calendar that is off for longer than this many days is wrong, and ignored."""


class NotATime(ValueError):
    """What was given is no date and time at all."""


class NoSuchTime(ValueError):
    """The local time is skipped by a clock change; `instead` is when that clock shows again, UTC."""

    def __init__(self, instead: datetime) -> None:
        super().__init__("this local time is skipped by a clock change")
        self.instead = instead


def never_off(day: date) -> bool:
    """The calendar of a region that nobody knows: no public holidays."""
    return False


@dataclass(frozen=True, slots=True)
class Calendar:
    """A person's zone, days off and chosen hours: all that timing needs to know about them."""

    zone: str
    off: DaysOff = never_off
    prefs: Prefs = USUAL


def utc_of(day: date, at: time, zone: str) -> datetime:
    """The instant of a local time. Skipped times move on by the length of the skip; of two, the first is meant."""
    return datetime.combine(day, at.replace(fold=0), ZoneInfo(zone)).astimezone(UTC)


def local_moment(day: date, at: time, zone: str) -> datetime:
    """As `utc_of`, for a time that a person typed. Raises NoSuchTime when a clock change skips it."""
    moment = utc_of(day, at, zone)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != datetime.combine(day, at):
        raise NoSuchTime(moment)
    return moment


def days_later(moment: datetime, days: int, zone: str) -> datetime:
    """The same time of day some days later, on the clock of a zone."""
    local = moment.astimezone(ZoneInfo(zone))
    return utc_of(local.date() + timedelta(days=days), local.time(), zone)


def parse_local(day: str, at: str, zone: str) -> datetime:
    """The instant of "2026-03-02" and "10:00" as pickers give them. Raises NotATime or NoSuchTime."""
    try:
        parsed = date.fromisoformat(day.strip()), time.fromisoformat(at.strip())
    except ValueError as problem:
        raise NotATime("a date reads 2026-03-02, a time 10:00") from problem
    if parsed[0].year not in _PICKABLE:
        raise NotATime("that is no year to meet in")
    if parsed[1].tzinfo is not None:
        raise NotATime("a local time has no zone of its own")
    return local_moment(*parsed, zone)


def local_day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def is_working(day: date, days_off: DaysOff = never_off) -> bool:
    return day.weekday() < 5 and not days_off(day)


def add_working_days(day: date, count: int, days_off: DaysOff = never_off) -> date:
    """The working day `count` working days after `day`; before it when negative, and `day` itself for 0."""
    step = _DAY if count >= 0 else -_DAY
    for _ in range(abs(count)):
        day = next(_working(day + step, days_off, step))
    return day


def working_morning_in(
    count: int, after: datetime, zone: str, *, hour: int = MORNING, days_off: DaysOff = never_off
) -> datetime:
    """`hour`:00 on the local working day that is `count` working days after the day of `after`."""
    day = add_working_days(local_day(after, zone), count - 1, days_off)
    return next_working_morning(utc_of(day, time(12), zone), zone, hour=hour, days_off=days_off)


def next_working_morning(
    after: datetime,
    zone: str,
    *,
    hour: int = MORNING,
    days_off: DaysOff = never_off,
    not_before: datetime | None = None,
) -> datetime:
    """`hour`:00 on the first local working day after the day of `after`, and not before `not_before`."""
    earliest = max(after, not_before or after)
    days = _working(local_day(after, zone) + _DAY, days_off)
    return next(m for day in days if (m := _on(day, hour, zone)) is not None and m >= earliest)


def is_quiet(moment: datetime, zone: str, days_off: DaysOff = never_off, prefs: Prefs = USUAL) -> bool:
    """18:00 to 09:00 or as chosen, weekends and days off, on the person's clock."""
    local = moment.astimezone(ZoneInfo(zone))
    return not (prefs.quiet_until <= local.hour < prefs.quiet_from and is_working(local.date(), days_off))


def out_of_quiet(moment: datetime, zone: str, days_off: DaysOff = never_off, prefs: Prefs = USUAL) -> datetime:
    """The moment itself where it is not quiet, else the next working day's 10:00."""
    if not is_quiet(moment, zone, days_off, prefs):
        return moment.astimezone(UTC)
    days = _working(local_day(moment, zone), days_off)
    return next(m for day in days if (m := _on(day, prefs.morning, zone)) is not None and m >= moment)


def earlier_if_quiet(moment: datetime, zone: str, days_off: DaysOff = never_off, prefs: Prefs = USUAL) -> datetime:
    """For what belongs before a session: never later, and where it is quiet the 17:00 before."""
    if not is_quiet(moment, zone, days_off, prefs):
        return moment.astimezone(UTC)
    hour = LAST_CALL if prefs.quiet_until <= LAST_CALL < prefs.quiet_from else prefs.quiet_from - 1
    days = _working(local_day(moment, zone), days_off, -_DAY)
    return next(m for day in days if (m := _on(day, hour, zone)) is not None and m <= moment)


def out_of_quiet_for_both(moment: datetime, loud: Callable[[datetime], bool]) -> datetime:
    """For a place that two people read: the first hour that is `loud` for both in the five days after, if any is."""
    if loud(moment):
        return moment.astimezone(UTC)
    hour = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return next((at for at in (hour + n * _HOUR for n in range(1, 24 * 5)) if loud(at)), moment.astimezone(UTC))


def earlier_for_both(
    moment: datetime,
    zone_a: str,
    zone_b: str,
    off_a: DaysOff = never_off,
    off_b: DaysOff = never_off,
    prefs_a: Prefs = USUAL,
    prefs_b: Prefs = USUAL,
) -> datetime:
    """As `earlier_if_quiet`, for a place that two people read: the last hour allowed for both in the five days before.

    Where their working hours never meet, the first one's rule counts alone.
    """

    def loud(at: datetime) -> bool:
        return not is_quiet(at, zone_a, off_a, prefs_a) and not is_quiet(at, zone_b, off_b, prefs_b)

    if loud(moment):
        return moment.astimezone(UTC)
    hour = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    earlier = (hour - n * _HOUR for n in range(24 * 5))
    return next((at for at in earlier if loud(at)), earlier_if_quiet(moment, zone_a, off_a, prefs_a))


def shared_hour(
    day: date,
    zone_a: str,
    zone_b: str,
    *,
    off_a: DaysOff = never_off,
    off_b: DaysOff = never_off,
    not_before: datetime | None = None,
    prefs_a: Prefs = USUAL,
    prefs_b: Prefs = USUAL,
) -> tuple[datetime, datetime]:
    """When two people are asked in the same hour of the first one's `day`: the first, from 10:00, that suits both.

    An hour that one of them chose counts like 10:00, and is not too early for the other. Where no hour suits both,
    each at their own of that day, or of the next working day that is not too early.
    """
    start = utc_of(day, time(prefs_a.asked_at), zone_a)
    for hour in (start + n * _HOUR for n in range(prefs_a.quiet_from - prefs_a.asked_at)):
        late_enough = not_before is None or hour >= not_before
        same_day = local_day(hour, zone_a) == day
        suits = not is_quiet(hour, zone_a, off_a, prefs_a) and not is_quiet(hour, zone_b, off_b, prefs_b)
        if late_enough and same_day and suits and not _before_asked(hour, zone_b, prefs_b):
            return hour, hour
    own_a = _own(day, zone_a, off_a, not_before, prefs_a.asked_at)
    return own_a, _own(day, zone_b, off_b, not_before, prefs_b.asked_at)


def _before_asked(hour: datetime, zone: str, prefs: Prefs) -> bool:
    """Whether it is earlier than the hour that somebody chose."""
    return prefs.checkin_hour is not None and hour.astimezone(ZoneInfo(zone)).hour < prefs.checkin_hour


def iso_week(moment: datetime, zone: str) -> str:
    """The week on the zone's calendar, "2026-W09"; sorts as text."""
    year, week, _ = local_day(moment, zone).isocalendar()
    return f"{year}-W{week:02d}"


def next_weekday(after: datetime, zone: str, weekday: int, hour: int, days_off: DaysOff = never_off) -> datetime:
    """The first `weekday` (Monday = 0) at `hour`:00 later than `after`; a day off moves to the next working day."""
    return _weekly(after, zone, weekday, hour, lambda day: next(_working(day, days_off)) if days_off(day) else day)


def weekday_of_each_week(
    after: datetime, zone: str, weekday: int, hour: int, days_off: DaysOff = never_off
) -> datetime:  # fmt: skip
    """As `next_weekday`, but a day off stays in its ISO week: where no working day is left in it, the last one before.

    A week without any working day has it on the next one.
    """
    return _weekly(after, zone, weekday, hour, lambda day: _in_its_week(day, days_off) if days_off(day) else day)


def _in_its_week(day: date, days_off: DaysOff) -> date:
    later, earlier = (next(_working(day, days_off, step)) for step in (_DAY, -_DAY))
    week = day.isocalendar()[:2]
    return earlier if later.isocalendar()[:2] != week == earlier.isocalendar()[:2] else later


def _weekly(after: datetime, zone: str, weekday: int, hour: int, moved: Callable[[date], date]) -> datetime:
    today = local_day(after, zone)
    day = today - timedelta(days=7 + (today.weekday() - weekday) % 7)
    while True:
        moment = _on(moved(day), hour, zone)
        if moment is not None and moment > after:
            return moment
        day += timedelta(days=7)


def _own(day: date, zone: str, days_off: DaysOff, not_before: datetime | None, hour: int) -> datetime:
    mornings = (_on(at, hour, zone) for at in _working(day, days_off))
    return next(m for m in mornings if m is not None and (not_before is None or m >= not_before))


def _on(day: date, hour: int, zone: str) -> datetime | None:
    """None on a day that a zone left out, as Samoa did when it changed sides of the date line."""
    moment = utc_of(day, time(hour), zone)
    return moment if local_day(moment, zone) == day else None


def _working(day: date, days_off: DaysOff, step: timedelta = _DAY) -> Iterator[date]:
    tried = 0
    while True:
        calendar = days_off if tried < _PATIENCE else never_off
        if is_working(day, calendar):
            tried = 0
            yield day
        tried += 1
        day += step
