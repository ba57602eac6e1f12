"""The gate over every kind of figure: running ones, those asked once, themes; and nobody in two closing figures."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.disclosure import Drawn, Standing, Withheld, clamp_of, draw, least, make_release, needed
from bot.domain.report.kinds import NAMES, ONCE, RUNNING, SENIORS_SAY
from bot.domain.when import iso_week
from storage.records.programme import Cohort, CohortState, Purpose
from storage.records.report import FigureKind, Release, Waiting

NOW = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"
TWO = ("one", "other")


def cohort(cohort_id: str = "c1", k: int = 5, clamp: int = 2) -> Cohort:
    first, last = date(2026, 3, 2), date(2026, 7, 31)
    return Cohort(cohort_id, "T1", "Spring", Purpose.FREE, first, last, 6, 14, False, CohortState.OPEN, k, clamp)


def standing(
    kind: FigureKind, *, releases: Sequence[Release] = (), people: int = 40, ended: bool = True, now: datetime = NOW,
    k: int = 5, clamp: int = 2, elsewhere: frozenset[str] = frozenset(), cohort_id: str = "c1",
) -> Standing:  # fmt: skip
    names = NAMES.get(kind, TWO)
    return Standing(cohort(cohort_id, k, clamp), kind, names, releases, people, ended, now, BERLIN, elsewhere)


def made(kind: FigureKind, days_ago: int, *, closing: bool) -> Release:
    at = NOW - timedelta(days=days_ago)
    return Release("r", "T1", "c1", kind, iso_week(at, BERLIN), 6, (), closing, at)


def urn(n: int, spent: int = 0) -> list[Waiting]:
    return [Waiting(f"p{i:03}", f"s{i:03}", f"a{i:03}", i < spent) for i in range(n)]


kinds = st.sampled_from(list(FigureKind))
pools = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 8), st.booleans()), max_size=50, unique_by=lambda row: row[0]
).map(lambda rows: [Waiting(f"p{i:03}", f"s{s}", f"a{i:03}", spent) for i, s, spent in rows])
closings = st.one_of(st.none(), st.booleans())


@given(
    kind=kinds, pool=pools, seed=st.integers(0, 99), k=st.integers(1, 8), clamp=st.integers(0, 4),
    days=st.integers(0, 60), ended=st.booleans(), people=st.integers(0, 60), earlier=closings,
    elsewhere=st.frozensets(st.integers(0, 50)),
)  # fmt: skip
@settings(deadline=None)
def test_whatever_is_drawn_of_any_kind_keeps_every_rule(
    kind: FigureKind, pool: list[Waiting], seed: int, k: int, clamp: int, days: int, ended: bool, people: int,
    earlier: bool | None, elsewhere: frozenset[int],
) -> None:  # fmt: skip
    others = frozenset(f"p{i:03}" for i in elsewhere)
    before = [] if earlier is None else [made(kind, days, closing=earlier)]
    now = standing(kind, releases=before, people=people, ended=ended, k=k, clamp=clamp, elsewhere=others)
    drawn = draw(pool, now, random.Random(seed).sample)
    if isinstance(drawn, Withheld):
        return
    people_in = {one.person_id for one in drawn.members}
    waiting = {one.person_id for one in pool if not one.spent} - others
    seniors = Counter(one.senior_id for one in drawn.members)
    assert len(people_in) == len(drawn.members) >= least(now.cohort) >= max(5, k, 2 * max(2, clamp) + 1)
    assert people_in <= waiting, "what was spent is never drawn again"
    assert len(seniors) >= 3 and 2 * max(seniors.values()) <= len(drawn.members)
    assert all(release.week != now.week for release in before), "once a week"
    assert drawn.closing == (kind in ONCE or people < 10)
    if drawn.closing:
        assert ended and not before and kind is not FigureKind.THEMES
        assert people_in == waiting, "everybody, but nobody whom another cohort's figures of this kind rule out"
    else:
        assert len(waiting) >= needed(now.cohort) and len(people_in) == len(waiting) // 2
        assert earlier is not True, "never a running figure beside a closing one"
        assert kind is not FigureKind.THEMES or len(waiting) >= 10


@given(kind=kinds, pool=pools, seed=st.integers(0, 99), people=st.integers(0, 60), ones=st.sets(st.integers(0, 50)))
@settings(max_examples=50, deadline=None)
def test_other_answers_of_the_same_members_change_no_decision_and_no_n(
    kind: FigureKind, pool: list[Waiting], seed: int, people: int, ones: set[int]
) -> None:
    now = standing(kind, people=people)
    first = draw(pool, now, random.Random(seed).sample)
    assert first == draw(list(reversed(pool)), now, random.Random(seed).sample)
    if isinstance(first, Drawn):
        some = {f"a{i:03}": frozenset(now.names) for i in ones}
        one, other = make_release("r", first, some, now), make_release("r", first, {}, now)
        assert (one.n, one.week, one.closing, one.kind) == (other.n, other.week, other.closing, other.kind)
        assert [cell.name for cell in one.cells] == [cell.name for cell in other.cells] == list(now.names)


@given(kind=kinds, n=st.integers(5, 40), ones=st.integers(0, 40), clamp=st.integers(0, 6))
@settings(max_examples=100)
def test_a_cell_of_any_kind_holds_the_truth_and_never_nobody_or_everybody(
    kind: FigureKind, n: int, ones: int, clamp: int
) -> None:
    now = standing(kind, clamp=clamp)
    n, edge = max(n, least(now.cohort)), clamp_of(now.cohort)
    ones = min(ones, n)
    counted = {f"a{i:03}": frozenset(now.names) for i in range(ones)}
    for cell in make_release("r", Drawn(tuple(urn(n)), closing=False), counted, now).cells:
        assert cell.low <= ones <= cell.high
        if kind is FigureKind.THEMES:
            assert (cell.low, cell.high) in ((0, edge), (edge + 1, n)), "a theme is there or it is not"
        else:
            assert cell.low <= n - edge and cell.high >= edge
            assert cell.low == cell.high or cell.high - cell.low == edge


@pytest.mark.parametrize("kind", [*ONCE, *(kind for kind in RUNNING if kind is not FigureKind.THEMES)])
def test_a_closing_figure_of_any_kind_is_made_once_and_of_those_who_are_in_no_other(kind: FigureKind) -> None:
    lot = random.Random(1).sample
    small: Any = {"people": 9}
    assert draw(urn(9), standing(kind, ended=False, **small), lot) is Withheld.SMALL
    first = draw(urn(9), standing(kind, **small), lot)
    assert isinstance(first, Drawn) and first.closing and len(first.members) == 9
    after = standing(kind, releases=[made(kind, 7, closing=True)], **small)
    assert draw(urn(18, spent=9), after, lot) is Withheld.ENDED
    shared = frozenset(one.person_id for one in first.members[:8])
    twin = standing(kind, elsewhere=shared, cohort_id="c2", **small)
    assert draw(urn(9), twin, lot) is Withheld.ENDED, "all but one are in the first"


@pytest.mark.parametrize("kind", list(ONCE))
def test_what_is_asked_once_waits_for_everybody_in_a_cohort_of_any_size(kind: FigureKind) -> None:
    lot = random.Random(1).sample
    assert draw(urn(40), standing(kind, ended=False), lot) is Withheld.SMALL
    drawn = draw(urn(40), standing(kind), lot)
    assert isinstance(drawn, Drawn) and len(drawn.members) == 40


def test_themes_never_come_out_of_a_small_cohort_nor_of_its_end() -> None:
    lot = random.Random(1).sample
    for ended, why in ((False, Withheld.SMALL), (True, Withheld.ENDED)):
        assert draw(urn(9), standing(FigureKind.THEMES, people=9, ended=ended), lot) is why
    assert draw(urn(9), standing(FigureKind.THEMES, ended=True), lot) is Withheld.ENDED


def test_every_kind_is_either_running_or_asked_once_and_has_respondents() -> None:
    assert set(RUNNING) | set(ONCE) == set(FigureKind) and not set(RUNNING) & set(ONCE)
    sides: Mapping[bool, list[FigureKind]] = {
        of_seniors: [kind for kind in ONCE if (kind in SENIORS_SAY) is of_seniors] for of_seniors in (True, False)
    }
    assert [ONCE[kind] for kind in sides[True]] == [ONCE[kind] for kind in sides[False]]
