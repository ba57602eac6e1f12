"""Dates and times as people type them: "today 15:00", "Tue 14:30", "24 Nov 10:00", "mar. 14h30", in their own words."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.domain.when import NotATime, local_day, parse_local, utc_of

_TOKEN = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[:.]\d{2}|\d+|[^\W\d_]+|\S")
_YEARS = range(9)
"""How many years are tried for a day and a month: the 29th of February may be that far."""


@dataclass(frozen=True, slots=True)
class TimeWords:
    """A language's words, in small letters: `marks` and `days` by what they mean, `weekdays` from Monday = 0,
    `months` from January = 1. `days` are today, tomorrow and yesterday, as days from today.
    """

    days: Mapping[str, int]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    marks: Mapping[str, str]


class Unclear(NotATime):
    """Part of it was understood: `day`, but no time of day, or a `weekday` that the day is not."""

    def __init__(self, day: date, *, weekday: bool = False) -> None:
        super().__init__("not all of it is clear")
        self.day = day
        self.weekday = weekday


@dataclass
class _Said:
    """What was read so far; nothing may be said twice."""

    iso: date | None = None
    shift: int | None = None
    weekday: int | None = None
    mark: str = ""
    month: int | None = None
    numbers: list[int] = field(default_factory=list)
    clock: tuple[int, int] | None = None
    half: str = ""
    hours: bool | None = None


def understand(text: str, words: TimeWords, now: datetime, zone: str, *, ahead: bool) -> datetime:
    """The instant of what somebody typed on the clock of `zone`; UTC.

    What leaves the day open is the first that is still to come, or with `ahead` false the last that is over; "next" and
    "last" leave today out. Raises Unclear, NotATime for what is nothing of the kind, and NoSuchTime for a skipped time.
    """
    day_part, _, rest = text.strip().partition(" ")
    try:
        return parse_local(day_part, rest, zone)
    except NotATime:
        said = _read(text, words)
    at = _time_of(said)
    today = local_day(now, zone)

    def fits(day: date) -> bool:
        begins = utc_of(day, at or time(23, 59) if ahead else at or time(), zone)
        return begins > now if ahead else begins <= now

    day = _day_of(said, today, fits, ahead)
    if said.weekday is not None and day.weekday() != said.weekday:
        raise Unclear(day, weekday=True)
    if at is None:
        raise Unclear(day)
    return parse_local(day.isoformat(), at.isoformat(), zone)


def _read(text: str, words: TimeWords) -> _Said:
    """Raises NotATime for a word that nobody knows, and for what is said twice."""
    said, before = _Said(), ""
    for token in _TOKEN.findall(text.casefold()):
        meaning = words.marks.get(token, "")
        if token.isdecimal():
            _number(said, token, before)
        elif token[0].isdecimal():
            _dotted(said, token)
        elif meaning in ("am", "pm"):
            _half(said, meaning)
        elif meaning == "hour":
            _hour(said)
        elif not _named(said, token, meaning, words):
            raise NotATime("a word that is not known")
        before = meaning
    return said


def _named(said: _Said, token: str, meaning: str, words: TimeWords) -> bool:
    """Whether it names a day, or stands in between and says nothing."""
    for name, known in (("shift", words.days), ("weekday", words.weekdays), ("month", words.months)):
        if token in known:
            _set(said, name, known[token])
            return True
    if meaning in ("next", "last"):
        _set(said, "mark", meaning)
    return bool(meaning) or token in ",."


def _dotted(said: _Said, token: str) -> None:
    """A day in full, or an hour with its minutes."""
    if "-" not in token:
        hour, minute = re.split("[:.]", token)
        return _set(said, "clock", (int(hour), int(minute)))
    try:
        _set(said, "iso", date.fromisoformat(token))
    except ValueError as problem:
        raise NotATime("no such day") from problem


def _number(said: _Said, token: str, before: str) -> None:
    if before == "hour" and said.clock and len(token) == 2:
        said.clock = (said.clock[0], int(token))
    elif before == "at":
        _set(said, "clock", (int(token), 0))
    else:
        said.numbers.append(int(token[:5]))


def _half(said: _Said, half: str) -> None:
    """A number right before it is the hour."""
    _set(said, "half", half)
    if said.clock is None and said.numbers:
        said.clock = (said.numbers.pop(), 0)


def _hour(said: _Said) -> None:
    """As in "14h30" and "10 h": the number before it is the hour, two digits after it are the minutes."""
    _set(said, "hours", True)
    if said.clock is None and said.numbers:
        said.clock = (said.numbers.pop(), 0)
    elif said.clock is None:
        raise NotATime("an hour without its number")


def _set(said: _Said, name: str, value: object) -> None:
    if getattr(said, name) not in (None, ""):
        raise NotATime("said twice")
    setattr(said, name, value)


def _time_of(said: _Said) -> time | None:
    if said.clock is None:
        if said.half:
            raise NotATime("a half of the day without an hour")
        return None
    hour, minute = said.clock
    if said.half:
        if not 1 <= hour <= 12:
            raise NotATime("no such hour")
        hour = hour % 12 + (12 if said.half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError as problem:
        raise NotATime("no such time") from problem


def _day_of(said: _Said, today: date, fits: Callable[[date], bool], ahead: bool) -> date:
    """Raises NotATime where no day is said, or two."""
    if sum(one is not None for one in (said.iso, said.shift, said.month)) > 1:
        raise NotATime("two days")
    if bool(said.numbers) != (said.month is not None) or bool(said.mark) > (said.weekday is not None):
        raise NotATime("a number too many, or too few")
    if said.iso is not None:
        return said.iso
    if said.shift is not None:
        return today + timedelta(days=said.shift)
    if said.month is not None:
        return _dated(said, today, fits, ahead)
    if said.weekday is None and said.clock is None:
        raise NotATime("nothing is said")
    return next(day for day in _around(said, today, ahead) if fits(day) or said.mark)


def _around(said: _Said, today: date, ahead: bool) -> Iterator[date]:
    """Days from today on, or back; of one weekday where one was said."""
    forward = said.mark == "next" or (ahead and not said.mark)
    for n in range(1 if said.mark else 0, 15):
        day = today + timedelta(days=n if forward else -n)
        if said.weekday in (None, day.weekday()):
            yield day


def _dated(said: _Said, today: date, fits: Callable[[date], bool], ahead: bool) -> date:
    """A day and a month, of the year that was said, or of the nearest that fits."""
    years = [n for n in said.numbers if n > 31]
    days = [n for n in said.numbers if n <= 31]
    if len(days) != 1 or len(years) > 1:
        raise NotATime("not one day")
    tried = years or [today.year + (n if ahead else -n) for n in (-1, *_YEARS)]
    for year in tried:
        try:
            day = date(year, said.month or 1, days[0])
        except ValueError:
            continue
        if years or fits(day):
            return day
    raise NotATime("no such day")
