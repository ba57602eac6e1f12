"""Which times are suggested to a pair, and whose turn it is to find one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.meet import Hours, reach, suggest, turn
from bot.domain.when import Calendar, is_working, local_day
from bot.services.calendar import days_off
from storage.records.enrol import Side
from storage.records.meet import Hindrance, Session, SessionState

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Asia/Kathmandu"])
REGIONS = st.sampled_from(["", "DE", "US", "IN", "NZ"])
MOMENTS = st.integers(0, 60 * 24 * 730).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
PEOPLE = st.builds(
    lambda zone, region, start, length: Hours(Calendar(zone, days_off(region)), start * 60, (start + length) * 60),
    ZONES, REGIONS, st.integers(7, 11), st.integers(4, 10),
)  # fmt: skip
BERLIN = Hours(Calendar("Europe/Berlin", days_off("DE")), 540, 1080)
BENGALURU = Hours(Calendar("Asia/Kolkata", days_off("IN")), 540, 1080)
AUCKLAND = Hours(Calendar("Pacific/Auckland", days_off("NZ")), 540, 1080)


def session(starts_at: datetime, state: SessionState = SessionState.PLANNED, whose: Hindrance | None = None) -> Session:
    return Session(
        id=f"s{starts_at.timestamp()}", team_id="T", pair_id="p", number=1, starts_at=starts_at, minutes=60, place="",
        state=state, booked_by="a", hindrance=whose,
        decided_at=None if state is SessionState.PLANNED else starts_at + timedelta(hours=2),
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(MOMENTS, PEOPLE, PEOPLE, st.sampled_from([30, 60, 90]), st.lists(st.integers(0, 14 * 24), max_size=30))
def test_what_suits_both_lies_in_both_peoples_working_hours_off_holidays_and_over_nothing(
    now: datetime, mine: Hours, theirs: Hours, minutes: int, taken: list[int]
) -> None:
    busy = [session(now + timedelta(hours=n)) for n in taken]
    length = timedelta(minutes=minutes)
    slots = suggest(now, now, minutes, mine, theirs, busy)
    assert len(slots.times) <= 3 and list(slots.times) == sorted(set(slots.times))
    for at in slots.times:
        assert now < at < now + timedelta(days=16)
        assert not any(at < one.ends_at and one.starts_at < at + length for one in busy)
        for one in (mine, theirs):
            assert is_working(local_day(at, one.calendar.zone), one.calendar.off)
            assert not slots.shared or one.outside(at, at + length) == 0


def test_two_in_far_zones_get_three_different_days_and_hours_in_the_hours_that_both_work() -> None:
    slots = suggest(NOW, NOW, 60, BERLIN, BENGALURU, [])
    assert slots.shared and len({local_day(at, "Europe/Berlin") for at in slots.times}) == 3
    local = [[at.astimezone(ZoneInfo(one.calendar.zone)).hour for at in slots.times] for one in (BERLIN, BENGALURU)]
    assert all(9 <= hour < 18 for hours in local for hour in hours)
    assert all(abs(one - other) >= timedelta(days=2) for one, other in combinations(slots.times, 2))


def test_where_the_hours_never_meet_the_least_bad_is_offered_and_said_to_be() -> None:
    slots = suggest(NOW, NOW, 60, BERLIN, AUCKLAND, [])
    assert not slots.shared and len(slots.times) == 3
    worst = [one.outside(at, at + timedelta(hours=1)) for at in slots.times for one in (BERLIN, AUCKLAND)]
    assert max(worst) <= 3 * 60


@pytest.mark.parametrize(("every", "first", "last"), [(7, 5, 12), (14, 10, 19), (28, 24, 38)])
def test_times_for_the_next_session_lie_about_where_the_rhythm_asks_for_it(every: int, first: int, last: int) -> None:
    sooner, ahead = reach(every)
    slots = suggest(NOW, NOW + timedelta(days=every) - sooner, 60, BERLIN, BENGALURU, [], ahead=ahead)
    assert len(slots.times) == 3
    assert all(first <= (at - NOW).days <= last for at in slots.times)


def test_where_the_days_about_it_are_full_two_weeks_are_looked_through() -> None:
    full = [session(NOW + timedelta(hours=n)) for n in range(24 * 9)]
    assert suggest(NOW, NOW, 60, BERLIN, BERLIN, full, ahead=timedelta(days=7)).times[0] >= NOW + timedelta(days=9)


def test_a_public_holiday_of_either_is_no_day_to_meet() -> None:
    easter = datetime(2026, 4, 2, 20, tzinfo=UTC)
    days = [local_day(at, "Europe/Berlin").isoformat() for at in suggest(easter, easter, 60, BERLIN, BERLIN, []).times]
    assert not {"2026-04-03", "2026-04-06"} & set(days)


def test_a_session_that_ends_at_midnight_stays_in_its_day() -> None:
    night = Hours(replace(BERLIN.calendar, prefs=replace(BERLIN.calendar.prefs, quiet_from=24)), 540, 24 * 60)
    start = datetime(2026, 3, 3, 22, 0, tzinfo=UTC)
    assert night.works(start, start + timedelta(hours=1))
    assert not night.works(start, start + timedelta(hours=2))


def test_the_senior_goes_first_then_the_two_take_turns_and_what_fell_through_is_the_seniors() -> None:
    held = [session(NOW + timedelta(days=14 * n), SessionState.HELD) for n in range(3)]
    assert [turn(held[:n]) for n in range(4)] == [Side.SENIOR, Side.JUNIOR, Side.SENIOR, Side.JUNIOR]
    for whose in Hindrance:
        off = session(NOW + timedelta(days=60), SessionState.CANCELLED, whose)
        assert turn([*held, off]) is Side.SENIOR
    again = session(NOW + timedelta(days=70), SessionState.HELD)
    assert (
        turn([*held, session(NOW + timedelta(days=60), SessionState.CANCELLED, Hindrance.SENIOR), again]) is Side.SENIOR
    )
