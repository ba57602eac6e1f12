"""When things may happen, held over every zone of the time zone database."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import when
from bot.services.calendar import days_off
from tests.thorough import few

ZONES = sorted(available_timezones() - {"localtime"})
BERLIN, NEW_YORK, TOKYO, LOS_ANGELES = "Europe/Berlin", "America/New_York", "Asia/Tokyo", "America/Los_Angeles"

zones = st.sampled_from(ZONES)
moments = st.datetimes(datetime(1995, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
holidays = st.frozensets(st.dates(date(1995, 1, 1), date(2037, 1, 1)), max_size=3)


def utc(*at: int) -> datetime:
    return datetime(*at, tzinfo=UTC)  # type: ignore[misc,arg-type]


@cache
def transitions(zone: str) -> tuple[tuple[datetime, timedelta], ...]:
    """Every clock change of a zone from 2010 to 2030: the instant, and by how much the clock jumps."""
    place, found = ZoneInfo(zone), []
    step, at = timedelta(days=7), utc(2010, 1, 1)

    def offset(moment: datetime) -> timedelta:
        return moment.astimezone(place).utcoffset() or timedelta()

    while at < utc(2030, 1, 1):
        before, after = at, at + step
        if offset(before) != offset(after):
            while after - before > timedelta(seconds=1):
                middle = (before + (after - before) / 2).replace(microsecond=0)
                before, after = (middle, after) if offset(middle) == offset(before) else (before, middle)
            found.append((after, offset(after) - offset(after - timedelta(seconds=1))))
        at += step
    return tuple(found)


@pytest.mark.parametrize("zone", few(ZONES, 60))
def test_a_time_in_a_gap_is_refused_and_one_in_a_fold_means_the_first(zone: str) -> None:
    for change, jump in transitions(zone):
        place = ZoneInfo(zone)
        if jump > timedelta():
            skipped = (change - timedelta(seconds=1)).astimezone(place).replace(tzinfo=None) + timedelta(seconds=2)
            with pytest.raises(when.NoSuchTime) as refused:
                when.local_moment(skipped.date(), skipped.time(), zone)
            assert refused.value.instead >= change
        else:
            twice = change.astimezone(place).replace(tzinfo=None)
            first = when.local_moment(twice.date(), twice.time(), zone)
            assert first < change, "the second showing of that time was taken"
            assert first.astimezone(place).replace(tzinfo=None) == twice


@pytest.mark.parametrize("zone", few(ZONES, 60))
def test_around_every_clock_change_the_next_morning_is_ten_oclock_on_the_next_weekday(zone: str) -> None:
    place = ZoneInfo(zone)
    for change, _ in transitions(zone)[::3]:
        for after in (change - timedelta(hours=30), change - timedelta(hours=1), change + timedelta(hours=1)):
            morning = when.next_working_morning(after, zone).astimezone(place)
            assert (morning.hour, morning.minute) == (10, 0)
            assert morning.weekday() < 5
            assert timedelta() < morning - after < timedelta(days=5)


@given(after=moments, zone=zones, off=holidays)
def test_the_next_working_morning_skips_no_working_day(after: datetime, zone: str, off: frozenset[date]) -> None:
    morning = when.next_working_morning(after, zone, days_off=off.__contains__)
    local, today = morning.astimezone(ZoneInfo(zone)), when.local_day(after, zone)
    assert local.hour == 10 and morning > after and local.date() > today
    between = (today + timedelta(days=n) for n in range(1, (local.date() - today).days))
    for day in between:
        real = when.local_day(when.utc_of(day, time(10), zone), zone) == day
        assert not (real and when.is_working(day, off.__contains__)), f"{day} was a working day"


@given(moment=moments, zone=zones, off=holidays)
def test_what_is_quiet_moves_to_a_loud_moment_and_what_is_loud_stays(
    moment: datetime, zone: str, off: frozenset[date]
) -> None:
    later = when.out_of_quiet(moment, zone, off.__contains__)
    earlier = when.earlier_if_quiet(moment, zone, off.__contains__)
    if not when.is_quiet(moment, zone, off.__contains__):
        assert earlier == moment == later
    assert earlier <= moment <= later, "what belongs before a session moved later, or the other way round"
    assert not when.is_quiet(later, zone, off.__contains__)
    assert not when.is_quiet(earlier, zone, off.__contains__)


@given(day=st.dates(date(1995, 1, 1), date(2037, 1, 1)), one=zones, other=zones)
def test_symmetric_pings_share_an_hour_that_is_loud_for_both_or_come_at_ten_for_each(
    day: date, one: str, other: str
) -> None:
    first, second = when.shared_hour(day, one, other)
    assert not when.is_quiet(first, one) and not when.is_quiet(second, other)
    if first != second:
        assert first.astimezone(ZoneInfo(one)).hour == second.astimezone(ZoneInfo(other)).hour == 10
        for n in range(8):
            hour = when.utc_of(day, time(10 + n), one)
            assert when.is_quiet(hour, one) or when.is_quiet(hour, other), f"{hour} suited both"


@given(moment=moments, one=zones, other=zones)
def test_what_two_people_read_before_a_session_never_moves_later(moment: datetime, one: str, other: str) -> None:
    earlier = when.earlier_for_both(moment, one, other)
    assert earlier <= moment and not when.is_quiet(earlier, one)


@given(after=moments, zone=zones, weekday=st.integers(0, 6), hour=st.integers(8, 18))
def test_the_next_weekday_is_that_day_at_that_hour_within_a_week_or_so(
    after: datetime, zone: str, weekday: int, hour: int
) -> None:
    found = when.next_weekday(after, zone, weekday, hour)
    local = found.astimezone(ZoneInfo(zone))
    assert found > after and (local.weekday(), local.hour, local.minute) == (weekday, hour, 0)
    assert found - after < timedelta(days=15)


@given(day=st.dates(date(1995, 1, 1), date(2037, 1, 1)), count=st.integers(-30, 30), off=holidays)
def test_working_days_added_are_counted_one_by_one(day: date, count: int, off: frozenset[date]) -> None:
    there = when.add_working_days(day, count, off.__contains__)
    step = 1 if count >= 0 else -1
    passed = (day + timedelta(days=n) for n in range(step, (there - day).days + step, step))
    assert sum(when.is_working(d, off.__contains__) for d in passed) == abs(count)


@given(moment=moments, zone=zones)
def test_weeks_sort_as_text_in_the_order_of_time(moment: datetime, zone: str) -> None:
    assert when.iso_week(moment, zone) < when.iso_week(moment + timedelta(days=7), zone)


def test_the_day_that_samoa_left_out_is_no_working_day() -> None:
    thursday = utc(2011, 12, 29, 20)  # 10:00 on Thursday the 29th in Apia; Friday the 30th never was
    assert when.next_working_morning(thursday, "Pacific/Apia") == utc(2012, 1, 1, 20)


def test_a_session_on_friday_evening_is_asked_about_on_monday_at_ten() -> None:
    assert when.next_working_morning(utc(2026, 3, 6, 17), BERLIN) == utc(2026, 3, 9, 9)


def test_a_morning_that_comes_too_soon_is_left_out() -> None:
    ended = utc(2026, 3, 3, 22, 30)  # half past eleven at night in Berlin
    early = when.next_working_morning(ended, BERLIN)
    assert early == utc(2026, 3, 4, 9)
    twelve_hours = ended + timedelta(hours=12)
    assert when.next_working_morning(ended, BERLIN, not_before=twelve_hours) == utc(2026, 3, 5, 9)


def test_ten_oclock_stays_ten_oclock_across_the_clock_change() -> None:
    assert when.next_working_morning(utc(2026, 3, 27, 12), BERLIN) == utc(2026, 3, 30, 8)
    assert when.next_working_morning(utc(2026, 10, 23, 12), BERLIN) == utc(2026, 10, 26, 9)


def test_public_holidays_are_those_of_the_region() -> None:
    thursday = utc(2026, 4, 2, 12)  # Good Friday and Easter Monday follow
    assert when.next_working_morning(thursday, BERLIN, days_off=days_off("DE")) == utc(2026, 4, 7, 8)
    assert when.next_working_morning(thursday, BERLIN, days_off=days_off("")) == utc(2026, 4, 3, 8)


@pytest.mark.parametrize(
    ("region", "day", "off"),
    [
        ("DE", date(2026, 10, 3), True),
        ("DE-BY", date(2026, 11, 1), True),
        ("DE", date(2026, 11, 1), False),
        ("de-xx", date(2026, 10, 3), True),
        ("UK", date(2026, 12, 25), True),
        ("ZZ", date(2026, 1, 1), False),
        ("", date(2026, 1, 1), False),
    ],
)
def test_a_region_knows_its_holidays_and_an_unknown_one_has_none(region: str, day: date, off: bool) -> None:
    assert days_off(region)(day) is off


def test_a_calendar_that_is_always_off_is_ignored_in_the_end() -> None:
    found = when.next_working_morning(utc(2026, 3, 2), BERLIN, days_off=lambda day: True)
    assert utc(2026, 4, 20) < found < utc(2026, 5, 20)


@pytest.mark.parametrize(
    ("at", "moved"),
    [
        (utc(2026, 3, 3, 6), utc(2026, 3, 3, 9)),  # 07:00 Tuesday → 10:00 Tuesday
        (utc(2026, 3, 3, 17), utc(2026, 3, 4, 9)),  # 18:00 Tuesday → 10:00 Wednesday
        (utc(2026, 3, 7, 12), utc(2026, 3, 9, 9)),  # Saturday → Monday
        (utc(2026, 3, 3, 8), utc(2026, 3, 3, 8)),  # 09:00 is loud
    ],
)
def test_quiet_messages_move_to_ten_of_the_next_working_day(at: datetime, moved: datetime) -> None:
    assert when.out_of_quiet(at, BERLIN) == moved


@pytest.mark.parametrize(
    ("at", "moved"),
    [
        (utc(2026, 3, 3, 6), utc(2026, 3, 2, 16)),  # 07:00 Tuesday → 17:00 Monday
        (utc(2026, 3, 3, 19), utc(2026, 3, 3, 16)),  # 20:00 Tuesday → 17:00 Tuesday
        (utc(2026, 3, 8, 12), utc(2026, 3, 6, 16)),  # Sunday → Friday
        (utc(2026, 3, 3, 12), utc(2026, 3, 3, 12)),
    ],
)
def test_what_belongs_before_a_session_moves_to_the_last_afternoon_before(at: datetime, moved: datetime) -> None:
    assert when.earlier_if_quiet(at, BERLIN) == moved


def test_two_people_get_a_shared_reminder_in_hours_they_share() -> None:
    assert when.earlier_for_both(utc(2026, 3, 3, 10), BERLIN, NEW_YORK) == utc(2026, 3, 2, 16)
    assert when.earlier_for_both(utc(2026, 3, 3, 15, 30), BERLIN, NEW_YORK) == utc(2026, 3, 3, 15, 30)


def test_berlin_and_new_york_are_asked_when_new_york_wakes() -> None:
    nine_in_new_york = utc(2026, 3, 3, 14)
    assert when.shared_hour(date(2026, 3, 3), BERLIN, NEW_YORK) == (nine_in_new_york, nine_in_new_york)


def test_people_who_share_no_hour_are_asked_at_their_own_ten() -> None:
    day = date(2026, 7, 7)
    assert when.shared_hour(day, TOKYO, LOS_ANGELES) == (utc(2026, 7, 7, 1), utc(2026, 7, 7, 17))


def test_nobody_is_asked_before_the_earliest_moment_given() -> None:
    ended = utc(2026, 3, 3, 1)  # 17:00 on Monday in Los Angeles, 10:00 on Tuesday in Tokyo
    twelve_hours = ended + timedelta(hours=12)
    first, second = when.shared_hour(date(2026, 3, 3), LOS_ANGELES, "Asia/Dubai", not_before=twelve_hours)
    assert first >= twelve_hours and second >= twelve_hours


def test_a_digest_on_a_holiday_moves_to_the_next_working_day_and_comes_once_that_week() -> None:
    easter = days_off("DE")
    before = utc(2026, 4, 3, 12)
    moved = when.next_weekday(before, BERLIN, 0, 9, easter)
    assert moved == utc(2026, 4, 7, 7)
    assert when.next_weekday(utc(2026, 4, 6, 9), BERLIN, 0, 9, easter) == moved
    assert when.next_weekday(moved, BERLIN, 0, 9, easter) == utc(2026, 4, 13, 7)


def test_a_digest_stays_in_its_week_where_a_working_day_is_left_in_it() -> None:
    """Good Friday is followed by a weekend and a holiday."""
    off = days_off("DE")
    fridays, found = utc(2026, 3, 27, 12), list[datetime]()
    for _ in range(3):
        fridays = when.weekday_of_each_week(fridays, BERLIN, 4, 9, off)
        found.append(fridays)
    assert found == [utc(2026, 4, 2, 7), utc(2026, 4, 10, 7), utc(2026, 4, 17, 7)]
    assert when.weekday_of_each_week(utc(2026, 4, 3, 12), BERLIN, 0, 9, off) == utc(2026, 4, 7, 7), "later, if it can"
    golden = {date(2026, 5, day) for day in range(4, 9)}
    assert when.weekday_of_each_week(utc(2026, 5, 2), BERLIN, 2, 9, golden.__contains__) == utc(2026, 5, 11, 7), (
        "a whole week off"
    )


def test_the_second_and_fifth_working_mornings_are_counted_from_the_day() -> None:
    thursday = utc(2026, 3, 5, 9)
    assert when.working_morning_in(1, thursday, BERLIN) == utc(2026, 3, 6, 9)
    assert when.working_morning_in(2, thursday, BERLIN) == utc(2026, 3, 9, 9)
    assert when.working_morning_in(5, thursday, BERLIN) == utc(2026, 3, 12, 9)


@pytest.mark.parametrize("week", [(utc(2026, 12, 31), "2026-W53"), (utc(2024, 12, 30), "2025-W01")])
def test_the_week_has_the_year_it_belongs_to(week: tuple[datetime, str]) -> None:
    assert when.iso_week(week[0], "UTC") == week[1]


def test_typed_times_are_read_in_the_zone() -> None:
    assert when.parse_local("2026-03-02", "10:00", BERLIN) == utc(2026, 3, 2, 9)
    assert when.parse_local(" 2026-10-25 ", "02:30", BERLIN) == utc(2026, 10, 25, 0, 30)


@pytest.mark.parametrize(("day", "at"), [("soon", "10:00"), ("2026-02-30", "10:00"), ("2026-03-02", "10:00+01:00"),
                          ("0001-01-01", "00:00"), ("9999-12-31", "23:59")])  # fmt: skip
def test_what_is_no_time_is_refused(day: str, at: str) -> None:
    with pytest.raises(when.NotATime):
        when.parse_local(day, at, BERLIN)


def test_a_time_that_the_clock_skips_is_refused_with_one_that_exists() -> None:
    with pytest.raises(when.NoSuchTime) as refused:
        when.parse_local("2026-03-29", "02:30", BERLIN)
    assert refused.value.instead == utc(2026, 3, 29, 1, 30)
