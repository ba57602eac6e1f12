"""When a junior is offered words for asking: after three times *not yet*, once per question in eight weeks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ask import AGAIN, BLANK, STUCK_AFTER, WAITS, Draft, after_answers, check_gap, run_of, still_waits
from bot.domain.checkin import OPTIONS
from bot.domain.refusals import Refusal
from storage.records.ask import Offers
from storage.records.checkin import AnswerSheet, Question
from tests.held import sheet

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
NEVER = sheet(learn="no", introduce="not_yet")


def test_three_times_not_yet_or_no_in_a_row_make_an_offer_and_two_do_not() -> None:
    assert after_answers([NEVER] * 2, Offers(), {}, NOW).waiting is None
    assert after_answers([sheet(), *[NEVER] * 3], Offers(), {}, NOW).waiting is Question.LEARN


@pytest.mark.parametrize("between", ["promised", "done", "early", "pass"])
def test_any_other_answer_ends_the_run(between: str) -> None:
    sheets = [sheet(help=one) for one in ("no", "not_yet", between, "no", "not_yet")]
    assert run_of(sheets, Question.HELP) == 2


def test_what_has_gone_unmet_longest_is_offered_first_and_the_next_one_the_next_time() -> None:
    sheets = [sheet(introduce="no"), *[NEVER] * 3]
    first = after_answers(sheets, Offers(), {}, NOW)
    assert first.waiting is Question.INTRODUCE
    later = NOW + timedelta(days=14)
    second = after_answers([*sheets, NEVER], first, {}, later)
    assert (second.waiting, second.made[Question.INTRODUCE]) == (Question.LEARN, NOW)
    third = after_answers([*sheets, NEVER, NEVER], second, {}, later + timedelta(days=14))
    assert third == second, "both were offered; the one that waits goes on waiting"


def test_an_offer_holds_until_the_answer_changes_and_counts_in_every_pair() -> None:
    no = sheet(help="no")
    offered = after_answers([no] * 3, Offers(), {}, NOW)
    assert after_answers([no] * 4, offered, {}, NOW).waiting is Question.HELP
    assert after_answers([*[no] * 3, sheet()], offered, {}, NOW).waiting is None
    assert after_answers([no] * 3, Offers(), offered.made, NOW).waiting is None, "a second pair does not offer it again"


def test_an_offer_stands_on_the_home_for_two_weeks() -> None:
    offered = after_answers([NEVER] * 3, Offers(), {}, NOW)
    just_before = NOW + WAITS - timedelta(seconds=1)
    assert still_waits(offered, just_before) is Question.LEARN
    assert still_waits(offered, NOW + WAITS) is None
    assert still_waits(replace(offered, waiting=None), NOW) is None


@given(
    st.lists(
        st.tuples(
            st.tuples(*(st.sampled_from(OPTIONS[q]) for q in Question)),
            st.timedeltas(timedelta(0), timedelta(days=30)),
            st.sampled_from(["p", "q"]),
        ),
        max_size=30,
    )
)
def test_no_question_is_ever_offered_twice_in_eight_weeks_whatever_is_answered(
    steps: list[tuple[tuple[str, ...], timedelta, str]],
) -> None:
    given_so_far: dict[str, list[AnswerSheet]] = {"p": [], "q": []}
    known, now = {"p": Offers(), "q": Offers()}, NOW
    made: dict[Question, datetime] = {}
    for options, passed, pair in steps:
        now += passed
        given_so_far[pair].append(sheet(*options))
        elsewhere = known["q" if pair == "p" else "p"].made
        after = after_answers(given_so_far[pair], known[pair], elsewhere, now)
        for question in [q for q in after.made if after.made[q] != known[pair].made.get(q)]:
            assert now - made.get(question, now - AGAIN) >= AGAIN
            assert run_of(given_so_far[pair], question) >= STUCK_AFTER
            made[question] = now
        assert all(now - at < AGAIN for at in after.made.values()), "what is old is forgotten"
        known[pair] = after


def test_a_wording_with_a_gap_is_refused_under_its_field() -> None:
    with pytest.raises(Refusal) as refused:
        check_gap(f"Could you help me with {BLANK}?", "ask.topic")
    assert refused.value.field == "ask.topic"
    check_gap("Could you help me with the rota?", "ask.topic")


def test_going_on_with_another_text_keeps_what_was_changed_beside_it() -> None:
    first = Draft().starting("one")
    assert (first.own, first.before) == ("one", "")
    second = first.starting("two")
    assert (second.own, second.before) == ("two", "one")
