"""The gate: who is drawn, what a cell says, and that nothing about answers can decide anything."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.disclosure import Drawn, Standing, Withheld, draw, least, make_release, needed
from bot.domain.report.kinds import NAMES
from storage.records.checkin import Question
from storage.records.programme import Cohort, CohortState, Purpose
from storage.records.report import FigureKind, Release, Waiting

NOW = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)
ALL = frozenset(Question)


def cohort(k: int = 5, clamp: int = 2) -> Cohort:
    return Cohort(
        "c1",
        "T1",
        "Spring",
        Purpose.FREE,
        date(2026, 3, 2),
        date(2026, 7, 31),
        6,
        14,
        False,
        CohortState.OPEN,
        k,
        clamp,
    )


def urn(n: int, seniors: int = 50, spent: int = 0) -> list[Waiting]:
    return [Waiting(f"p{i:03}", f"s{i % seniors:03}", f"a{i:03}", i < spent) for i in range(n)]


def standing(
    *, juniors: int = 40, releases: tuple[Release, ...] = (), ended: bool = False, k: int = 5, clamp: int = 2,
    now: datetime = NOW,
) -> Standing:  # fmt: skip
    return Standing(
        cohort(k, clamp),
        FigureKind.RECIPROCITY,
        NAMES[FigureKind.RECIPROCITY],
        releases,
        juniors,
        ended,
        now,
        "Europe/Berlin",
    )


def release(days_ago: int, closing: bool = False) -> Release:
    at = NOW - timedelta(days=days_ago)
    year, week, _ = at.isocalendar()
    return Release("r", "T1", "c1", FigureKind.RECIPROCITY, f"{year}-W{week:02}", 5, (), closing, at)


def drawn_of(outcome: Drawn | Withheld) -> Drawn:
    assert isinstance(outcome, Drawn)
    return outcome


def test_half_are_drawn_when_4k_wait() -> None:
    outcome = drawn_of(draw(urn(20), standing(releases=(release(7),)), random.Random(1).sample))
    assert len(outcome.members) == 10


def test_one_short_of_4k_waits_until_four_weeks_have_passed() -> None:
    assert draw(urn(19), standing(releases=(release(27),)), random.Random(1).sample) is Withheld.WAITING
    assert len(drawn_of(draw(urn(19), standing(releases=(release(28),)), random.Random(1).sample)).members) == 9


def test_four_weeks_are_four_weeks_though_the_clocks_changed_in_between() -> None:
    now = datetime(2026, 4, 20, 7, 0, tzinfo=UTC)  # 09:00 in Berlin; 28 days before it was 08:00 UTC
    before = datetime(2026, 3, 23, 8, 0, tzinfo=UTC)
    earlier = Release("r", "T1", "c1", FigureKind.RECIPROCITY, "2026-W13", 5, (), False, before)
    assert isinstance(draw(urn(10), standing(releases=(earlier,), now=now), random.Random(1).sample), Drawn)


def test_the_first_draw_of_2k_counts_four_weeks_from_the_cohorts_start() -> None:
    early = datetime(2026, 3, 23, 8, tzinfo=UTC)
    assert draw(urn(10), standing(now=early), random.Random(1).sample) is Withheld.WAITING
    assert isinstance(draw(urn(10), standing(now=early + timedelta(days=7)), random.Random(1).sample), Drawn)


def test_fewer_than_2k_are_never_drawn_however_long_they_wait() -> None:
    assert draw(urn(9), standing(releases=(release(300),)), random.Random(1).sample) is Withheld.WAITING


def test_nothing_is_drawn_twice_in_one_iso_week() -> None:
    assert draw(urn(40), standing(releases=(release(0),)), random.Random(1).sample) is Withheld.WAITING


def test_a_small_cohort_has_no_running_figure() -> None:
    assert draw(urn(9), standing(juniors=9), random.Random(1).sample) is Withheld.SMALL


def test_a_small_cohort_closes_with_everybody_once() -> None:
    outcome = drawn_of(draw(urn(7), standing(juniors=9, ended=True), random.Random(1).sample))
    assert len(outcome.members) == 7
    assert outcome.closing


def test_a_small_cohort_with_four_answers_says_nothing_ever() -> None:
    assert draw(urn(4), standing(juniors=9, ended=True), random.Random(1).sample) is Withheld.ENDED


def test_a_cohort_that_shrank_after_a_release_gets_no_closing_figure() -> None:
    outcome = draw(urn(9), standing(juniors=9, ended=True, releases=(release(60),)), random.Random(1).sample)
    assert outcome is Withheld.ENDED


def test_a_cohort_with_a_closing_figure_gets_no_running_one() -> None:
    outcome = draw(urn(40), standing(releases=(release(60, closing=True),)), random.Random(1).sample)
    assert outcome is Withheld.ENDED


def test_what_is_left_in_a_large_cohort_at_the_end_is_never_published() -> None:
    assert draw(urn(9), standing(ended=True), random.Random(1).sample) is Withheld.ENDED


def test_two_seniors_are_too_few() -> None:
    assert draw(urn(20, seniors=2), standing(), random.Random(1).sample) is Withheld.SENIORS


def test_a_closing_figure_spans_three_seniors_too() -> None:
    assert draw(urn(7, seniors=2), standing(juniors=8, ended=True), random.Random(1).sample) is Withheld.SENIORS


def test_a_senior_with_most_of_the_juniors_never_has_more_than_half_of_a_draw() -> None:
    pool = [Waiting(f"p{i:03}", "boss" if i < 13 else f"s{i}", f"a{i:03}", False) for i in range(20)]
    for seed in range(30):
        members = drawn_of(draw(pool, standing(), random.Random(seed).sample)).members
        assert Counter(m.senior_id for m in members)["boss"] <= 5


def test_k_and_clamp_are_never_less_than_five_and_two_whatever_is_stored() -> None:
    assert least(cohort(k=1, clamp=0)) == 5
    assert isinstance(draw(urn(9), standing(k=1, clamp=0), random.Random(1).sample), Withheld)
    found = make_release("r", Drawn(tuple(urn(5)), False), {f"a{i:03}": ALL for i in range(5)}, standing(k=1, clamp=0))
    assert [(c.low, c.high) for c in found.cells] == [(3, 5)] * 4


def test_a_higher_clamp_asks_for_more_people_so_that_its_two_ends_never_meet() -> None:
    assert needed(cohort(clamp=4)) == 18
    assert draw(urn(17), standing(clamp=4, releases=(release(60),)), random.Random(1).sample) is Withheld.WAITING


@pytest.mark.parametrize(
    ("ones", "cell"), [(0, (0, 2)), (2, (0, 2)), (3, (3, 3)), (6, (6, 6)), (7, (7, 7)), (8, (8, 10)), (10, (8, 10))]
)
def test_a_cell_is_clamped_at_both_ends(ones: int, cell: tuple[int, int]) -> None:
    drawn = Drawn(tuple(urn(10)), False)
    found = make_release("r", drawn, {f"a{i:03}": ALL for i in range(ones)}, standing())
    assert {(c.low, c.high) for c in found.cells} == {cell}
    assert [c.name for c in found.cells] == list(NAMES[FigureKind.RECIPROCITY])


pools = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 8), st.booleans()), max_size=60, unique_by=lambda row: row[0]
).map(lambda rows: [Waiting(f"p{i:03}", f"s{s}", f"a{i:03}", spent) for i, s, spent in rows])


@given(
    pool=pools, seed=st.integers(0, 99), k=st.integers(1, 8), clamp=st.integers(0, 4), days=st.integers(7, 60),
    ended=st.booleans(), juniors=st.integers(0, 60), had=st.booleans(),
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_every_draw_keeps_every_rule(
    pool: list[Waiting], seed: int, k: int, clamp: int, days: int, ended: bool, juniors: int, had: bool
) -> None:
    earlier = (release(days),) if had else ()
    now = standing(k=k, clamp=clamp, ended=ended, juniors=juniors, releases=earlier)
    outcome = draw(pool, now, random.Random(seed).sample)
    if isinstance(outcome, Withheld):
        return
    people = [m.person_id for m in outcome.members]
    seniors = Counter(m.senior_id for m in outcome.members)
    waiting = {w.person_id for w in pool if not w.spent}
    assert len(set(people)) == len(people) >= max(5, k)
    assert set(people) <= waiting
    assert len(seniors) >= 3
    assert 2 * max(seniors.values()) <= len(people)
    if outcome.closing:
        assert juniors < 10 and ended and not had
        assert set(people) == waiting
    else:
        assert juniors >= 10
        assert len(waiting) >= needed(now.cohort)
        assert len(people) == len(waiting) // 2
    assert len(people) >= 2 * max(2, clamp) + 1


@given(pool=pools, seed=st.integers(0, 99), ones=st.sets(st.integers(0, 60)))
@settings(max_examples=150, deadline=None)
def test_who_is_drawn_never_depends_on_what_was_answered(pool: list[Waiting], seed: int, ones: set[int]) -> None:
    """The decision is not even handed the answers; a release with others has the same n, week and members."""
    first = draw(pool, standing(), random.Random(seed).sample)
    second = draw(list(reversed(pool)), standing(), random.Random(seed).sample)
    assert first == second
    if isinstance(first, Drawn):
        counted = {f"a{i:03}": ALL for i in ones}
        some, none = (make_release("r", first, given_, standing()) for given_ in (counted, {}))
        assert (some.n, some.week, some.closing) == (none.n, none.week, none.closing)


@given(n=st.integers(5, 40), ones=st.integers(0, 40), clamp=st.integers(2, 6))
def test_the_truth_lies_in_the_cell_and_neither_nobody_nor_everybody_shows(n: int, ones: int, clamp: int) -> None:
    n, ones = max(n, 2 * clamp + 1), min(ones, n)
    counted = {f"a{i:03}": ALL for i in range(ones)}
    cell = make_release("r", Drawn(tuple(urn(n)), False), counted, standing(clamp=clamp)).cells[0]
    assert cell.low <= ones <= cell.high
    assert cell.high >= clamp and cell.low <= n - clamp
    assert cell.low == cell.high or cell.high - cell.low == clamp
