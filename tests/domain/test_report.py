"""Figures as arithmetic on cells, lights from sessions alone, and the one thing of the week."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.disclosure import Withheld
from bot.domain.report.activity import (
    Concern,
    History,
    Light,
    activity,
    check,
    counted,
    days_since_last,
    newly,
)
from bot.domain.report.facts import Promises
from bot.domain.report.figures import Bounds, Figure, Section, Share, added_up, bounds_of, share_of
from bot.domain.report.one_thing import choose, holding, kept
from storage.records.match import Pair, PairState
from storage.records.meet import Hindrance, Session, SessionState
from storage.records.report import Cell, FigureKind, Release

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)  # a Monday
ZONE = "Europe/Berlin"
QUESTIONS = ("learn", "help", "advocate", "introduce")


def release(n: int, low: int, high: int, days_ago: int = 0) -> Release:
    cells = tuple(Cell(name, low, high) for name in QUESTIONS)
    at = NOW - timedelta(days=days_ago)
    return Release(f"r{days_ago}", "T1", "c1", FigureKind.RECIPROCITY, "w", n, cells, False, at)


def test_releases_add_up_bound_by_bound() -> None:
    found = added_up([release(10, 8, 10, 28), release(7, 0, 2), release(8, 4, 4)], ZONE)
    assert found is not None
    assert (found.n, found.releases, found.newest) == (25, 3, date(2026, 5, 4))
    assert found.figures[0] == Figure("learn", 12, 16)


@pytest.mark.parametrize(("least", "fewest"), [(5, 5), (8, 7), (12, 7)])
def test_what_is_said_of_a_groups_size_is_true_of_groups_from_before_the_number_was_raised(
    least: int, fewest: int
) -> None:
    known = added_up([release(10, 8, 10, 28), release(7, 0, 2)], ZONE)
    assert known is not None
    assert Section(known, None, least, 2 * least).fewest == fewest
    assert Section(replace(known, steps=()), None, least, 2 * least).fewest == 5, "stored before rounds were"
    assert Section(None, Withheld.FEW, least, 2 * least).fewest == least


def test_before_the_first_release_there_is_no_figure() -> None:
    assert added_up([], ZONE) is None


@pytest.mark.parametrize(
    ("low", "high", "n", "share", "bounds"),
    [
        (11, 17, 25, Share.HALF, Bounds.BETWEEN),
        (18, 25, 25, Share.MOST, Bounds.AT_LEAST),
        (0, 7, 25, Share.FEW, Bounds.AT_MOST),
        (6, 11, 25, Share.THIRD, Bounds.BETWEEN),
        (3, 3, 5, Share.TWO_THIRDS, Bounds.EXACT),
        (0, 2, 5, Share.UNDER_HALF, Bounds.AT_MOST),
        (3, 5, 5, Share.OVER_HALF, Bounds.AT_LEAST),
        (12, 20, 24, Share.HALF_OR_MORE, Bounds.BETWEEN),
        (4, 12, 24, Share.HALF_OR_LESS, Bounds.BETWEEN),
        (11, 20, 24, Share.WIDE, Bounds.BETWEEN),
    ],
)
def test_a_figure_is_said_in_a_word_and_an_interval(low: int, high: int, n: int, share: Share, bounds: Bounds) -> None:
    assert share_of(Figure("help", low, high), n) is share
    assert bounds_of(Figure("help", low, high), n) is bounds


@given(st.lists(st.tuples(st.integers(5, 40), st.integers(0, 40)), min_size=1, max_size=8))
def test_the_sum_of_truths_lies_in_the_sum_of_cells(rows: list[tuple[int, int]]) -> None:
    truths = [(n, min(ones, n)) for n, ones in rows]
    made = [release(n, 0 if t <= 2 else min(t, n - 2), 2 if t <= 2 else n if t >= n - 2 else t) for n, t in truths]
    found = added_up(made, ZONE)
    assert found is not None
    assert found.figures[0].low <= sum(t for _, t in truths) <= found.figures[0].high <= found.n


def pair(days: int, state: PairState = PairState.ACTIVE, name: str = "p1") -> Pair:
    began = NOW - timedelta(days=days)
    return Pair(name, "T1", "c1", f"j-{name}", f"s-{name}", state, None, "", "U1", began, began, None)


def session(days: int, state: SessionState, who: Hindrance | None = None, decided: int | None = None) -> Session:
    """`days` from now, negative in the past; `decided` so many days from now."""
    at = NOW + timedelta(days=days)
    when = NOW + timedelta(days=decided) if decided is not None else at + timedelta(hours=3)
    done = None if state is SessionState.PLANNED else when
    return Session(f"x{days}", "T1", "p1", 1, at, 60, "", state, "s", who, done)


HELD, PLANNED, CANCELLED = SessionState.HELD, SessionState.PLANNED, SessionState.CANCELLED
SENIOR, JUNIOR = Hindrance.SENIOR, Hindrance.JUNIOR


@pytest.mark.parametrize(
    ("age", "sessions", "light", "concerns"),
    [
        (3, [], Light.TOO_EARLY, ()),
        (9, [], Light.TOO_EARLY, ()),
        (10, [], Light.ATTENTION, (Concern.NO_FIRST,)),
        (12, [session(2, PLANNED)], Light.TOO_EARLY, ()),
        (36, [], Light.AT_RISK, (Concern.LONG_QUIET, Concern.NO_FIRST)),
        (60, [session(-20, HELD)], Light.ON_TRACK, ()),
        (60, [session(-22, HELD)], Light.ATTENTION, (Concern.QUIET,)),
        (60, [session(-22, HELD), session(3, PLANNED)], Light.ON_TRACK, ()),
        (60, [session(-36, HELD), session(3, PLANNED)], Light.AT_RISK, (Concern.LONG_QUIET,)),
        (60, [session(-9, HELD), session(-6, CANCELLED, SENIOR, -6)], Light.ON_TRACK, ()),
        (60, [session(-14, HELD), session(-8, CANCELLED, SENIOR, -10)], Light.ATTENTION, (Concern.NOT_REBOOKED,)),
        (60, [session(-14, HELD), session(-8, CANCELLED, JUNIOR, -10)], Light.ON_TRACK, ()),
        (60, [session(-14, HELD), session(-8, CANCELLED, SENIOR, -10), session(4, PLANNED)], Light.ON_TRACK, ()),
        (
            60,
            [session(-14, HELD), session(-8, CANCELLED, SENIOR), session(-4, CANCELLED, SENIOR), session(4, PLANNED)],
            Light.AT_RISK,
            (Concern.TWICE,),
        ),
        (60, [session(-8, CANCELLED, SENIOR), session(-6, CANCELLED, SENIOR), session(-3, HELD)], Light.ON_TRACK, ()),
    ],
)
def test_a_light_follows_from_sessions_alone(
    age: int, sessions: list[Session], light: Light, concerns: tuple[Concern, ...]
) -> None:
    found = check(History(pair(age), tuple(sessions)), 14, NOW, ZONE)
    assert (found.light, found.concerns) == (light, concerns)


def test_a_paused_pair_is_left_in_peace() -> None:
    found = check(History(pair(90, PairState.PAUSED), ()), 14, NOW, ZONE)
    assert (found.light, found.concerns) == (Light.PAUSED, ())


def test_each_pair_is_counted_under_its_worst_concern() -> None:
    checked = [check(History(pair(36, name=f"p{n}"), ()), 14, NOW, ZONE) for n in range(3)]
    assert counted(checked) == ((Concern.LONG_QUIET, 3),)


def test_a_flag_is_new_only_once() -> None:
    history = [History(pair(10), ())]
    yesterday = [check(h, 14, NOW - timedelta(days=1), ZONE) for h in history]
    today = [check(h, 14, NOW, ZONE) for h in history]
    assert newly(yesterday, today) == ((Concern.NO_FIRST, 1),)
    assert newly(today, today) == ()


def test_cancellations_are_counted_by_side_and_held_sessions_by_when_they_began() -> None:
    sessions = (
        session(-9, HELD), session(-5, HELD), session(-3, CANCELLED, SENIOR), session(-2, CANCELLED, JUNIOR),
        session(-1, CANCELLED, Hindrance.OTHER), session(-4, SessionState.MOVED), session(5, PLANNED),
    )  # fmt: skip
    found = activity([History(pair(40), sessions)], NOW - timedelta(days=7), NOW, NOW)
    cancelled = (found.cancelled_by_senior, found.cancelled_by_junior, found.cancelled_other)
    assert (found.held, found.planned, found.moved, cancelled) == (1, 1, 1, (1, 1, 1))
    assert (found.pairs, found.with_next) == (1, 1)


def test_a_pair_that_has_had_all_its_sessions_needs_no_next_date() -> None:
    met = History(pair(40), (session(-9, HELD), session(-2, HELD)), wanted=2)
    found = activity([met, replace(met, wanted=3), History(pair(9), (session(2, PLANNED),), wanted=1)], NOW, NOW, NOW)
    assert (found.pairs, found.with_next, found.met_all) == (2, 1, 1)


def test_nobody_is_asked_to_book_two_sessions_when_the_cohort_ends() -> None:
    unbooked = replace(QUIET_WEEK, pairs=3, with_next=1)
    last = holding(16, 16, unbooked, [], Promises(0, 0, 0), waiting_people=0, published=True)
    assert "pairs_unbooked" not in last
    assert "pairs_unbooked" in holding(9, 16, unbooked, [], Promises(0, 0, 0), waiting_people=0, published=True)


def test_nobody_is_asked_to_see_to_first_dates_where_there_are_no_pairs() -> None:
    for pairs in (0, 1):
        week = replace(QUIET_WEEK, pairs=pairs)
        found = holding(1, 16, week, [], Promises(0, 0, 0), waiting_people=0, published=False)
        assert ("first_weeks" in found) is bool(pairs)


def test_ended_pairs_keep_their_sessions_in_the_counts_but_need_no_next_date() -> None:
    over = History(pair(40, PairState.ENDED), (session(-2, HELD),))
    found = activity([over], NOW - timedelta(days=7), NOW, NOW)
    assert (found.held, found.pairs) == (1, 0)


def test_the_median_counts_running_pairs_that_have_met() -> None:
    met = [History(pair(40, name=str(n)), (session(-n, HELD),)) for n in (3, 5, 30)]
    assert days_since_last([*met, History(pair(40), ())], NOW) == 5
    assert days_since_last([], NOW) is None


QUIET_WEEK = activity([], NOW, NOW, NOW)
THINGS = [("a", "seniors_cancelling"), ("b", "pairs_unbooked"), ("c", "pairs_unbooked"), ("d", "always")]


def test_what_holds_follows_from_activity_and_whether_anything_was_published() -> None:
    found = holding(
        8, 16, QUIET_WEEK, [(Concern.TWICE, 1)], Promises(2, 1, 1), waiting_people=1, published=False
    )  # fmt: skip
    assert found == {
        "seniors_cancelling", "promises_slipping", "people_waiting", "halfway", "answers_waiting", "always",
    }  # fmt: skip


@given(st.lists(st.sampled_from("abcd"), max_size=30), st.sets(st.sampled_from([one for _, one in THINGS])))
def test_what_is_kept_of_the_things_shown_chooses_as_all_of_them_would(shown: list[str], holds: set[str]) -> None:
    little: tuple[str, ...] = ()
    for thing in shown:
        little = kept(little, thing)
    assert len(little) <= len(THINGS) + 2
    assert choose(THINGS, frozenset(holds), little) == choose(THINGS, frozenset(holds), shown)


def test_the_first_thing_that_fits_is_shown_and_not_three_weeks_running() -> None:
    conditions = frozenset({"pairs_unbooked", "always"})
    assert choose(THINGS, conditions, []) == "b"
    assert choose(THINGS, conditions, ["b"]) == "c"
    assert choose(THINGS, conditions, ["b", "c"]) == "d"
    assert choose(THINGS, conditions, ["b", "c", "d"]) == "b"
    assert choose(THINGS, frozenset({"always"}), ["d", "d"]) == "d"


def test_what_a_pair_that_has_ended_had_planned_does_not_count_as_called_off() -> None:
    ahead = tuple(session(n, CANCELLED, Hindrance.OTHER, decided=-1) for n in (1, 14, 28))
    over = replace(pair(40, PairState.ENDED), ended_at=NOW - timedelta(days=1))
    week = NOW - timedelta(days=7), NOW
    assert activity([History(over, ahead)], *week, NOW).cancelled_other == 0
    assert activity([History(pair(40), ahead)], *week, NOW).cancelled_other == 3
