"""Themes: what is past the gate, which step may follow which, and when the monthly note is made."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.refusals import Refusal
from bot.domain.theme import (
    TAGS_MOST,
    NoteFacts,
    ThemeState,
    ThemeStory,
    check_step,
    check_tag,
    check_undo,
    first_thursday,
    may_forget,
    month_of,
    next_round,
    past_gate,
    standing,
    steps_from,
    thursdays,
    told,
    window,
)
from storage.records.programme import Cohort, CohortState, Purpose
from storage.records.report import Cell, FigureKind, Release
from storage.records.theme import Step, Tag, ThemeStep

NOON = datetime(2026, 4, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
COHORT = Cohort(
    "c1", "T1", "Spring", Purpose.TECHNOLOGY, date(2026, 3, 2), date(2026, 6, 19), 6, 14, False, CohortState.OPEN, 5, 2
)


def release(*cells: Cell) -> Release:
    return Release("r1", "T1", "c1", FigureKind.THEMES, "2026-W10", 10, cells, False, NOON)


def step(kind: ThemeStep, at: datetime = NOON, words: str = "", *, undone: bool = False) -> Step:
    return Step(f"{kind}{at}", "T1", "c1", "data", kind, "p1", words, "", at, at if undone else None)


def refused(kind: ThemeStep, state: ThemeState, words: str = "Done.") -> str:
    try:
        check_step(kind, state, words)
    except Refusal as problem:
        return problem.key
    return ""


def test_a_theme_is_past_the_gate_once_one_release_says_so_and_never_goes_back() -> None:
    below, above = release(Cell("data", 0, 2), Cell("tools", 0, 2)), release(Cell("data", 3, 10), Cell("tools", 0, 2))
    assert past_gate([below]) == set()
    assert past_gate([above, below]) == {"data"}


def test_only_what_a_theme_lacks_can_be_done_about_it() -> None:
    taken, closed, again = ThemeStep.TAKEN, ThemeStep.CLOSED, ThemeStep.REOPENED
    assert [steps_from(state) for state in ThemeState] == [(taken, closed), (closed, again), (again,)]
    assert refused(taken, ThemeState.TAKEN) == "theme.refused.is_taken"
    assert refused(closed, ThemeState.CLOSED) == "theme.refused.is_closed"
    assert refused(again, ThemeState.OPEN) == "theme.refused.is_open"
    assert refused(closed, ThemeState.OPEN, "") == "common.errors.empty"
    assert refused(closed, ThemeState.OPEN, "x" * 501) == "common.errors.too_long"
    assert refused(taken, ThemeState.OPEN, "") == ""


def test_what_was_taken_back_does_not_count() -> None:
    steps = [step(ThemeStep.TAKEN), step(ThemeStep.CLOSED, NOON + MINUTE, "Done.", undone=True)]
    assert ThemeStory("data", standing(steps)).state is ThemeState.TAKEN
    assert ThemeStory("data").state is ThemeState.OPEN


def test_the_last_step_can_be_taken_back_for_ten_minutes_and_no_earlier_one() -> None:
    first, last = step(ThemeStep.TAKEN), step(ThemeStep.CLOSED, NOON + MINUTE, "Done.")
    check_undo(last, last, NOON + 10 * MINUTE)
    with pytest.raises(Refusal, match=r"theme.refused.too_late"):
        check_undo(last, last, NOON + 11 * MINUTE)
    with pytest.raises(Refusal, match=r"theme.refused.went_on"):
        check_undo(first, last, NOON + 2 * MINUTE)


@pytest.mark.parametrize(
    ("label", "about", "live", "problem"),
    [
        ("", "", 0, "common.errors.empty"),
        ("x" * 31, "", 0, "common.errors.too_long"),
        ("Parking", "x" * 76, 0, "common.errors.too_long"),
        ("DATA", "", 0, "theme.refused.known"),
        ("Parking", "", TAGS_MOST, "theme.refused.enough"),
    ],
)
def test_a_tag_that_cannot_be_is_refused_under_its_field(label: str, about: str, live: int, problem: str) -> None:
    check_tag("Parking", "", ["Data"], 0)
    with pytest.raises(Refusal, match=problem) as refusal:
        check_tag(label, about, ["Data"], live)
    assert refusal.value.field in {"theme.label", "theme.about"}


def test_a_tag_is_forgotten_for_ten_minutes_unless_a_cohort_has_it() -> None:
    tag = Tag("t1", "T1", "Parking", "", "U1", NOON)
    assert may_forget(tag, (), NOON + 9 * MINUTE)
    assert not may_forget(tag, ("t1",), NOON)
    assert not may_forget(tag, (), NOON + 10 * MINUTE)


def test_the_note_is_made_on_the_wednesday_before_the_first_thursday() -> None:
    assert first_thursday(2026, 10) == date(2026, 10, 1)
    assert next_round(datetime(2026, 9, 29, tzinfo=UTC)) == datetime(2026, 9, 30, 6, tzinfo=UTC)
    assert next_round(datetime(2026, 9, 30, 6, tzinfo=UTC)) == datetime(2026, 11, 4, 6, tzinfo=UTC)
    assert thursdays(date(2026, 9, 30), date(2026, 11, 5)) == (date(2026, 10, 1), date(2026, 11, 5))


@given(st.integers(0, 40 * 365 * 24 * 60))
def test_every_moment_is_told_about_in_exactly_one_note(minutes: int) -> None:
    at = datetime(2020, 1, 1, tzinfo=UTC) + minutes * MINUTE
    since, until = window(month_of(at))
    assert since <= at < until
    assert window(month_of(until))[0] == until


def test_a_note_tells_where_each_theme_stands_at_its_round_and_nothing_twice() -> None:
    since, until = window("2026-05")
    inside = since + MINUTE
    stories = [
        ThemeStory("tools", (step(ThemeStep.TAKEN, inside),)),
        ThemeStory("data", (step(ThemeStep.TAKEN, since - MINUTE), step(ThemeStep.CLOSED, inside, "Told."))),
        ThemeStory("access", (step(ThemeStep.CLOSED, inside, "Told."), step(ThemeStep.REOPENED, inside + MINUTE))),
        ThemeStory("support", (step(ThemeStep.CLOSED, since - MINUTE, "Last month."),)),
        ThemeStory("training", (step(ThemeStep.TAKEN, inside), step(ThemeStep.CLOSED, until, "Next month."))),
        ThemeStory("ai_rules"),
    ]
    assert told(stories, "2026-05") == (("tools", "training"), (("data", "Told."),))
    assert told(stories, "2026-06") == ((), (("training", "Next month."),))


def test_a_month_in_which_nothing_happened_is_not_worth_a_note() -> None:
    assert not NoteFacts(COHORT).worth_telling
    assert NoteFacts(COHORT, ripples=1).worth_telling
    assert not NoteFacts(COHORT, held=3, over=True).worth_telling
    assert NoteFacts(COHORT, taken=("data",), over=True).worth_telling
