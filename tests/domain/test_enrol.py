"""When people hear from us, and what the *About you* form refuses."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.enrol import (
    FIELDS,
    HEAR_BY,
    About,
    Part,
    can_join,
    checked,
    checked_bring,
    checked_confided,
    hear_by,
    merged,
    trimmed,
)
from bot.domain.when import is_working
from storage.records.enrol import Confided, Profile, Side
from tests.domain.test_match import SPRING

ABOUT = About(
    Profile(frozenset({Side.JUNIOR}), 2, "Legal", "Berlin", "DE", "", "", ("technology",), "", ("en",)), "UMAX"
)
DAYS = st.dates(date(2025, 1, 1), date(2030, 1, 1))


def refused(about: About, *, lines: dict[str, str] | None = None, bound: frozenset[Side] = frozenset()) -> set[str]:
    found = checked(
        about, user_id="UANA", regions=("DE", "US"), languages=("de", "en"), lines=lines or {}, bound=bound
    )  # fmt: skip
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
        ({"division": "x" * 81}, "division: common.errors.too_long"),
        ({"languages": ()}, "languages: common.errors.pick_one"),
        ({"languages": ("tlh",)}, "languages: common.errors.pick_one"),
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
    about = with_profile(department="  \t ")
    assert refused(replace(about, profile=trimmed(about.profile))) == {"department: common.errors.empty"}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({}, None),
        ({"share": "x" * 501}, "share: common.errors.too_long"),
        ({"offers": ("gossip",)}, "offers: common.errors.pick_one"),
        ({"wants": ("data",) * 9}, "wants: common.errors.at_most"),
        ({"capacity_senior": 4}, "capacity_senior: common.errors.pick_one"),
        ({"works_from": -1}, "works_from: common.errors.pick_one"),
        ({"works_from": 1080, "works_to": 540}, "works_to: enrol.refused.hours"),
        ({"works_from": 840, "works_to": 1440}, None),
    ],
)
def test_the_second_form_says_what_is_wrong_under_its_field(changes: dict[str, object], problem: str | None) -> None:
    found = [f"{one.field}: {one.key}" for one in checked_bring(with_profile(**changes).profile)]
    assert found == ([problem] if problem else [])


def test_nothing_has_to_be_confided_and_nobody_is_avoided_by_the_hundred() -> None:
    assert checked_confided(Confided()) == []
    assert checked_confided(Confided((1, 0, 5), "1990", "", ("caring",), ("UMAX",))) == []
    assert [p.field for p in checked_confided(Confided(avoid=tuple(f"U{n}" for n in range(26))))] == ["avoid"]


def test_every_field_of_the_profile_is_asked_for_by_exactly_one_form() -> None:
    asked = [name for part in FIELDS.values() for name in part]
    assert sorted(asked) == sorted(one.name for one in fields(Profile))


def test_a_form_changes_what_it_asks_for_and_nothing_else() -> None:
    told = with_profile(department="Press", share="maps", capacity_junior=3).profile
    assert merged(ABOUT.profile, told, Part.ABOUT) == with_profile(department="Press").profile
    assert merged(ABOUT.profile, told, Part.BRING) == with_profile(share="maps", capacity_junior=3).profile
