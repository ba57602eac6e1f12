"""When people are asked, what an answer must hold, what may be copied, and what counts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking import ask_times, day_after
from bot.domain.checkin import (
    AT_LEAST,
    OPEN_FOR,
    OPTIONS,
    PROMISED,
    Mark,
    asks_by_when,
    checked,
    closes_at,
    copied,
    counts,
    mark_of,
    may_answer,
    passed,
    runs,
    shown_again,
)
from bot.domain.refusals import Refusal
from bot.domain.when import UNDO, Calendar, is_quiet, local_day, never_off
from prompts import load
from storage.records.checkin import Answer, AnswerSheet, Checkin, CheckinState, Learner, Question
from storage.records.enrol import Side
from storage.records.match import PairState

TODAY = date(2026, 3, 4)
ZONES = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Apia",
     "Australia/Lord_Howe", "America/Santiago", "UTC"]
)  # fmt: skip
SIX_YEARS = 6 * 365 * 24 * 60
MOMENTS = st.integers(0, SIX_YEARS).map(lambda n: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=n))
HOLIDAYS = st.frozensets(st.integers(0, 6), max_size=2).map(lambda days: lambda day: day.weekday() in days)
CALENDARS = st.builds(Calendar, ZONES, HOLIDAYS)
HOURS = st.none() | st.integers(1, 96)
JITTER = st.integers(-20, 20).map(lambda n: timedelta(minutes=n))
DELAYS = st.integers(0, 20 * 24 * 60).map(lambda n: timedelta(minutes=n))

CHECKIN = Checkin(
    id="c1", team_id="T1", session_id="s1", pair_id="p1", person_id="ana", side=Side.JUNIOR, state=CheckinState.SENT,
    due_at=datetime(2026, 3, 3, 9, tzinfo=UTC), closes_at=datetime(2026, 3, 16, 9, tzinfo=UTC), answered_at=None,
)  # fmt: skip


@st.composite
def sheets(draw: st.DrawFn) -> AnswerSheet:
    """Any complete sheet, promised days included, past or ahead."""
    answers = []
    for question in Question:
        option = draw(st.sampled_from(OPTIONS[question]))
        day = draw(st.dates(TODAY - timedelta(60), TODAY + timedelta(60))) if option == PROMISED else None
        answers.append(Answer(question, option, draw(st.text(max_size=20)), day))
    return AnswerSheet(tuple(answers), draw(st.none() | st.sampled_from(Learner)), ("tools",))


def sheet(
    learn: str = "changed", help: str = "done", advocate: str = "not_yet", introduce: str = "talked"
) -> AnswerSheet:
    chosen = zip(Question, (learn, help, advocate, introduce), strict=True)
    return AnswerSheet(tuple(Answer(question, option) for question, option in chosen))


def promised(day: date | None) -> AnswerSheet:
    """A sheet whose second answer is a promise for that day."""
    given = sheet(help=PROMISED)
    return replace(
        given, answers=tuple(replace(a, by_when=day if a.option == PROMISED else None) for a in given.answers)
    )


def keys(result: AnswerSheet | list[Refusal]) -> list[tuple[str, str | None]]:
    assert isinstance(result, list)
    return [(problem.key, problem.field) for problem in result]


@given(MOMENTS, DELAYS, CALENDARS, CALENDARS, HOURS, JITTER)
def test_nobody_is_asked_in_quiet_hours_or_too_soon(
    ended: datetime, delay: timedelta, junior: Calendar, senior: Calendar, hours: int | None, jitter: timedelta
) -> None:
    now = ended + delay
    asked = ask_times(ended, now, junior, senior, after_hours=hours, jitter=jitter)
    rest = timedelta(hours=12 if hours is None else hours)
    for at, who in zip(asked, (junior, senior), strict=True):
        assert at >= max(ended + rest, now + UNDO)
        assert not is_quiet(at, who.zone, who.off)


@given(MOMENTS, DELAYS, CALENDARS, CALENDARS, HOURS, JITTER)
def test_both_are_asked_at_one_moment_or_each_on_their_own_morning(
    ended: datetime, delay: timedelta, junior: Calendar, senior: Calendar, hours: int | None, jitter: timedelta
) -> None:
    asked = ask_times(ended, ended + delay, junior, senior, after_hours=hours, jitter=jitter)
    if asked[0] != asked[1]:
        for at, who in zip(asked, (junior, senior), strict=True):
            clock = at.astimezone(ZoneInfo(who.zone))
            assert abs((clock.hour * 60 + clock.minute) - 600) <= 20 or at == ended + delay + UNDO


@given(MOMENTS, CALENDARS, CALENDARS)
def test_one_thing_more_is_asked_on_another_day_of_each_and_never_in_quiet_hours(
    asked: datetime, junior: Calendar, senior: Calendar
) -> None:
    for at, who in zip(day_after(asked, junior, senior), (junior, senior), strict=True):
        assert not is_quiet(at, who.zone, who.off, who.prefs)
        assert at >= asked + timedelta(hours=12)
        if not is_quiet(asked, who.zone, who.off, who.prefs):
            assert local_day(at, who.zone) > local_day(asked, who.zone)


@given(MOMENTS, ZONES, JITTER)
def test_two_people_of_one_place_are_always_asked_together(ended: datetime, zone: str, jitter: timedelta) -> None:
    here = Calendar(zone, never_off)
    one, other = ask_times(ended, ended, here, here, after_hours=None, jitter=jitter)
    assert one == other


def test_an_afternoon_session_is_asked_about_the_next_working_morning_at_ten() -> None:
    berlin = Calendar("Europe/Berlin", never_off)
    friday = datetime(2026, 3, 6, 15, tzinfo=UTC)
    asked, _ = ask_times(friday, friday, berlin, berlin, after_hours=None, jitter=timedelta(0))
    assert asked == datetime(2026, 3, 9, 9, tzinfo=UTC)


def test_where_new_york_still_sleeps_berlin_waits_for_the_first_hour_of_both() -> None:
    berlin, york = Calendar("Europe/Berlin", never_off), Calendar("America/New_York", never_off)
    ended = datetime(2026, 3, 3, 15, tzinfo=UTC)
    asked = ask_times(ended, ended, berlin, york, after_hours=None, jitter=timedelta(0))
    assert asked == (datetime(2026, 3, 4, 14, tzinfo=UTC),) * 2


def test_coordinators_may_choose_hours_after_the_session() -> None:
    berlin = Calendar("Europe/Berlin", never_off)
    ended = datetime(2026, 3, 3, 9, tzinfo=UTC)
    asked, _ = ask_times(ended, ended, berlin, berlin, after_hours=4, jitter=timedelta(0))
    assert asked == datetime(2026, 3, 3, 13, tzinfo=UTC)


@given(MOMENTS, DELAYS)
def test_it_stays_open_for_fourteen_days_and_at_least_a_week_after_being_asked(
    ended: datetime, delay: timedelta
) -> None:
    closes = closes_at(ended, ended + delay)
    assert closes >= ended + OPEN_FOR
    assert closes >= ended + delay + AT_LEAST
    assert closes in (ended + OPEN_FOR, ended + delay + AT_LEAST)


def test_the_codes_are_those_of_the_words_and_what_counts_is_the_same() -> None:
    content = load().content
    for question in Question:
        options = content.question(question.value).options
        assert OPTIONS[question] == tuple(option.code for option in options)
        for option in options:
            assert counts(question, option.code) is option.counts
            assert asks_by_when(question, option.code) is option.asks_by_when


def test_a_promise_a_refusal_to_say_and_no_answer_at_all_do_not_count() -> None:
    for question in Question:
        assert [counts(question, option) for option in (PROMISED, "early", "pass", "no", None)] == [False] * 5


@given(sheets())
def test_what_was_accepted_is_accepted_again_unchanged(given_: AnswerSheet) -> None:
    result = checked(given_, TODAY, ["tools"])
    if not isinstance(result, list):
        assert checked(result, TODAY, ["tools"]) == result
        assert [a.question for a in result.answers] == list(Question)


@given(sheets())
def test_a_day_is_kept_beside_a_promise_only(given_: AnswerSheet) -> None:
    dated = replace(given_, answers=tuple(replace(a, by_when=TODAY) for a in given_.answers))
    result = checked(dated, TODAY, ["tools"])
    assert isinstance(result, AnswerSheet)
    assert all((a.by_when is not None) == (a.option == PROMISED) for a in result.answers)


@pytest.mark.parametrize(
    ("day", "key"),
    [(None, "by_when"), (TODAY - timedelta(1), "past_day"), (TODAY + timedelta(400), "far_day")],
)
def test_a_promise_needs_a_day_that_lies_ahead(day: date | None, key: str) -> None:
    assert keys(checked(promised(day), TODAY, [])) == [(f"checkin.refused.{key}", "checkin.by_when:help")]


def test_a_promise_for_today_is_fine() -> None:
    assert isinstance(checked(promised(TODAY), TODAY, []), AnswerSheet)


def test_each_missing_or_unknown_answer_is_named_under_its_question() -> None:
    assert keys(checked(AnswerSheet((Answer(Question.LEARN, "talked"),)), TODAY, [])) == [
        ("common.errors.pick_one", f"checkin.option:{question}") for question in Question
    ]


def test_an_example_that_is_too_long_is_named_under_its_field() -> None:
    given_ = sheet()
    long = replace(given_, answers=(replace(given_.answers[0], example="x" * 501), *given_.answers[1:]))
    assert keys(checked(long, TODAY, [])) == [("common.errors.too_long", "checkin.example:learn")]


def test_a_theme_of_another_purpose_is_refused() -> None:
    assert keys(checked(replace(sheet(), themes=("meetings",)), TODAY, ["tools"])) == [
        ("common.errors.at_most", "checkin.themes")
    ]


@given(sheets())
def test_nothing_new_copies_options_and_days_and_nothing_else(previous: AnswerSheet) -> None:
    again = copied(previous, TODAY)
    if again is None:
        assert passed(previous, date.min, TODAY)
    else:
        assert [(a.option, a.by_when) for a in again.answers] == [(a.option, a.by_when) for a in previous.answers]
        assert [a.example for a in again.answers] == [""] * 4
        assert (again.learner, again.themes) == (None, ())
        assert isinstance(checked(again, TODAY, []), AnswerSheet)


def test_a_sheet_with_a_question_missing_is_not_copied() -> None:
    assert copied(AnswerSheet(sheet().answers[:3]), TODAY) is None


@given(sheets())
def test_a_passed_day_is_not_offered_again(previous: AnswerSheet) -> None:
    shown = shown_again(previous, TODAY, examples=False)
    assert all(a.by_when is None or a.by_when >= TODAY for a in shown.answers)


def test_examples_come_back_only_where_the_same_checkin_is_changed() -> None:
    before = replace(sheet(), answers=tuple(replace(a, example="mine") for a in sheet().answers), themes=("tools",))
    assert shown_again(before, TODAY, examples=True) == before
    assert shown_again(before, TODAY, examples=False).answers[0].example == ""


def test_a_promised_day_counts_as_passed_from_the_day_after_until_the_next_look() -> None:
    due = promised(TODAY)
    assert passed(due, TODAY - timedelta(7), TODAY) == ()
    assert passed(due, TODAY - timedelta(7), TODAY + timedelta(1)) == (Question.HELP,)
    assert passed(due, TODAY + timedelta(1), TODAY + timedelta(8)) == ()


def test_a_mark_is_made_of_what_happened_what_is_on_its_way_what_is_not_and_what_was_not_said() -> None:
    marks = {option: mark_of(q, option) for q in Question for option in OPTIONS[q]}
    assert {one for one, mark in marks.items() if mark is Mark.HAPPENED} == {"changed", "done", "known", "talked"}
    assert {one for one, mark in marks.items() if mark is Mark.NOT_YET} == {"not_yet", "no"}
    assert {one for one, mark in marks.items() if mark is Mark.UNSAID} == {"early", "pass", "unwanted"}


def test_answers_in_a_row_are_counted_in_order() -> None:
    sheets = [sheet(help=option) for option in ("not_yet", "not_yet", "promised", "done", "not_yet")]
    assert runs(sheets, Question.HELP) == [("not_yet", 2), ("promised", 1), ("done", 1), ("not_yet", 1)]
    assert runs([], Question.HELP) == []


@pytest.mark.parametrize("state", [PairState.ENDED, PairState.COMPLETED, PairState.PROPOSED])
def test_after_the_pair_has_ended_nothing_is_answered(state: PairState) -> None:
    with pytest.raises(Refusal, match="pair_ended"):
        may_answer(CHECKIN, state, CHECKIN.due_at)


@pytest.mark.parametrize("state", [PairState.ACTIVE, PairState.PAUSED])
def test_a_running_pair_may_answer_until_the_check_in_closes(state: PairState) -> None:
    may_answer(CHECKIN, state, CHECKIN.closes_at - timedelta(seconds=1))
    with pytest.raises(Refusal, match="closed"):
        may_answer(CHECKIN, state, CHECKIN.closes_at)


def test_an_expired_check_in_is_closed() -> None:
    with pytest.raises(Refusal, match="closed"):
        may_answer(replace(CHECKIN, state=CheckinState.EXPIRED), PairState.ACTIVE, CHECKIN.due_at)
