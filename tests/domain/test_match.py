"""The off-line rule on every kind of organisation, and what else speaks against a pair."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.match import PILOT_PAIRS, Candidate, Check, Grounds, chain, circle, judge, off_line, reasons
from storage.records.enrol import Enrolment, Participant, Profile, Side
from storage.records.programme import Cohort, CohortState, Purpose

PEOPLE = [f"U{n}" for n in range(8)]
# Any map from people to managers: forests, circles, people who report to themselves, known tops ("").
ORGANISATIONS = st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from([*PEOPLE, ""]))


def everybody_above(user: str, lines: dict[str, str]) -> set[str]:
    """The slow way to know who is above: follow the lines often enough."""
    reached: set[str] = set()
    level = {user}
    for _ in PEOPLE:
        level = {lines[one] for one in level if lines.get(one)}
        reached |= level
    return reached - {user}


@given(ORGANISATIONS, st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
def test_nobody_is_paired_within_a_line_whatever_the_lines_look_like(
    lines: dict[str, str], junior: str, senior: str
) -> None:
    if junior == senior:
        return
    found = off_line(junior, senior, lines)
    above = senior in everybody_above(junior, lines)
    below = junior in everybody_above(senior, lines)
    same = bool(lines.get(junior)) and lines.get(junior) == lines.get(senior)
    assert (found is not None) == (above or below or same)
    if found is Check.SENIOR_ABOVE:
        assert above


@given(ORGANISATIONS, st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
def test_the_rule_is_the_same_from_both_chairs(lines: dict[str, str], one: str, other: str) -> None:
    if one != other:
        assert (off_line(one, other, lines) is None) == (off_line(other, one, lines) is None)


@given(ORGANISATIONS, st.sampled_from(PEOPLE))
def test_a_chain_names_everybody_above_once_and_ends(lines: dict[str, str], user: str) -> None:
    above = chain(user, lines)
    assert len(above) == len(set(above))
    assert set(above) == everybody_above(user, lines)


@given(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), max_size=30))
def test_lines_that_are_refused_for_a_circle_are_exactly_those_that_would_close_one(
    wanted: list[tuple[str, str]],
) -> None:
    lines: dict[str, str] = {}
    for user, manager in wanted:
        closed = circle(user, manager, lines)
        after = {**lines, user: manager}
        step = manager
        for _ in PEOPLE:
            step = after.get(step, "") if step != user else step
        assert bool(closed) == (step == user)
        if closed:
            assert (closed[0], closed[1], closed[-1]) == (user, manager, user)
            assert all(after[one] == above for one, above in pairwise(closed))
        else:
            lines = after


SPRING = Cohort(
    id="spring", team_id="T1", name="Spring", purpose=Purpose.TECHNOLOGY, starts_on=date(2026, 3, 2),
    ends_on=date(2026, 8, 28), sessions=6, cadence_days=28, pilot=False, state=CohortState.OPEN, k=5, clamp=2,
)  # fmt: skip
LINES = {"ANA": "MAX", "MAX": "", "BO": "EVA", "EVA": ""}


def someone(user: str, *sides: Side, level: int = 1, cohort: str = "spring") -> Candidate:
    profile = Profile(frozenset(sides), level, f"{user} department", "Berlin", "DE", "", "", ("technology",))
    place = Participant(
        f"{user}{cohort}", "T1", user, cohort, Enrolment.WAITING, "1", datetime(2026, 3, 2, tzinfo=UTC), profile
    )
    return Candidate(user, (place,))


def with_room(one: Candidate, junior: int = 1, senior: int = 1) -> Candidate:
    profile = replace(one.places[0].profile, capacity_junior=junior, capacity_senior=senior)
    return replace(one, places=(replace(one.places[0], profile=profile),))


ANA = someone("ANA", Side.JUNIOR)
BO = someone("BO", Side.SENIOR, level=4)
KNOWN = Grounds({"spring": SPRING}, {}, LINES, frozenset(), already=False)


def checks(junior: Candidate = ANA, senior: Candidate = BO, grounds: Grounds = KNOWN) -> tuple[Check, ...]:
    return judge(junior, senior, grounds).checks


def test_nothing_speaks_against_two_people_from_separate_known_lines() -> None:
    assert judge(ANA, BO, KNOWN).cohort_id == "spring"
    assert checks() == ()


def test_nobody_is_paired_with_themselves() -> None:
    assert checks(BO, BO) == (Check.SAME_PERSON,)


def test_who_is_in_no_open_cohort_cannot_be_paired() -> None:
    assert checks(Candidate("ANA"), BO) == (Check.JUNIOR_NOT_HERE,)
    assert checks(ANA, Candidate("BO")) == (Check.SENIOR_NOT_HERE,)


@pytest.mark.parametrize("state", [Enrolment.LEFT, Enrolment.FINISHED, Enrolment.PAUSED, Enrolment.INVITED])
def test_who_is_away_cannot_be_paired(state: Enrolment) -> None:
    away = Candidate("ANA", (replace(ANA.places[0], state=state),))
    assert checks(away, BO) == (Check.JUNIOR_NOT_HERE,)


def test_the_sides_count_as_people_joined() -> None:
    assert checks(someone("ANA", Side.SENIOR), BO) == (Check.NOT_A_JUNIOR,)
    assert checks(ANA, someone("BO", Side.JUNIOR)) == (Check.NOT_A_SENIOR,)


def test_two_cohorts_do_not_mix() -> None:
    autumn = replace(SPRING, id="autumn")
    grounds = replace(KNOWN, cohorts={"spring": SPRING, "autumn": autumn})
    assert checks(ANA, someone("BO", Side.SENIOR, level=4, cohort="autumn"), grounds) == (Check.OTHER_COHORT,)


def test_a_declared_conflict_and_an_open_pair_stop_it() -> None:
    apart = replace(KNOWN, conflicts={frozenset({"ANA", "BO"})})
    assert checks(grounds=apart) == (Check.CONFLICT,)
    assert checks(grounds=replace(KNOWN, already=True)) == (Check.ALREADY,)


def test_a_pilot_stops_at_twelve_pairs_and_other_cohorts_do_not() -> None:
    pilot = replace(KNOWN, cohorts={"spring": replace(SPRING, pilot=True)})
    assert checks(grounds=replace(pilot, taken={"spring": PILOT_PAIRS})) == (Check.PILOT_FULL,)
    assert checks(grounds=replace(pilot, taken={"spring": PILOT_PAIRS - 1})) == ()
    assert checks(grounds=replace(KNOWN, taken={"spring": PILOT_PAIRS})) == ()


def test_unknown_lines_and_second_pairs_only_ask_for_a_reason() -> None:
    verdict = judge(ANA, BO, replace(KNOWN, lines={"BO": ""}))
    assert (verdict.hard, verdict.soft) == ((), (Check.JUNIOR_LINE_UNKNOWN,))
    ana, bo = (with_room(one, junior=2, senior=2) for one in (ANA, BO))
    assert checks(replace(ana, pairs=1), replace(bo, pairs=1)) == (Check.JUNIOR_BUSY, Check.SENIOR_BUSY)


def test_nobody_gets_more_pairs_than_they_have_time_for() -> None:
    assert checks(replace(ANA, pairs=1), BO) == (Check.JUNIOR_FULL,)
    assert checks(ANA, replace(BO, pairs=1)) == (Check.SENIOR_FULL,)
    assert checks(with_room(ANA, junior=0), BO) == (Check.JUNIOR_FULL,)


def test_a_known_top_is_not_an_unknown_line() -> None:
    assert checks(grounds=replace(KNOWN, lines={"ANA": "", "BO": ""})) == ()


def test_a_line_known_only_part_of_the_way_is_said_and_stops_nothing() -> None:
    verdict = judge(ANA, BO, replace(KNOWN, lines={"ANA": "MAX", "BO": ""}))
    assert (verdict.hard, verdict.soft, verdict.advice) == ((), (), (Check.LINE_ENDS,))


def test_less_than_two_levels_apart_is_said_and_stops_nothing() -> None:
    assert checks(ANA, someone("BO", Side.SENIOR, level=2)) == (Check.FEW_LEVELS,)


def test_warnings_are_kept_back_where_something_hard_stands_in_the_way() -> None:
    assert checks(grounds=replace(KNOWN, lines={}, already=True)) == (Check.ALREADY,)


def test_what_speaks_for_a_pair_is_at_most_two_things_and_never_nothing() -> None:
    junior = ANA.places[0].profile
    senior = BO.places[0].profile
    assert reasons(junior, senior) == "purpose_technology department"
    twin = replace(junior, purposes=())
    assert reasons(twin, replace(twin, level=1)) == "fresh"
    assert reasons(twin, replace(twin, location="Porto", level=5)) == "location levels"
