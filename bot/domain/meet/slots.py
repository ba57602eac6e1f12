"""Times to suggest: inside both people's working hours, off their holidays, over none of their sessions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.when import Calendar, is_working, local_day
from storage.records.enrol import Person
from storage.records.meet import Session

HOW_MANY = 3
AHEAD = timedelta(days=14)
_STEP = timedelta(minutes=30)
_EARLIEST = timedelta(days=2)
"""Sooner than that, hardly anybody has an hour left."""
_LUNCH = (12 * 60, 13 * 60)
_ROUND = (10 * 60, 14 * 60, 15 * 60, 11 * 60)
"""Minutes after midnight at which an hour with somebody is found most easily, best first."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody works: zone, days off and chosen hours, and minutes after midnight on that clock."""

    calendar: Calendar
    works_from: int
    works_to: int

    def works(self, start: datetime, end: datetime) -> bool:
        """Whether all of it lies in one working day, and not where nobody should be written to."""
        zone = ZoneInfo(self.calendar.zone)
        first, last = start.astimezone(zone), end.astimezone(zone)
        if first.date() != last.date() and last.time() != time(0):
            return False
        if not is_working(first.date(), self.calendar.off):
            return False
        return self.outside(start, end) == 0

    def outside(self, start: datetime, end: datetime) -> int:
        """By how many minutes it leaves the working hours: before they begin and after they end."""
        zone = ZoneInfo(self.calendar.zone)
        begins = _minute(start.astimezone(zone))
        ends = begins + int((end - start).total_seconds() // 60)
        early, late = max(0, self.begins - begins), max(0, ends - self.ends)
        return early + late

    @property
    def begins(self) -> int:
        return max(self.works_from, self.calendar.prefs.quiet_until * 60)

    @property
    def ends(self) -> int:
        return min(self.works_to, self.calendar.prefs.quiet_from * 60)


@dataclass(frozen=True, slots=True)
class Slots:
    """Times to suggest, earliest first. `shared` is False where none lies in both people's working hours."""

    times: tuple[datetime, ...]
    shared: bool = True


NO_SLOTS = Slots(())


def reach(every_days: int) -> tuple[timedelta, timedelta]:
    """How long before a rhythm's day suggestions begin, and for how long: a week 2 and 7 days, four weeks 4 and 14."""
    return timedelta(days=min(4, every_days // 3)), timedelta(days=min(14, max(7, every_days // 2 + 2)))


def suggest(
    now: datetime, since: datetime, minutes: int, mine: Hours, theirs: Hours, busy: Sequence[Session], *,
    ahead: timedelta = AHEAD,
) -> Slots:  # fmt: skip
    """Three times in the time `ahead` of `since`, spread over days and hours, that suit both; else in two weeks.

    Where the working hours never meet: the three that leave them least, on working days of both.
    """
    length = timedelta(minutes=minutes)
    start = max(since, now + _EARLIEST)
    open_ones = [at for at in _grid(start, start + ahead) if not _taken(at, at + length, busy)]
    both = (mine, theirs)
    good = [at for at in open_ones if all(one.works(at, at + length) for one in both)]
    if len(good) < HOW_MANY and ahead < AHEAD:
        return suggest(now, since, minutes, mine, theirs, busy)
    if good:
        return Slots(tuple(sorted(_spread(good, mine, theirs))))
    days = [at for at in open_ones if all(_on_working_day(at, one.calendar) for one in both)]
    worst = sorted(days, key=lambda at: (*_outside(at, length, both), at))
    return Slots(tuple(sorted(_on_different_days(worst, mine))), shared=False)


def hours_of(person: Person, calendar: Calendar) -> Hours:
    """A person's working hours on their own calendar."""
    return Hours(calendar, person.works_from, person.works_to)


def _grid(start: datetime, end: datetime) -> Iterator[datetime]:
    """Full and half hours, for zones that are half an hour apart too."""
    at = start.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    while at < end:
        yield at
        at += _STEP


def _taken(start: datetime, end: datetime, busy: Iterable[Session]) -> bool:
    return any(start < one.ends_at and one.starts_at < end for one in busy)


def _spread(good: Sequence[datetime], mine: Hours, theirs: Hours) -> list[datetime]:
    """One a day, from different thirds of the days there are, at different hours."""
    days: dict[date, list[datetime]] = {}
    for at in good:
        days.setdefault(local_day(at, mine.calendar.zone), []).append(at)
    order = sorted(days)
    wanted = [order[len(order) * n // HOW_MANY] for n in range(HOW_MANY)]
    picked = [_best(days[day], place, mine, theirs) for place, day in enumerate(dict.fromkeys(wanted))]
    more = [at for at in good if at not in picked]
    return picked + more[: HOW_MANY - len(picked)]


def _best(times: Sequence[datetime], place: int, mine: Hours, theirs: Hours) -> datetime:
    return min(times, key=lambda at: _awkward(at, place, mine, theirs))


def _awkward(at: datetime, place: int, mine: Hours, theirs: Hours) -> tuple[int, int, int, datetime]:
    """Lunch last, full hours first, then close to a time of day that is another for each suggestion."""
    wanted = _ROUND[place % len(_ROUND)]
    local = [_minute(at.astimezone(ZoneInfo(one.calendar.zone))) for one in (mine, theirs)]
    lunch = sum(_LUNCH[0] <= one < _LUNCH[1] for one in local)
    return lunch, local[0] % 60, sum(abs(one - wanted) for one in local), at


def _outside(at: datetime, length: timedelta, both: Sequence[Hours]) -> tuple[int, int]:
    """How bad it is for whoever it is worse for, and for both together."""
    minutes = [one.outside(at, at + length) for one in both]
    return max(minutes), sum(minutes)


def _on_working_day(at: datetime, calendar: Calendar) -> bool:
    return is_working(local_day(at, calendar.zone), calendar.off)


def _on_different_days(sorted_ones: Sequence[datetime], mine: Hours) -> list[datetime]:
    picked: dict[date, datetime] = {}
    for at in sorted_ones:
        picked.setdefault(local_day(at, mine.calendar.zone), at)
        if len(picked) == HOW_MANY:
            break
    return list(picked.values())


def _minute(local: datetime) -> int:
    return local.hour * 60 + local.minute
