"""The two taps come on the same Wednesdays for a whole cohort, and at nobody's wrong hour."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pulse import EVERY, SETTLED, ask_at, days_between, is_asked, needs_support, next_round
from bot.domain.when import Calendar, is_quiet
from storage.records.pulse import Load, Pulse, Safety

MOMENTS = st.integers(0, 60_000).map(lambda hours: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hours))
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
ZONES = st.sampled_from(sorted(available_timezones() - {"localtime"}))


def wednesdays(starts: date, ends: date) -> tuple[date, ...]:
    return days_between(starts, ends, starts, ends)


@given(DAYS, st.integers(0, 500))
def test_a_cohort_is_asked_every_four_weeks_on_a_wednesday_while_it_runs(starts: date, length: int) -> None:
    ends = starts + timedelta(days=length)
    found = wednesdays(starts, ends)
    assert all(day.weekday() == 2 and starts + EVERY <= day <= ends for day in found)
    assert all(later - earlier == EVERY for earlier, later in pairwise(found))
    assert len(found) >= (length - 6) // 28


@given(DAYS, st.integers(0, 300), st.integers(0, 300))
def test_rounds_that_follow_each_other_miss_no_day_and_ask_none_twice(starts: date, first: int, second: int) -> None:
    """Whenever the bot was down in between: what belongs to a day depends on nothing but the cohort."""
    ends = starts + timedelta(days=400)
    cut, end = sorted((starts + timedelta(days=first), starts + timedelta(days=second)))
    parts = days_between(starts, ends, starts, cut) + days_between(starts, ends, cut + timedelta(days=1), end)
    assert parts == days_between(starts, ends, starts, end)


@given(MOMENTS)
def test_a_round_comes_every_tuesday_before_it_is_wednesday_morning_anywhere(now: datetime) -> None:
    at = next_round(now)
    assert now < at <= now + timedelta(days=7)
    assert at.weekday() == 1
    assert at.astimezone(ZoneInfo("Pacific/Kiritimati")).date().weekday() == 1


@given(DAYS, ZONES, st.integers(-20, 20), st.sets(st.integers(0, 9)))
def test_nobody_is_asked_in_quiet_hours_or_before_the_day(day: date, zone: str, minutes: int, off: set[int]) -> None:
    holidays = {day + timedelta(days=n) for n in off}
    who = Calendar(zone, holidays.__contains__)
    at = ask_at(day, who, timedelta(minutes=minutes))
    local = at.astimezone(ZoneInfo(zone))
    assert not is_quiet(at, zone, who.off)
    assert local.date() >= day
    assert local.hour in (9, 10)


def test_on_a_holiday_the_question_moves_to_the_next_working_morning() -> None:
    first_of_april = date(2026, 4, 1)
    who = Calendar("Europe/Berlin", lambda day: day in (first_of_april, date(2026, 4, 2), date(2026, 4, 3)))
    assert ask_at(first_of_april, who, timedelta()) == datetime(2026, 4, 6, 8, 0, tzinfo=UTC)


def test_a_pair_that_has_just_begun_is_asked_the_next_time() -> None:
    day = date(2026, 4, 1)
    begun = datetime(2026, 4, 1, 9, 0, tzinfo=UTC) - SETTLED
    assert is_asked(begun, day)
    assert not is_asked(begun + timedelta(days=1), day)
    assert not is_asked(None, day)


def test_only_more_and_no_together_bring_the_four_doors() -> None:
    now = datetime(2026, 4, 1, tzinfo=UTC)
    shown = [
        (load, safety)
        for load in (None, *Load)
        for safety in (None, *Safety)
        if needs_support(Pulse("p", "t", "pair", "person", now.date(), now, now, load, safety))
    ]
    assert shown == [(Load.MORE, Safety.NO)]
