"""The rules of sessions: times around them, bookings, reports from two sides, numbers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.meet import (
    ANSWERABLE,
    FURTHEST,
    MINUTES,
    REMIND_BEFORE,
    Booking,
    around,
    before_session,
    check_booking,
    check_log,
    check_report,
    may_undo,
    missing_next,
    next_slot,
    numbers,
    overlaps,
    reconcile,
)
from bot.domain.refusals import Refusal
from bot.domain.when import UNDO, Calendar, is_quiet, is_working, local_day
from storage.records.enrol import Side
from storage.records.meet import Hindrance, Report, Said, Session, SessionState

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BERLIN, NEW_YORK = Calendar("Europe/Berlin"), Calendar("America/New_York")
ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Asia/Kathmandu"])
MOMENTS = st.integers(0, 60 * 24 * 730).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def session(starts_at: datetime, *, state: SessionState = SessionState.PLANNED, minutes: int = 60) -> Session:
    return Session(
        id=f"s{starts_at.timestamp()}", team_id="T", pair_id="p", number=1, starts_at=starts_at, minutes=minutes,
        place="", state=state, booked_by="a", hindrance=None, decided_at=None,
    )  # fmt: skip


def report(side: Side, said: Said, hindrance: Hindrance | None = None) -> Report:
    return Report("s", side, side, said, hindrance, NOW)


REPORTS = st.builds(report, st.sampled_from(Side), st.sampled_from(Said), st.none() | st.sampled_from(Hindrance))


@given(MOMENTS, st.integers(1, 60 * 24 * 40), ZONES, ZONES, st.none() | st.sampled_from([timedelta(hours=1)]))
def test_what_belongs_before_a_session_is_never_late_and_never_planned_into_quiet_hours(
    starts_at: datetime, minutes_ahead: int, first: str, second: str, least: timedelta | None
) -> None:
    now = starts_at - timedelta(minutes=minutes_ahead)
    planned = session(starts_at)
    junior, senior = Calendar(first), Calendar(second)
    at = before_session(starts_at - REMIND_BEFORE, planned, now, junior, senior, least)
    if at is None:
        return
    assert now <= at <= starts_at
    assert at == now or at <= starts_at - REMIND_BEFORE
    assert at == now or not is_quiet(at, junior.zone)


@given(MOMENTS, ZONES, ZONES)
def test_both_are_asked_after_the_session_in_their_own_working_hours_and_twice_at_most(
    starts_at: datetime, first: str, second: str
) -> None:
    planned = session(starts_at)
    times = around(planned, starts_at - timedelta(days=3), Calendar(first), Calendar(second))
    for side, zone in ((Side.JUNIOR, first), (Side.SENIOR, second)):
        once, again = times.ask[side]
        assert planned.ends_at + timedelta(hours=2) <= once < again < times.unknown
        assert not is_quiet(once, zone) and not is_quiet(again, zone)


def test_a_reminder_for_nine_in_the_morning_comes_the_working_day_before() -> None:
    monday = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
    at = around(session(monday), NOW, BERLIN, BERLIN).remind
    assert at is not None and at.astimezone(ZoneInfo("Europe/Berlin")).isoformat() == "2026-03-06T17:00:00+01:00"


def test_a_session_booked_for_the_next_hour_is_not_reminded_of() -> None:
    assert around(session(NOW + timedelta(hours=1)), NOW, BERLIN, BERLIN).remind is None


@given(st.lists(REPORTS, max_size=2))
def test_the_order_of_the_two_answers_never_matters(reports: list[Report]) -> None:
    assert len({reconcile(order) for order in permutations(reports)}) == 1


@pytest.mark.parametrize(
    ("junior", "senior", "state"),
    [
        (Said.MET, Said.NOT_MET, SessionState.HELD),
        (Said.NOT_MET, Said.MET, SessionState.HELD),
        (Said.MOVED, Said.MET, SessionState.HELD),
        (Said.MOVED, Said.NOT_MET, SessionState.MOVED),
        (Said.NOT_MET, Said.NOT_MET, SessionState.CANCELLED),
    ],
)
def test_one_we_met_is_enough(junior: Said, senior: Said, state: SessionState) -> None:
    assert reconcile([report(Side.JUNIOR, junior), report(Side.SENIOR, senior)]).state is state


@pytest.mark.parametrize(
    ("first", "second", "whose"),
    [
        (Hindrance.SENIOR, Hindrance.SENIOR, Hindrance.SENIOR),
        (Hindrance.SENIOR, None, Hindrance.SENIOR),
        (Hindrance.SENIOR, Hindrance.JUNIOR, Hindrance.OTHER),
        (None, None, Hindrance.OTHER),
    ],
)
def test_a_side_is_named_only_where_nobody_disagrees(
    first: Hindrance | None, second: Hindrance | None, whose: Hindrance
) -> None:
    reports = [report(Side.JUNIOR, Said.NOT_MET, first), report(Side.SENIOR, Said.NOT_MET, second)]
    assert reconcile(reports).hindrance is whose


def test_nobody_has_spoken_means_planned() -> None:
    assert reconcile([]).state is SessionState.PLANNED


@given(st.lists(st.tuples(st.integers(0, 300), st.sampled_from(SessionState)), unique_by=lambda pair: pair[0]))
def test_numbers_count_sessions_that_took_place_for_all_that_is_known_in_the_order_of_time(
    found: list[tuple[int, SessionState]],
) -> None:
    rows = [session(NOW + timedelta(days=day), state=state) for day, state in found]
    counted = numbers(rows)
    off = (SessionState.MOVED, SessionState.CANCELLED)
    kept = sorted((s for s in rows if s.state not in off), key=lambda s: s.starts_at)
    assert [counted[s.id] for s in kept] == list(range(1, len(kept) + 1))
    assert len(counted) == len(kept)


def booking(starts_at: datetime, minutes: int = 60) -> Booking:
    return Booking("p", starts_at, minutes, "")


@pytest.mark.parametrize(
    ("wish", "key"),
    [
        (booking(NOW), "meet.refused.past"),
        (booking(NOW - timedelta(minutes=1)), "meet.refused.past"),
        (booking(NOW + FURTHEST + timedelta(minutes=1)), "meet.refused.too_far"),
        (booking(NOW + timedelta(days=1), 37), "meet.refused.minutes"),
        (Booking("p", NOW + timedelta(days=1), 60, "x" * 201), "common.errors.too_long"),
        (booking(NOW + timedelta(days=7, minutes=30)), "meet.refused.overlap"),
    ],
)
def test_a_time_that_cannot_be_is_refused_under_its_field(wish: Booking, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_booking(wish, NOW, [session(NOW + timedelta(days=7))])
    assert (refused.value.key, bool(refused.value.field)) == (key, True)


@given(st.integers(-300, 300), st.sampled_from(MINUTES), st.sampled_from(MINUTES))
def test_two_sessions_overlap_exactly_when_a_minute_belongs_to_both(gap: int, mine: int, theirs: int) -> None:
    wish = booking(NOW + timedelta(minutes=gap), mine)
    shared = set(range(gap, gap + mine)) & set(range(theirs))
    assert overlaps(wish, session(NOW, minutes=theirs)) == bool(shared)


def test_sessions_back_to_back_are_fine_and_a_moved_one_does_not_stand_in_its_own_way() -> None:
    other = session(NOW + timedelta(days=7))
    check_booking(booking(other.ends_at), NOW, [other])
    check_booking(booking(other.starts_at + timedelta(minutes=15)), NOW, [other], own=other.id)
    check_booking(booking(other.starts_at), NOW, [replace(other, state=SessionState.CANCELLED)])


@pytest.mark.parametrize(
    ("at", "key"),
    [
        (NOW + timedelta(minutes=1), "meet.refused.not_yet"),
        (NOW - timedelta(days=91), "meet.refused.too_long_ago"),
    ],
)
def test_only_what_has_taken_place_lately_can_be_logged(at: datetime, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_log(booking(at), NOW)
    assert refused.value.key == key


def test_a_session_ahead_long_past_or_called_off_cannot_be_reported() -> None:
    for state in (SessionState.PLANNED, SessionState.UNKNOWN, SessionState.HELD):
        check_report(session(NOW - timedelta(hours=1), state=state), False, NOW)
    check_report(session(NOW - timedelta(hours=1), state=SessionState.CANCELLED), True, NOW)
    for refused, reported in (
        (session(NOW + timedelta(minutes=1)), False),
        (session(NOW - ANSWERABLE - timedelta(hours=2)), False),
        (session(NOW - timedelta(hours=1), state=SessionState.CANCELLED), False),
        (session(NOW - timedelta(hours=1), state=SessionState.MOVED), False),
    ):
        with pytest.raises(Refusal):
            check_report(refused, reported, NOW)


def test_an_answer_can_be_taken_back_for_ten_minutes() -> None:
    assert may_undo(NOW, NOW + UNDO)
    assert not may_undo(NOW, NOW + UNDO + timedelta(seconds=1))


@given(MOMENTS, ZONES, ZONES, st.sampled_from(Side), st.booleans())
def test_whose_turn_it_is_is_asked_for_a_next_date_before_both_are(
    since: datetime, first: str, second: str, whose: Side, owed: bool
) -> None:
    alone, *both = missing_next(since, since, whose, owed, Calendar(first), Calendar(second))
    assert alone[0] is whose and {side for side, _ in both} == set(Side)
    assert all(alone[1] < at for side, at in both if side is whose)
    assert is_working(local_day(alone[1], second if whose is Side.SENIOR else first))


@settings(deadline=None, max_examples=40)
@given(MOMENTS, ZONES, ZONES, st.integers(7, 28))
def test_the_offered_time_is_ahead_free_and_in_ones_own_working_hours(
    now: datetime, mine: str, theirs: str, days: int
) -> None:
    busy = [session(now + timedelta(days=n, hours=n % 24)) for n in range(1, 30)]
    at = next_slot(now, None, timedelta(days=days), Calendar(mine), Calendar(theirs), busy)
    assert at > now and not is_quiet(at, mine)
    assert not any(overlaps(booking(at), other) for other in busy)


def test_the_next_session_is_offered_at_the_hour_of_the_last() -> None:
    last = session(datetime(2026, 3, 16, 13, 0, tzinfo=UTC))
    at = next_slot(last.ends_at, last, timedelta(days=14), BERLIN, NEW_YORK, [])
    # Clocks go forward on 29 March: the same hour in Berlin is an hour less in UTC, and 8:00 in New York is too early.
    assert at == datetime(2026, 3, 30, 13, 0, tzinfo=UTC)
