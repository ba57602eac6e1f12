"""When a pair is halfway or done, when both are asked about it, and what may be answered."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.match import PairPeople
from bot.domain.prepare import halfway, midpoint
from bot.domain.refusals import Refusal
from bot.domain.review import (
    FIGURES,
    TEXT_LENGTH,
    ReviewSheet,
    checked,
    field_of,
    is_asked,
    is_halfway,
    later_days,
    may_answer,
    midpoint_day,
    times,
)
from bot.domain.when import Calendar, is_quiet, local_day, utc_of
from storage.records.enrol import Person, Side
from storage.records.match import Pair, PairState
from storage.records.prefs import Prefs
from storage.records.programme import Cohort, CohortState, Purpose
from storage.records.review import Review, ReviewKind, ReviewState

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
MIDDLE = date(2026, 4, 27)
ZONES = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Apia", "America/Santiago", "Australia/Lord_Howe"]
)
DAYS = st.dates(date(2026, 1, 1), date(2028, 1, 1))
HOURS = st.sampled_from([Prefs(), Prefs(checkin_hour=8, quiet_until=7), Prefs(quiet_from=13), Prefs(checkin_hour=16)])


def cohort(starts_on: date = date(2026, 3, 2), ends_on: date = date(2026, 6, 19)) -> Cohort:
    return Cohort(
        id="c", team_id="T", name="Spring", purpose=Purpose.FREE, starts_on=starts_on, ends_on=ends_on, sessions=6,
        cadence_days=14, pilot=False, state=CohortState.OPEN, k=5, clamp=2,
    )  # fmt: skip


ANA, BO = (Person(n, "T", None, f"U{n}", n, "Europe/Berlin", "en-US", "DE", False) for n in ("ana", "bo"))


def sheet_of(
    kind: ReviewKind = ReviewKind.MIDPOINT, pair: PairState = PairState.ACTIVE, state: ReviewState = ReviewState.SENT,
    *, there: bool = True,
) -> ReviewSheet:  # fmt: skip
    one = Review("r", "T", "p", "ana", Side.JUNIOR, kind, state, NOW, NOW + timedelta(days=14), None)
    two = Pair("p", "T", "c", "ana", "bo", pair, None, "", "", NOW, NOW, None)
    return ReviewSheet(one, PairPeople(two, ANA, BO), "Europe/Berlin", 5, None, there)


@pytest.mark.parametrize(
    ("held", "planned", "today", "asked"),
    [
        (2, 6, MIDDLE - timedelta(days=1), False),
        (3, 6, MIDDLE - timedelta(days=1), True),
        (1, 6, MIDDLE, True),
        (0, 6, MIDDLE + timedelta(days=30), False),  # there is nothing to look back on
        (6, 6, MIDDLE, False),  # that was the last one: it is looked back on as a whole
        (4, 9, MIDDLE - timedelta(days=9), True),
        (3, 9, MIDDLE - timedelta(days=9), False),
        (1, 1, MIDDLE, False),
    ],
)
def test_it_is_halfway_after_half_of_the_sessions_or_half_of_the_time(
    held: int, planned: int, today: date, asked: bool
) -> None:
    assert is_halfway(held, planned, halfway(planned), today, MIDDLE) is asked


def test_the_third_of_six_is_asked_about_when_it_has_rested_and_an_earlier_one_on_the_day_in_the_middle() -> None:
    rested = date(2026, 4, 3)
    assert midpoint_day(3, 3, rested, MIDDLE) == rested
    assert midpoint_day(1, 3, rested, MIDDLE) == MIDDLE
    assert midpoint_day(1, 3, MIDDLE + timedelta(days=3), MIDDLE) == MIDDLE + timedelta(days=3)


@given(started=DAYS, starts_on=DAYS, length=st.integers(14, 400))
def test_the_middle_lies_within_what_a_pair_has_of_its_cohorts_dates_and_on_no_weekend(
    started: date, starts_on: date, length: int
) -> None:
    one = cohort(starts_on, starts_on + timedelta(days=length))
    middle = midpoint(one, started)
    assert middle.weekday() < 5
    first = max(starts_on, min(started, one.ends_on))
    assert first <= middle <= one.ends_on + timedelta(days=2)
    assert abs((middle - first) - (one.ends_on - middle)) <= timedelta(days=5)


@given(day=DAYS, zone_a=ZONES, zone_b=ZONES, a=HOURS, b=HOURS, ahead=st.integers(-40, 40), hour=st.integers(0, 23))
def test_both_are_asked_awake_on_working_days_soon_and_in_the_same_hour_where_there_is_one(
    day: date, zone_a: str, zone_b: str, a: Prefs, b: Prefs, ahead: int, hour: int
) -> None:
    junior, senior = Calendar(zone_a, prefs=a), Calendar(zone_b, prefs=b)
    now = datetime.combine(day + timedelta(days=ahead), time(hour), UTC)
    both = times(day, junior, senior, now)
    earliest = max(now, utc_of(day, time(0), zone_a))
    for at, who in zip(both, (junior, senior), strict=True):
        assert at >= now and not is_quiet(at, who.zone, who.off, who.prefs)
        assert local_day(at, who.zone) >= day - timedelta(days=1)
        assert at - earliest <= timedelta(days=6)
    if zone_a == zone_b and a == b:
        assert both[0] == both[1]


def test_a_day_that_one_of_the_two_has_off_is_nobodys() -> None:
    off = Calendar("Europe/Berlin", lambda day: day == date(2026, 4, 6))
    both = times(date(2026, 4, 6), Calendar("Europe/Berlin"), off, NOW)
    assert {local_day(at, "Europe/Berlin") for at in both} == {date(2026, 4, 7)}


@given(DAYS)
def test_what_came_of_it_is_asked_ninety_and_a_hundred_and_eighty_days_later(ended: date) -> None:
    days = later_days(ended)
    assert [(day - ended).days for day in days.values()] == [90, 180]


def test_how_it_was_is_asked_of_a_completed_pair_and_of_one_that_has_held_all_its_sessions() -> None:
    assert is_asked(PairState.COMPLETED, 3, 6) and is_asked(PairState.ACTIVE, 6, 6) and is_asked(PairState.PAUSED, 7, 6)
    assert not is_asked(PairState.ACTIVE, 5, 6) and not is_asked(PairState.ENDED, 6, 6)


def test_a_closed_one_and_halfway_of_a_pair_that_has_ended_can_be_answered_no_more() -> None:
    for sheet, now in (
        (sheet_of(), NOW + timedelta(days=14)),
        (sheet_of(state=ReviewState.EXPIRED), NOW),
        (sheet_of(ReviewKind.END, PairState.COMPLETED, there=False), NOW),
    ):
        with pytest.raises(Refusal, match=r"review.refused.closed"):
            may_answer(sheet, now)
    with pytest.raises(Refusal, match=r"pair_ended"):
        may_answer(sheet_of(pair=PairState.ENDED), NOW)
    for kind in (ReviewKind.END, ReviewKind.LATER_90):
        may_answer(sheet_of(kind, PairState.COMPLETED, ReviewState.ANSWERED), NOW)


def test_nothing_waits_for_who_has_left_nor_halfway_in_a_pair_that_has_paused() -> None:
    assert sheet_of(pair=PairState.PAUSED).rests and sheet_of(ReviewKind.END, there=False).rests
    assert not sheet_of().rests and not sheet_of(ReviewKind.END, PairState.COMPLETED).rests


ALLOWED: dict[str, tuple[str, ...]] = {"say": FIGURES, "again": ("yes", "no"), "words": ()}


def test_any_question_may_be_left_out_but_not_all() -> None:
    assert checked(ALLOWED, {"say": "4", "again": "", "words": ""}) == {"say": "4"}
    found = checked(ALLOWED, {"say": "", "words": ""})
    assert isinstance(found, list) and [(one.key, one.field) for one in found] == [
        ("review.refused.empty", field_of("say"))
    ]


def test_what_was_never_offered_and_what_is_too_long_is_refused_under_its_field() -> None:
    found = checked(ALLOWED, {"say": "6", "again": "maybe", "words": "x" * (TEXT_LENGTH + 1), "strange": "1"})
    assert isinstance(found, list)
    assert [one.field for one in found] == [field_of(name) for name in ("say", "again", "words")]
