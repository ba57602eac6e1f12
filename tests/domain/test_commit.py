"""What a promise must hold, when it is asked about, and what can be taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commit import (
    DUE_ON,
    TEXT,
    TEXT_LENGTH,
    Moment,
    What,
    ask_noticed_at,
    may_undo,
    ordered,
    problems,
    reminders,
    undone,
)
from bot.domain.when import is_quiet, is_working, local_day
from storage.records.commit import Commitment, CommitmentKind, CommitmentState

TODAY = date(2026, 3, 4)
NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
COMMITMENT = Commitment(
    id="k1", team_id="T1", pair_id="p1", owner_id="bo", checkin_id=None, kind=CommitmentKind.HELP, text="lend the desk",
    due_on=date(2026, 3, 20), moved=0, state=CommitmentState.OPEN, created_at=NOW, done_at=None, changed_at=NOW,
)  # fmt: skip
ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Apia", "America/Santiago"])


def test_a_promise_needs_words_and_a_day_ahead() -> None:
    assert [(p.key, p.field) for p in problems("  ", None, TODAY)] == [
        ("common.errors.empty", TEXT),
        ("commit.refused.no_day", DUE_ON),
    ]


@pytest.mark.parametrize(
    ("day", "key"),
    [(TODAY, "past_day"), (TODAY - timedelta(1), "past_day"), (TODAY + timedelta(400), "far_day")],
)
def test_a_day_that_is_not_ahead_or_too_far_is_refused(day: date, key: str) -> None:
    assert [p.key for p in problems("x", day, TODAY)] == [f"commit.refused.{key}"]


def test_a_long_promise_is_refused_and_the_longest_is_not() -> None:
    assert [p.key for p in problems("x" * (TEXT_LENGTH + 1), TODAY + timedelta(1), TODAY)] == ["common.errors.too_long"]
    assert problems("x" * TEXT_LENGTH, TODAY + timedelta(1), TODAY) == []


@given(st.dates(date(2025, 1, 1), date(2028, 1, 1)), st.integers(1, 40), ZONES)
def test_it_is_asked_about_in_order_in_working_hours_and_never_in_the_past(due: date, ahead: int, zone: str) -> None:
    now = datetime(due.year, due.month, due.day, 12, tzinfo=UTC) - timedelta(days=ahead)
    moments = reminders(due, now, zone)
    assert list(moments.values()) == sorted(set(moments.values()))
    for at in moments.values():
        assert at > now
        assert is_working(local_day(at, zone))
    assert local_day(moments[Moment.AFTER], zone) >= due + timedelta(days=7)
    assert Moment.DAY not in moments or local_day(moments[Moment.DAY], zone) <= due


def test_a_sunday_is_asked_about_on_friday_once() -> None:
    moments = reminders(date(2026, 3, 22), NOW, "Europe/Berlin")
    assert list(moments) == [Moment.DAY, Moment.AFTER]
    assert moments[Moment.DAY] == datetime(2026, 3, 20, 9, tzinfo=UTC)


@given(st.integers(0, 3 * 365 * 24 * 60), ZONES)
def test_the_junior_is_asked_three_days_later_out_of_quiet_hours(minutes: int, zone: str) -> None:
    moment = NOW + timedelta(minutes=minutes)
    at = ask_noticed_at(moment, zone)
    assert at >= moment + timedelta(days=3)
    assert not is_quiet(at, zone)


def test_moved_twice_is_slipping_until_it_is_done() -> None:
    assert not replace(COMMITMENT, moved=1).slipping
    assert replace(COMMITMENT, moved=2).slipping
    assert not replace(COMMITMENT, moved=2, state=CommitmentState.DONE).slipping


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({}, [What.MADE]),
        ({"state": CommitmentState.DONE}, [What.DONE]),
        ({"state": CommitmentState.DROPPED}, [What.DROPPED]),
        ({"moved": 1, "due_before": TODAY}, [What.MOVED]),
        ({"moved": 1}, []),
    ],
)
def test_only_the_last_change_can_be_taken_back(changes: dict[str, object], what: list[What]) -> None:
    assert list(undone(replace(COMMITMENT, **changes))) == what  # type: ignore[arg-type]


def test_taking_a_move_back_restores_the_day_and_the_count() -> None:
    moved = replace(COMMITMENT, moved=2, due_before=TODAY)
    assert undone(moved)[What.MOVED] == {"due_on": TODAY, "due_before": None, "moved": 1}


def test_ten_minutes_are_counted_from_the_change_and_for_a_new_one_from_its_making() -> None:
    late = NOW + timedelta(minutes=10)
    changed = replace(COMMITMENT, changed_at=late)
    assert may_undo(changed, What.DONE, late + timedelta(minutes=9))
    assert not may_undo(changed, What.DONE, late + timedelta(minutes=10))
    assert not may_undo(changed, What.MADE, late)


def test_open_ones_come_first_by_day_and_dropped_ones_not_at_all() -> None:
    late, soon = replace(COMMITMENT, id="late"), replace(COMMITMENT, id="soon", due_on=date(2026, 3, 10))
    done = replace(COMMITMENT, id="done", state=CommitmentState.DONE)
    dropped = replace(COMMITMENT, id="dropped", state=CommitmentState.DROPPED)
    assert [c.id for c in ordered([done, late, dropped, soon])] == ["soon", "late", "done"]
