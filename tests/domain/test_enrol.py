"""When people hear from us, and what the *About you* form refuses."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.enrol import HEAR_BY, About, can_join, checked, hear_by, trimmed
from bot.domain.when import is_working
from storage.records.enrol import Profile, Side
from tests.domain.test_match import SPRING

ABOUT = About(Profile(frozenset({Side.JUNIOR}), 2, "Legal", "Berlin", "DE", "", "", ("technology",)), "UMAX")
DAYS = st.dates(date(2025, 1, 1), date(2030, 1, 1))


def refused(about: About, *, lines: dict[str, str] | None = None, bound: frozenset[Side] = frozenset()) -> set[str]:
    found = checked(about, user_id="UANA", regions=("DE", "US"), lines=lines or {}, bound=bound)
    return {f"{problem.field}: {problem.key}" for problem in found}


def with_profile(**changes: object) -> About:
    return replace(ABOUT, profile=replace(ABOUT.profile, **changes))  # type: ignore[arg-type]


@given(DAYS, DAYS)
def test_people_hear_within_two_weeks_of_working_days_after_joining_or_the_start(joined: date, starts: date) -> None:
    day = hear_by(joined, starts)
    assert is_working(day)
    assert HEAR_BY <= (day - max(joined, starts)).days <= HEAR_BY + 4


def test_a_public_holiday_moves_that_day() -> None:
    plain = hear_by(date(2026, 3, 2), date(2026, 3, 2))
    assert hear_by(date(2026, 3, 2), date(2026, 3, 2), lambda day: day == plain) > plain


def test_a_cohort_takes_people_until_four_weeks_before_its_end() -> None:
    assert can_join(SPRING, date(2026, 7, 31))
    assert not can_join(SPRING, date(2026, 8, 1))


def test_a_form_filled_in_is_fine() -> None:
    assert refused(ABOUT) == set()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"sides": frozenset()}, "sides: enrol.refused.no_side"),
        ({"department": ""}, "department: common.errors.empty"),
        ({"location": ""}, "location: common.errors.empty"),
        ({"department": "x" * 81}, "department: common.errors.too_long"),
        ({"share": "x" * 501}, "share: common.errors.too_long"),
        ({"level": 0}, "level: common.errors.pick_one"),
        ({"level": 9}, "level: common.errors.pick_one"),
        ({"region": "XX"}, "region: common.errors.pick_one"),
        ({"purposes": ("fishing",)}, "purposes: common.errors.pick_one"),
    ],
)
def test_what_is_missing_too_long_or_unknown_is_said_under_its_field(changes: dict[str, object], problem: str) -> None:
    assert refused(with_profile(**changes)) == {problem}


def test_all_problems_are_said_at_once() -> None:
    assert len(refused(with_profile(department="", location="", sides=frozenset()))) == 3


def test_nobody_reports_to_themselves_or_closes_a_circle() -> None:
    assert refused(replace(ABOUT, manager="UANA")) == {"manager: enrol.refused.own_manager"}
    assert refused(ABOUT, lines={"UMAX": "UEVA", "UEVA": "UANA"}) == {"manager: enrol.refused.circle"}
    assert refused(ABOUT, lines={"UMAX": "UEVA", "UEVA": "UMAX"}) == set()


def test_a_side_with_an_open_pair_stays() -> None:
    assert refused(ABOUT, bound=frozenset({Side.SENIOR})) == {"sides: enrol.refused.bound_senior"}
    assert refused(ABOUT, bound=frozenset({Side.JUNIOR})) == set()


def test_spaces_around_a_text_do_not_count() -> None:
    assert refused(trimmed(with_profile(department="  \t "))) == {"department: common.errors.empty"}
