"""Which weeks a report is about: read from what a coordinator typed, in her own words, and made whole weeks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.refusals import Refusal

LEAST_WEEKS = 4
"""Shorter stretches are refused: figures come every four weeks, and days would invite detective work."""

_WEEK = timedelta(weeks=1)
_QUARTER = re.compile(r"(?P<year>\d{4})[- ]?[qt](?P<n>[1-4])|[qt](?P<n_>[1-4])[- ]?(?P<year_>\d{4})")
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})")
_YEAR = re.compile(r"\d{4}")
_DAYS = re.compile(r"(?P<start>\d{4}-\d{2}-\d{2})(?:\s*(?:–|\.\.|,|to|au|à)\s*|\s+-?\s*)(?P<end>\d{4}-\d{2}-\d{2})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FILTER = re.compile(r"\w\s*[=:<>]|[=<>]")
_YEARS = range(2000, 2200)


@dataclass(frozen=True, slots=True)
class Span:
    """Whole weeks, from a Monday to a Sunday."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class PeriodWords:
    """A language's words in small letters: `months` from January = 1, `phrases` such as "last month" to their name."""

    months: Mapping[str, int]
    phrases: Mapping[str, str]


def read_period(text: str, words: PeriodWords, today: date) -> Span:
    """The weeks that somebody typed: those whose Monday lies in the stretch, so that months never share one.

    Raises Refusal for what is no period, is one day, runs backwards, is too short or has not begun. `today` is the
    coordinators'.
    """
    start, end = _stretch(" ".join(text.casefold().replace("’", "'").split()), words, today)
    if end < start:
        raise Refusal("paper.refused.reversed", start=end.isoformat(), end=start.isoformat())
    if start == end:
        raise Refusal("paper.refused.day")
    if start > today:
        raise Refusal("paper.refused.future")
    first = first_monday(start)
    last = _monday(end)
    if (last - first) // _WEEK + 1 < LEAST_WEEKS:
        raise Refusal("paper.refused.short", weeks=LEAST_WEEKS)
    if first > today:
        raise Refusal("paper.refused.future")
    return Span(first, last + timedelta(days=6))


def is_filter(text: str) -> bool:
    """Whether it looks like `department=Sales`: a wish that figures never grant."""
    return _FILTER.search(_DAYS.sub("", text)) is not None or text.startswith(("@", "#"))


def _stretch(text: str, words: PeriodWords, today: date) -> tuple[date, date]:
    if phrase := words.phrases.get(text):
        return _spoken(phrase, today)
    for read in (_days, _quarter, _month, _year):
        if found := read(text):
            return found
    name, _, year = text.rpartition(" ")
    if name in words.months and year.isdigit() and int(year) in _YEARS:
        return _months(int(year), words.months[name], 1)
    raise Refusal("paper.refused.words")


def _days(text: str) -> tuple[date, date] | None:
    if _DAY.fullmatch(text):
        return _day(text), _day(text)
    found = _DAYS.fullmatch(text)
    return (_day(found["start"]), _day(found["end"])) if found else None


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refusal("paper.refused.words") from None
    if day.year not in _YEARS:
        raise Refusal("paper.refused.words")
    return day


def _quarter(text: str) -> tuple[date, date] | None:
    found = _QUARTER.fullmatch(text)
    if found is None:
        return None
    year, n = int(found["year"] or found["year_"]), int(found["n"] or found["n_"])
    return _months(year, 3 * n - 2, 3)


def _month(text: str) -> tuple[date, date] | None:
    found = _MONTH.fullmatch(text)
    return _months(int(found["year"]), int(found["month"]), 1) if found else None


def _year(text: str) -> tuple[date, date] | None:
    return _months(int(text), 1, 12) if _YEAR.fullmatch(text) else None


def _spoken(phrase: str, today: date) -> tuple[date, date]:
    """`phrase` is last or this, and month, quarter or year."""
    which, _, unit = phrase.partition("_")
    length = {"month": 1, "quarter": 3, "year": 12}[unit]
    number = today.year * 12 + today.month - 1
    number -= number % length + (length if which == "last" else 0)
    return _months(number // 12, number % 12 + 1, length)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """From the first day of a month to the last day of the `count`-th from it."""
    if year not in _YEARS or not 1 <= month <= 12:
        raise Refusal("paper.refused.words")
    after = year * 12 + month - 1 + count
    return date(year, month, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def first_monday(day: date) -> date:
    """The first Monday that is not before a day."""
    return _monday(day + timedelta(days=6))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
