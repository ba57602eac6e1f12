"""How well two people fit, part by part, and that what was told in confidence is in no figure that anybody reads."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.match import Terms, Weights, paper_score, score
from bot.domain.match.scoring import (
    FULL,
    UNKNOWN,
    confided_parts,
    exchange,
    open_parts,
    values_near,
    words,
    wrong_way,
)
from storage.records.enrol import Confided
from tests.domain.test_match_apart import member

WEIGHTS = st.builds(Weights, *[st.integers(0, 10)] * len(fields(Weights)))
TOLD = st.builds(
    Confided, st.tuples(*[st.integers(0, 5)] * 3), st.sampled_from(["", "1960", "1990"]),
    st.sampled_from(["", "woman", "man"]), st.just(()), st.just(()),
)  # fmt: skip
ANA = member("ANA", department="Legal", location="Oslo", share="Python", learn="leading teams", level=1)
BO = member("BO", department="Sales", location="Lisbon", share="leading a team", learn="python", level=4)


@given(WEIGHTS, TOLD, TOLD)
def test_both_scores_are_whole_numbers_from_0_to_100(weights: Weights, one: Confided, other: Confided) -> None:
    found = score(replace(ANA, told=one), replace(BO, told=other), weights)
    assert isinstance(found, int) and 0 <= found <= 100
    assert 0 <= paper_score(ANA.profile, BO.profile, weights) <= 100


@given(TOLD, TOLD, st.builds(Weights, *[st.just(0)] * 6, *[st.integers(0, 10)] * 3))
def test_no_choice_of_weights_turns_the_matching_into_a_probe_of_what_was_confided(
    one: Confided, other: Confided, weights: Weights
) -> None:
    assert score(replace(ANA, told=one), replace(BO, told=other), weights) == score(ANA, BO, weights)


def test_what_was_confided_never_moves_the_score_by_more_than_half() -> None:
    hidden = Weights(exchange=1, purposes=0, levels=0, department=0, division=0, location=0, values=10, gender=10)
    near = score(replace(ANA, told=Confided((5, 5, 5), "1960", "woman")),
                 replace(BO, told=Confided((5, 5, 5), "1990", "man")), hidden)  # fmt: skip
    far = score(replace(ANA, told=Confided((1, 1, 1), "1960", "man")),
                replace(BO, told=Confided((5, 5, 5), "1960", "man")), hidden)  # fmt: skip
    assert near - far == 50


def test_different_on_the_surface_and_one_has_what_the_other_wants() -> None:
    assert open_parts(ANA.profile, BO.profile) == (4 + FULL // 2, UNKNOWN, FULL, FULL, UNKNOWN, FULL)
    same = replace(BO, profile=replace(ANA.profile, department=" LEGAL "))
    assert open_parts(ANA.profile, same.profile)[2:4] == (FULL // 6, 0)


def test_the_less_lies_between_two_levels_the_less_there_is_to_see() -> None:
    found = [open_parts(member("A", level=3).profile, member("B", level=n).profile)[2] for n in range(1, 6)]
    assert found == [0, 0, FULL // 6, FULL // 2, FULL]


def test_topics_and_words_meet_whatever_their_capitals_and_plurals_and_small_words_do_not() -> None:
    assert words("I can show you Spreadsheets, and the law") == {"show", "spreadsheet", "law"}
    assert exchange(member("A", share="the", learn="x").profile, member("B").profile) == UNKNOWN
    both = member("A", offers=("data", "law"), wants=("law",)).profile
    assert exchange(both, member("B", wants=("data", "law"), offers=("music",)).profile) == FULL // 2


def test_values_are_compared_where_both_answered() -> None:
    assert values_near((1, 2, 3), (1, 2, 3)) == FULL
    assert values_near((1, 0, 5), (5, 3, 0)) == 0
    assert values_near((0, 0, 0), (1, 2, 3)) == UNKNOWN == values_near((), (1,))


def test_who_does_not_want_identity_to_be_a_topic_counts_like_who_said_nothing() -> None:
    told = Confided(generation="1960", gender="woman")
    other = member("B", told=Confided(generation="1990", gender="man"))
    assert confided_parts(member("A", told=told), other)[1:] == (FULL, FULL)
    assert confided_parts(member("A", told=told, identity_off=True), other)[1:] == (UNKNOWN, UNKNOWN)


@given(st.integers(1, 5), st.integers(1, 5), WEIGHTS)
def test_of_two_who_could_sit_either_way_exactly_one_way_is_right(one: int, other: int, weights: Weights) -> None:
    ana, bo = member("ANA", level=one, share="law"), member("BO", level=other, learn="law")
    assert wrong_way(ana, bo, weights) is not wrong_way(bo, ana, weights)
    if one < other:
        assert not wrong_way(ana, bo, weights)


@pytest.mark.parametrize(
    ("terms", "fine"),
    [
        (Terms(), True),
        (Terms(Weights(values=11)), False),
        (Terms(Weights(gender=-1)), False),
        (Terms(floor=101), False),
    ],
)
def test_weights_are_0_to_10_and_the_floor_is_a_score(terms: Terms, fine: bool) -> None:
    assert terms.valid is fine
