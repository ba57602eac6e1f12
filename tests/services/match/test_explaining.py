"""Why nobody was found for somebody, as a coordinator may know it; and what is said of those for whom there was."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.match import Check, Common, Member, Terms, Weights, Why, offsets
from bot.services.match.assigning import best
from bot.services.match.finding import find
from bot.services.match.solving import solved
from storage.records.enrol import Confided, Side
from storage.records.programme import Purpose
from tests.domain.test_match_apart import SPRING, ZONES, member
from tests.services.match.pools import SHAPES, of, pool

COMMON = Common({"ANA": "", "BO": "", "DEE": ""}, (), (), Purpose.CULTURE, "en", offsets(ZONES, *SPRING))
ANA, BO = member("ANA", Side.JUNIOR, level=1), member("BO", Side.SENIOR, level=4)
DEE = member("DEE", Side.SENIOR, level=5)
FULL_UP = member("BO", Side.SENIOR, capacity_senior=0)


@pytest.mark.parametrize(
    ("members", "common", "why"),
    [
        ([ANA], COMMON, Why.NOBODY),
        ([ANA, FULL_UP], COMMON, Why.NOBODY),
        ([replace(ANA, here=False), BO], COMMON, Why.AWAY),
        ([member("ANA", Side.JUNIOR, capacity_junior=0), BO], COMMON, Why.NO_ROOM),
        ([member("ANA", Side.JUNIOR, purposes=("technology",)), BO], COMMON, Why.PURPOSE),
        ([ANA, member("BO", Side.SENIOR, purposes=("technology",))], COMMON, Why.NOBODY),
        ([ANA, BO, DEE], replace(COMMON, lines={"ANA": "BO", "BO": "DEE"}), Why.LINE),
        ([ANA, BO], replace(COMMON, conflicts={frozenset({"ANA", "BO"})}), Why.CONFLICT),
        ([ANA, BO], replace(COMMON, former={frozenset({"id-ANA", "id-BO"})}), Why.FORMER),
        ([ANA, member("BO", Side.SENIOR, languages=("pt",))], COMMON, Why.LANGUAGE),
        ([ANA, replace(BO, zone="Pacific/Auckland")], COMMON, Why.HOURS),
        ([ANA, BO, member("DEE", Side.SENIOR, languages=("pt",))], replace(COMMON, lines={"ANA": "BO"}), Why.NO_MATCH),
        ([member("ANA", Side.JUNIOR, told=Confided(avoid=("BO",))), BO], COMMON, Why.NO_MATCH),
        ([ANA, member("BO", Side.SENIOR, told=Confided(avoid=("ANA",)))], COMMON, Why.NO_MATCH),
    ],
)  # fmt: skip
def test_a_coordinator_learns_why_and_nothing_that_was_confided(
    members: list[Member], common: Common, why: Why
) -> None:
    found = solved(of(members, common), Terms())
    assert found.proposals == ()
    assert [(one.person.user_id, one.why) for one in found.unmatched if one.side is Side.JUNIOR] == [("ANA", why)]


def test_guests_get_nobody_where_a_match_is_for_our_own_people() -> None:
    found = solved(of([replace(ANA, outside=True), BO], COMMON), Terms(outsiders=False))
    assert [(one.person.user_id, one.why) for one in found.unmatched] == [("ANA", Why.OUTSIDER), ("BO", Why.NOBODY)]
    assert solved(of([replace(ANA, outside=True), BO], COMMON), Terms()).pairs == 1


def test_where_one_side_has_fewer_places_the_rest_hear_so_and_a_full_pilot_says_that() -> None:
    senior = member("BO", Side.SENIOR, capacity_senior=1)
    juniors = [member(f"U{n}", Side.JUNIOR) for n in range(3)]
    assert [one.why for one in solved(of([*juniors, senior], COMMON), Terms()).unmatched] == [Why.FEWER] * 2
    full = solved(of([*juniors, BO], COMMON, limit=0), Terms())
    assert {one.why for one in full.unmatched} == {Why.PILOT_FULL}


def test_who_has_a_pair_is_not_among_those_without() -> None:
    busy = replace(ANA, pairs={Side.JUNIOR: 2})
    assert solved(of([busy, replace(BO, pairs={Side.SENIOR: 1})], COMMON), Terms()).unmatched == ()


def test_everybody_gets_one_before_anybody_gets_two() -> None:
    juniors = [replace(member(f"U{n}", Side.JUNIOR, share="law" if n else ""), id=f"j{n}") for n in range(2)]
    seniors = [member("BO", Side.SENIOR, learn="law"), member("DEE", Side.SENIOR, capacity_senior=0)]
    found = find(of([*juniors, *seniors], COMMON), Weights())
    assert sorted(found.hall.juniors[row].id for row, _ in found.pairs) == ["j0", "j1"]


def test_two_who_have_time_for_two_pairs_are_one_pair() -> None:
    found = find(of([ANA, BO], COMMON), Weights())
    assert len(found.pairs) == 1
    assert len(best(find(of([ANA, BO, DEE, member("EVE", Side.JUNIOR)], COMMON), Weights()).hall.board)) == 4


def test_a_suggestion_says_why_and_what_to_look_out_for_and_below_the_floor_it_waits() -> None:
    low = replace(BO, profile=replace(BO.profile, level=2, department="Legal"))
    ana = replace(ANA, profile=replace(ANA.profile, department="Sales"))
    found = solved(of([ana, low], replace(COMMON, lines={"BO": "EVA"})), Terms(floor=100)).proposals
    assert [(one.because, one.held) for one in found] == [(("department",), True)]
    assert found[0].warnings == (Check.JUNIOR_LINE_UNKNOWN, Check.FEW_LEVELS)
    assert not solved(of([ana, low], COMMON), Terms(floor=0)).proposals[0].held
    ends = solved(of([ana, low], replace(COMMON, lines={"ANA": "MAX", "BO": ""})), Terms()).proposals[0]
    assert (ends.line_end, Check.LINE_ENDS in ends.warnings) == ("MAX", True)


def test_that_somebody_is_spared_a_second_place_shows_in_no_reason() -> None:
    """Of two with one pair and time for two, one named what few share: everybody else reads the same."""
    senior = member("BO", Side.SENIOR)
    said = []
    for tags in ((), ("first_generation",)):
        juniors = [replace(member("ANA", Side.JUNIOR, told=Confided(tags=tags)), pairs={Side.JUNIOR: 1})]
        found = solved(of([*juniors, senior, DEE], replace(COMMON, purpose=Purpose.INCLUSION)), Terms())
        said.append({one.person.user_id: one.why for one in found.unmatched})
    assert set(said[0].values()) == set(said[1].values()) == {Why.FEWER}


@given(st.integers(0, 10**6), st.integers(2, 12), st.sampled_from(SHAPES))
def test_what_was_confided_is_in_nothing_that_is_said_about_a_suggestion_or_its_absence(
    seed: int, size: int, shape: str
) -> None:
    """Two cohorts that differ in nothing but what was confided, avoid lists included."""
    told = pool(seed, size, shape, Purpose.INCLUSION)
    plain = replace(told, members=tuple(replace(m, told=Confided()) for m in told.members))
    one, other = solved(told, Terms()), solved(plain, Terms())
    said = {(s.junior.id, s.senior.id): (s.score, s.held, s.because, s.warnings, s.line_end) for s in other.proposals}
    for s in one.proposals:
        key = (s.junior.id, s.senior.id)
        assert said.get(key, mine := (s.score, s.held, s.because, s.warnings, s.line_end)) == mine
    why = {(u.person.id, u.side): u.why for u in other.unmatched}
    both = [u for u in one.unmatched if (u.person.id, u.side) in why]
    assert [(u.person.id, u.side, u.why) for u in both] == [
        (u.person.id, u.side, why[u.person.id, u.side]) for u in both
    ]
