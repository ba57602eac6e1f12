"""Who may do what to an introduction, what it must hold, what is seen of it when, and what can be taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.enrol import SlackProfile
from bot.domain.intro import (
    DUE_ON,
    LINE,
    OPEN,
    STEPS,
    WHOM,
    WHY,
    Did,
    Draft,
    as_seen,
    doubled,
    last,
    may,
    may_undo,
    meant,
    ordered,
    problems,
    restored,
    taken,
    talk_times,
    to_show,
    wrong_person,
)
from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal
from bot.domain.when import is_quiet
from storage.records.enrol import Person, Side
from storage.records.intro import IntroAnswer, Introduction, IntroState
from storage.records.match import Pair, PairState

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
TODAY = NOW.date()
ANA = Person("ana", "T1", None, "U07ANA0000", "Ana Silva", "Europe/Berlin", "en-US", "DE", False)
BO = Person("bo", "T1", None, "U07BO00000", "Bo Lindgren", "Europe/Berlin", "en-US", "DE", False)
PEOPLE = PairPeople(Pair("p1", "T1", "k1", "ana", "bo", PairState.ACTIVE, None, "", "", NOW, NOW, None), ANA, BO)
ASKED = Introduction(
    "i1", "T1", "p1", "ana", "", "the data team", "to see how they plan", "Ana runs our rota", IntroState.ASKED, None,
    None, False, NOW, NOW, "ana",
)  # fmt: skip
NAMED = IntroAnswer("i1", "bo", "U07MAX0000", "", "closer to it", "")
LATER = NOW + timedelta(minutes=11)


def after(it: Introduction, did: Did, at: datetime, by: str = "bo", **more: object) -> Introduction:
    return replace(it, **taken(it, did, by, at, **more))


@pytest.mark.parametrize("did", STEPS)
@pytest.mark.parametrize("state", IntroState)
def test_each_step_is_one_sides_and_leads_on_from_a_few_states(did: Did, state: IntroState) -> None:
    step, it = STEPS[did], replace(ASKED, state=state)
    other = Side.JUNIOR if step.by is Side.SENIOR else Side.SENIOR
    with pytest.raises(Refusal, match=r"common.errors.gone"):
        may(it, did, other)
    if state in step.before:
        may(it, did, step.by)
    else:
        with pytest.raises(Refusal, match=r"intro.refused.settled"):
            may(it, did, step.by)


def test_what_is_made_declined_or_let_go_leads_nowhere() -> None:
    ends = {IntroState.MADE, IntroState.DECLINED, IntroState.WITHDRAWN, IntroState.RESTED}
    assert ends.isdisjoint(state for step in STEPS.values() for state in step.before)


def test_whom_the_senior_named_is_not_sent_on_to_somebody_else_again() -> None:
    again = replace(ASKED, instead=True, answer=NAMED)
    assert meant(again) == ("U07MAX0000", "")
    with pytest.raises(Refusal, match=r"better_twice"):
        may(again, Did.BETTER, Side.SENIOR)


@given(st.sampled_from(sorted(STEPS)), st.booleans(), st.dates(TODAY, TODAY + timedelta(90)))
def test_taking_a_step_back_leaves_it_as_it_was(did: Did, instead: bool, day: date) -> None:
    step = STEPS[did]
    state = step.before[0]
    before = replace(ASKED, state=state, due_on=day if state is IntroState.AGREED else None, changed_by=None)
    if did is not Did.TAKEN:
        before = replace(before, instead=instead)
    more = {"instead": True} if did is Did.TAKEN else {"due_on": day} if step.after is IntroState.AGREED else {}
    changed = after(before, did, LATER, "bo", **more)
    assert last(changed, Side.JUNIOR) is did
    back = replace(changed, **restored(changed, LATER))
    assert replace(back, changed_at=before.changed_at) == before


def test_only_who_did_it_takes_it_back_and_for_ten_minutes() -> None:
    agreed = after(ASKED, Did.AGREED, LATER, due_on=TODAY)
    assert may_undo(agreed, "bo", LATER + timedelta(minutes=9))
    assert not may_undo(agreed, "ana", LATER)
    assert not may_undo(agreed, "bo", LATER + timedelta(minutes=10))


def test_a_new_one_is_a_question_an_offer_or_a_note_and_what_the_clock_did_is_nobodys() -> None:
    offered = replace(ASKED, author_id="bo", changed_by="bo", state=IntroState.AGREED)
    assert last(ASKED, Side.JUNIOR) is Did.ASKED
    assert last(offered, Side.SENIOR) is Did.OFFERED
    assert last(replace(offered, state=IntroState.MADE), Side.SENIOR) is Did.LOGGED
    assert last(replace(ASKED, state=IntroState.LAPSED, changed_by=None), Side.JUNIOR) is None


def test_what_the_other_did_has_not_happened_for_ten_minutes() -> None:
    assert as_seen(ASKED, "ana", NOW) == ASKED
    assert as_seen(ASKED, "bo", NOW + timedelta(minutes=9)) is None
    assert as_seen(ASKED, "bo", LATER) == ASKED
    declined = after(ASKED, Did.DECLINED, LATER)
    seen = as_seen(declined, "ana", LATER + timedelta(minutes=9))
    assert seen is not None and seen.state is IntroState.ASKED
    assert as_seen(declined, "ana", LATER + timedelta(minutes=10)) == declined
    assert as_seen(declined, "bo", LATER) == declined


def test_a_question_needs_somebody_a_reason_and_a_line() -> None:
    assert [(p.key, p.field) for p in problems(Draft(why="  "), Side.JUNIOR, TODAY)] == [
        ("intro.refused.nobody", WHOM), ("common.errors.empty", WHY), ("common.errors.empty", LINE),
    ]  # fmt: skip
    both = Draft(user="U07MAX0000", whom="the data team", why="x", line="x" * 301)
    assert [(p.key, p.field) for p in problems(both, Side.JUNIOR, TODAY)] == [
        ("intro.refused.both", WHOM), ("common.errors.too_long", LINE),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "key"),
    [(None, "no_day"), (TODAY, "past_day"), (TODAY - timedelta(1), "past_day"), (TODAY + timedelta(400), "far_day")],
)
def test_an_offer_needs_a_day_ahead_unless_it_is_made_already(day: date | None, key: str) -> None:
    draft = Draft(user="U07MAX0000", due_on=day)
    assert [(p.key, p.field) for p in problems(draft, Side.SENIOR, TODAY)] == [(f"commit.refused.{key}", DUE_ON)]
    assert problems(replace(draft, made=True), Side.SENIOR, TODAY) == []


LINES = {"U07ANA0000": "U07IVY0000", "U07IVY0000": "U07OTTO000", "U07BO00000": "U07MAX0000"}


@pytest.mark.parametrize(
    ("user", "by", "key"),
    [
        ("U07ANA0000", Side.JUNIOR, "junior_herself"), ("U07BO00000", Side.JUNIOR, "your_senior"),
        ("U07IVY0000", Side.JUNIOR, "own_line"), ("U07OTTO000", Side.JUNIOR, "own_line"),
        ("U07MAX0000", Side.JUNIOR, "not_here"), ("U07MAX0000", Side.SENIOR, "own_line"),
        ("U07OTTO000", Side.SENIOR, "not_here"), ("U07ANA0000", Side.SENIOR, "your_junior"),
        ("U07BO00000", Side.SENIOR, "yourself"), ("U07JUNO000", Side.JUNIOR, None),
    ],
)  # fmt: skip
def test_some_people_are_refused_and_the_others_line_is_not_given_away(user: str, by: Side, key: str | None) -> None:
    picked = SlackProfile(user, "X", "Europe/Berlin", "en", False, False, False, False)
    assert wrong_person(picked, PEOPLE, by, LINES) == (key and f"intro.refused.{key}")


def test_an_account_that_nobody_reads_is_refused() -> None:
    for picked in (
        SlackProfile("U07BOT0000", "X", "UTC", "en", False, True, False, False),
        SlackProfile("U07GONE000", "X", "UTC", "en", False, False, True, False),
    ):
        assert wrong_person(picked, PEOPLE, Side.JUNIOR, {}) == "intro.refused.no_account"


def test_the_same_person_or_team_is_asked_for_once_at_a_time() -> None:
    assert doubled(Draft(whom="The Data Team"), [ASKED])
    assert not doubled(Draft(whom="the design team"), [ASKED])
    assert not doubled(Draft(whom="the data team"), [replace(ASKED, state=IntroState.DECLINED)])
    assert doubled(Draft(user="U07MAX0000"), [replace(ASKED, instead=True, answer=NAMED)])


def test_open_ones_come_first_by_day_then_the_rest_and_withdrawn_ones_not_at_all() -> None:
    late, soon = (
        replace(ASKED, id=n, state=IntroState.AGREED, due_on=d) for n, d in (("l", date(2026, 4, 1)), ("s", TODAY))
    )
    made = replace(ASKED, id="m", state=IntroState.MADE)
    gone = replace(ASKED, id="g", state=IntroState.WITHDRAWN)
    assert [it.id for it in ordered([made, ASKED, gone, late, soon])] == ["s", "l", "i1", "m"]
    assert to_show([made], NOW + timedelta(days=22)) == ()
    assert all(to_show([replace(ASKED, state=state)], NOW + timedelta(days=90)) for state in OPEN)


@given(st.integers(0, 400 * 24 * 60), st.sampled_from(["Europe/Berlin", "America/Santiago", "Pacific/Apia"]))
def test_the_junior_is_asked_after_ten_days_and_once_more_out_of_quiet_hours(minutes: int, zone: str) -> None:
    made = NOW + timedelta(minutes=minutes)
    first, second = talk_times(made, zone)
    assert made + timedelta(days=9) < first < second
    assert not is_quiet(first, zone) and not is_quiet(second, zone)
