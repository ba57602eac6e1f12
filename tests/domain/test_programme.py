"""What a set-up and a cohort may say, and what waits for a coordinator."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.enrol import SlackProfile
from bot.domain.programme.cohorts import (
    CADENCES,
    NEXT,
    SESSIONS,
    SHORTEST,
    CohortPlan,
    move_problem,
    opening_problem,
    plan_problems,
    weeks_needed,
)
from bot.domain.programme.setup import (
    Setup,
    SlackChannel,
    changed,
    channel_problems,
    contact_problems,
    is_zone,
    owner_problems,
    packed,
    programme_of,
    rhythm_problems,
    setup_of,
    unpacked,
)
from bot.domain.programme.today import CohortCard, Decision, queue
from bot.domain.refusals import Refusal
from storage.records.programme import Cohort, CohortState, CohortTally, Programme, Purpose

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PLAN = CohortPlan("Spring", Purpose.CULTURE, date(2026, 3, 9), date(2026, 8, 30), 6, 28, False)
QUIET = CohortTally(0, 0, 0, 0, 0, 0, 0)
FULL = Setup(Purpose.FREE, "U1", "U2", "U3", "C1", zone="Europe/Berlin")


def profile(user_id: str, *, bot: bool = False, deactivated: bool = False) -> SlackProfile:
    return SlackProfile(user_id, user_id, "UTC", "en-US", False, bot, deactivated, False)


def cohort(state: CohortState = CohortState.DRAFT, **changes: object) -> Cohort:
    made = Cohort(
        "c1", "T1", PLAN.name, PLAN.purpose, PLAN.starts_on, PLAN.ends_on, PLAN.sessions, PLAN.cadence_days, False,
        state, 5, 2,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def programme(setup: Setup = FULL) -> Programme:
    return programme_of(setup, None, team="T1", enterprise=None, now=NOW)


def where(problems: list[Refusal]) -> dict[str | None, str]:
    """Field → the last part of the key."""
    return {problem.field: problem.key.rpartition(".")[2] for problem in problems}


setups = st.builds(
    Setup,
    purpose=st.sampled_from(Purpose),
    findings_owner=st.text("UW019", max_size=9),
    public_asked=st.booleans(),
    public_agreed=st.booleans(),
    digest_weekday=st.integers(0, 6),
    digest_hour=st.integers(0, 23),
    k=st.integers(5, 50),
    checkin_after_hours=st.none() | st.integers(1, 48),
    ready=st.lists(st.sampled_from(["purpose", "owner", "time"]), unique=True).map(tuple),
)


@given(setups)
def test_a_set_up_survives_the_way_through_the_modals(setup: Setup) -> None:
    assert unpacked(packed(setup)) == setup


def test_the_metadata_of_a_modal_stays_far_below_slacks_limit() -> None:
    assert sum(len(k) + len(v) + 8 for k, v in packed(FULL).items()) < 1000


@pytest.mark.parametrize(
    ("people", "problem"),
    [
        ({}, "nobody"),
        ({"U1": profile("U1", bot=True)}, "bot"),
        ({"U1": profile("U1", deactivated=True)}, "deactivated"),
        ({"U1": replace(profile("U1"), home_team="T9ELSE")}, "owner_outside"),
    ],
)
def test_the_owner_of_findings_is_a_person_who_is_here(people: dict[str, SlackProfile], problem: str) -> None:
    assert where(owner_problems(FULL, people)) == {"findings_owner": problem}


def test_two_safe_contacts_must_differ() -> None:
    people = {"U2": profile("U2"), "U3": profile("U3")}
    assert contact_problems(FULL, people) == []
    assert where(contact_problems(replace(FULL, contact_2="U2"), people)) == {"contact_2": "same_contact"}


@pytest.mark.parametrize(
    ("channel", "asked", "agreed", "problem"),
    [
        (SlackChannel("C1", True, True, False), False, False, None),
        (SlackChannel("C1", True, False, False), False, False, "channel_not_member"),
        (SlackChannel("C1", True, True, True), False, False, "channel_archived"),
        (SlackChannel("C1", True, True, False, shared=True), True, True, "channel_shared"),
        (SlackChannel("C1", False, True, False), False, False, "channel_public"),
        (SlackChannel("C1", False, True, False), True, False, "channel_public"),
        (SlackChannel("C1", False, True, False), False, True, "channel_public"),
        (SlackChannel("C1", False, True, False), True, True, None),
    ],
)
def test_a_public_channel_needs_both_confirmations(
    channel: SlackChannel, asked: bool, agreed: bool, problem: str | None
) -> None:
    setup = replace(FULL, public_asked=asked, public_agreed=agreed)
    assert where(channel_problems(setup, channel)) == ({"channel_id": problem} if problem else {})


def test_every_place_of_the_list_is_a_zone_and_a_slip_gets_the_nearest() -> None:
    assert [name for name in available_timezones() if "/" in name and not is_zone(name)] == []
    assert not is_zone("Berlin") and not is_zone("../etc/passwd") and not is_zone("Europe") and not is_zone("")
    [problem] = rhythm_problems(replace(FULL, zone="Amerika/New York"), ("en",), None)
    assert problem.params == {"zone": "America/New_York"}
    assert where(rhythm_problems(replace(FULL, zone="xyz"), ("en",), None)) == {"zone": "zone"}


def test_the_smallest_group_can_be_raised_and_never_lowered() -> None:
    assert where(rhythm_problems(replace(FULL, k=4), ("en",), None)) == {"k": "k"}
    in_force = programme(replace(FULL, k=8))
    assert rhythm_problems(replace(FULL, k=9), ("en",), in_force) == []
    assert where(rhythm_problems(replace(FULL, k=7), ("en",), in_force)) == {"k": "k"}


def test_what_no_menu_offers_is_refused() -> None:
    odd = replace(FULL, digest_weekday=-1, digest_hour=99, checkin_after_hours=400, language="xx")
    assert where(rhythm_problems(odd, ("en",), None)) == dict.fromkeys(
        ("digest_weekday", "digest_hour", "checkin_after_hours", "language"), "pick_one"
    )


def test_changing_the_set_up_keeps_what_it_does_not_ask() -> None:
    before = replace(programme(), clamp=3, digest_paused=True, enterprise_id="E1")
    later = NOW + timedelta(days=9)
    after = programme_of(replace(setup_of(before), digest_hour=8), before, team="T1", enterprise=None, now=later)
    assert changed(before, after) == ("digest_hour",)
    assert (after.clamp, after.digest_paused, after.enterprise_id, after.created_at) == (3, True, "E1", NOW)
    assert "zone" in changed(None, after)


def test_a_sensible_plan_has_no_problems() -> None:
    assert plan_problems(PLAN, TODAY, [], None) == []


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"name": ""}, "name", "only_spaces"),
        ({"name": "x" * 81}, "name", "too_long"),
        ({"name": "AUTUMN"}, "name", "name_taken"),
        ({"name": "autumn "}, "name", "name_taken"),
        ({"starts_on": date(2026, 3, 1)}, "starts_on", "starts_past"),
        ({"starts_on": date(2027, 3, 9), "ends_on": date(2027, 9, 9)}, "starts_on", "starts_far"),
        ({"ends_on": date(2026, 3, 9)}, "ends_on", "ends_first"),
        ({"ends_on": date(2026, 4, 1), "sessions": 2, "cadence_days": 7}, "ends_on", "too_short"),
        ({"ends_on": date(2028, 12, 1)}, "ends_on", "too_long"),
        ({"sessions": 0}, "sessions", "sessions"),
        ({"sessions": 25}, "sessions", "sessions"),
        ({"cadence_days": 3}, "cadence_days", "pick_one"),
        ({"sessions": 12}, "sessions", "sessions_dont_fit"),
    ],
)
def test_a_plan_that_cannot_work_is_refused_under_its_field(
    changes: dict[str, object], field: str, problem: str
) -> None:
    others = [cohort(id="c2", name="Autumn")]
    plan = replace(PLAN, **changes)  # type: ignore[arg-type]
    assert where(plan_problems(plan, TODAY, others, None)) == {field: problem}


def test_a_draft_may_keep_its_name_and_a_start_that_has_passed() -> None:
    later = date(2026, 3, 20)
    assert plan_problems(PLAN, later, [cohort()], cohort()) == []
    assert where(plan_problems(PLAN, later, [], None)) == {"starts_on": "starts_past"}


@given(st.sampled_from(SESSIONS), st.sampled_from(CADENCES), st.integers(28, 728))
def test_sessions_fit_exactly_when_their_weeks_do(sessions: int, cadence: int, days: int) -> None:
    ends_on = PLAN.starts_on + timedelta(days=days)
    plan = replace(PLAN, sessions=sessions, cadence_days=cadence, ends_on=ends_on)
    refused = where(plan_problems(plan, TODAY, [], None))
    assert refused == ({} if weeks_needed(sessions, cadence) <= days // 7 else {"sessions": "sessions_dont_fit"})


def test_a_cohort_goes_forward_only() -> None:
    for state in CohortState:
        for to in CohortState:
            problem = move_problem(cohort(state), to)
            assert (problem is None) == (to in NEXT[state])
    assert NEXT[CohortState.CLOSED] == frozenset()


def test_a_cohort_that_would_be_over_at_once_does_not_open() -> None:
    assert opening_problem(cohort(), TODAY) is None
    assert opening_problem(cohort(), PLAN.ends_on - SHORTEST) is None
    assert opening_problem(cohort(), PLAN.ends_on - SHORTEST + timedelta(days=1)) is not None


def decided(*cards: CohortCard, coordinators: int = 2, failed: int = 0, today: date = TODAY) -> list[Decision]:
    return [item.decision for item in queue(programme(), cards, today, coordinators=coordinators, failed=failed)]


def test_without_a_cohort_and_alone_both_are_said() -> None:
    assert decided(coordinators=1) == [Decision.NO_COHORT, Decision.ALONE]


def test_what_failed_comes_first_and_a_draft_that_should_have_started_before_one_that_waits() -> None:
    waiting, late = CohortCard(cohort(), QUIET), CohortCard(cohort(id="c2", starts_on=date(2026, 2, 2)), QUIET)
    assert decided(waiting, late, failed=3) == [Decision.FAILED, Decision.COHORT_STARTS, Decision.COHORT_DRAFT]


@pytest.mark.parametrize(
    ("juniors", "seniors", "both", "pairs"),
    [(2, 3, 0, 2), (2, 0, 0, 0), (1, 1, 1, 0), (2, 2, 2, 1), (0, 0, 0, 0)],
)
def test_pairing_waits_only_when_two_different_people_could_be_paired(
    juniors: int, seniors: int, both: int, pairs: int
) -> None:
    """`both` of the juniors and seniors are the same people, who would take either chair."""
    people = juniors + seniors - both
    tally = replace(QUIET, waiting=people, waiting_juniors=juniors, waiting_seniors=seniors)
    items = queue(programme(), [CohortCard(cohort(CohortState.OPEN), tally)], TODAY, coordinators=2, failed=0)
    assert [item.n for item in items if item.decision is Decision.PAIR] == ([pairs] if pairs else [])


def test_nobody_is_told_to_find_pairs_for_the_last_four_weeks() -> None:
    card = CohortCard(cohort(CohortState.OPEN), replace(QUIET, waiting=4, waiting_juniors=2, waiting_seniors=2))
    assert decided(card, today=PLAN.ends_on - SHORTEST) == [Decision.PAIR]
    assert decided(card, today=PLAN.ends_on - SHORTEST + timedelta(days=1)) == []


def test_a_cohort_past_its_end_asks_to_be_closed_and_a_closed_one_asks_nothing() -> None:
    over = CohortCard(cohort(CohortState.OPEN), replace(QUIET, running=4))
    assert decided(over, today=PLAN.ends_on) == []
    assert decided(over, today=PLAN.ends_on + timedelta(days=1)) == [Decision.COHORT_OVER]
    assert decided(CohortCard(cohort(CohortState.CLOSED), QUIET), coordinators=2) == [Decision.NO_COHORT]
