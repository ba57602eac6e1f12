"""The calendar of the question about giving credit by name, and what of it counts on a senior's own scorecard."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.pulse import shaken
from bot.domain.when import Calendar, out_of_quiet, utc_of
from storage.records.credit import Credit, Credited

HOUR = 11
JITTER_MINUTES = 90
OPEN_FOR = timedelta(days=14)
_TUESDAY = 1
_ROUND = time(6)
"""UTC on the Monday before: before it is Tuesday morning anywhere on earth."""


@dataclass(frozen=True, slots=True)
class CreditFacts:
    """What the question is drawn from; `juniors` are the Slack ids of those the senior is paired with now."""

    credit: Credit
    juniors: tuple[str, ...]


def first_tuesday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(_TUESDAY - first.weekday()) % 7)


def days_between(since: date, until: date) -> tuple[date, ...]:
    """The first Tuesdays of their months from `since` up to and with `until`."""
    months = range(since.year * 12 + since.month - 1, until.year * 12 + until.month)
    days = (first_tuesday(n // 12, n % 12 + 1) for n in months)
    return tuple(day for day in days if since <= day <= until)


def next_round(after: datetime) -> datetime:
    """The first Monday 06:00 UTC, later than a moment, that comes before the first Tuesday of a month."""
    today = after.astimezone(UTC).date()
    days = days_between(today, today + timedelta(days=70))
    rounds = (datetime.combine(day - timedelta(days=1), _ROUND, UTC) for day in days)
    return next(at for at in rounds if at > after)


def ask_at(day: date, who: Calendar, jitter: timedelta) -> datetime:
    """The senior's own 11:00 of the day, the next working morning where that is quiet, shaken by the jitter."""
    return shaken(out_of_quiet(utc_of(day, time(HOUR), who.zone), who.zone, who.off, who.prefs), who, jitter)


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def counted(credits: Iterable[Credit], kept_on: Iterable[date]) -> int:
    """How often a senior gave credit, by their own word: every month with *did it*, and every promise of credit kept.

    A promise kept in a month with *did it* is that one, not another.
    """
    said = {one.month for one in credits if one.said is Credited.DID}
    return len(said) + sum(month_of(day) not in said for day in kept_on)
