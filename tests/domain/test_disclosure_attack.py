"""A coordinator who knows who met and who answered, and enumerates every world that fits what was published.

A gate that only counts heads gives people away by subtraction; the urn does not, in the same harness.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest

from bot.domain.disclosure import Drawn, Standing, draw, make_release
from bot.domain.report.kinds import NAMES
from storage.records.checkin import Question
from storage.records.programme import Cohort, CohortState, Purpose
from storage.records.report import FigureKind, Release, Waiting

KIND = FigureKind.RECIPROCITY
JUNIORS = 10
EVERYBODY = (1 << JUNIORS) - 1
COHORT = Cohort(
    "c1", "T1", "Spring", Purpose.FREE, date(2026, 3, 2), date(2026, 7, 31), 6, 14, False, CohortState.OPEN, 5, 2
)


@dataclass(frozen=True)
class Seen:
    """One published count: the attacker knows who waited, how many were counted, and the interval."""

    n: int
    low: int
    high: int


def proved(worlds: Sequence[int]) -> set[int]:
    """The juniors who answered alike in every world that is still possible."""
    always, ever = EVERYBODY, 0
    for world in worlds:
        always, ever = always & world, ever | world
    return {i for i in range(JUNIORS) if always >> i & 1 or not ever >> i & 1}


def threshold_only(world: int, weeks: Sequence[int]) -> list[tuple[int, int]]:
    """Cumulative exact totals, shown as soon as five people have answered: (who answered so far, count)."""
    shown, so_far = [], 0
    for answered in weeks:
        so_far |= answered
        if so_far.bit_count() >= 5:
            shown.append((so_far, (world & so_far).bit_count()))
    return shown


def attack_threshold(world: int, weeks: Sequence[int]) -> set[int]:
    seen = threshold_only(world, weeks)
    return proved([w for w in range(EVERYBODY + 1) if threshold_only(w, weeks) == seen])


def run_gate(world: int, weeks: Sequence[int], rng: random.Random) -> list[Seen | None]:
    """The real rule over the weeks (four apart, so that time never stands in the way)."""
    waiting, spent, releases, seen = set[int](), set[int](), list[Release](), list[Seen | None]()
    for number, answered in enumerate(weeks):
        again = {i for i in range(JUNIORS) if answered >> i & 1}
        waiting |= again
        spent -= again
        now = datetime(2026, 4, 6, 7, tzinfo=UTC) + timedelta(weeks=4 * number)
        pool = [Waiting(f"{i}", f"s{i}", f"{i}", i in spent) for i in waiting | spent]
        standing = Standing(COHORT, KIND, NAMES[KIND], tuple(releases), JUNIORS, False, now, "UTC")
        outcome = draw(pool, standing, rng.sample)
        if not isinstance(outcome, Drawn):
            seen.append(None)
            continue
        counted = {m.source_id: frozenset({Question.HELP}) for m in outcome.members if world >> int(m.person_id) & 1}
        releases.append(make_release(f"r{number}", outcome, counted, standing))
        cell = next(c for c in releases[-1].cells if c.name == Question.HELP)
        seen.append(Seen(releases[-1].n, cell.low, cell.high))
        drawn = {int(m.person_id) for m in outcome.members}
        waiting, spent = waiting - drawn, spent | drawn
    return seen


def attack_gate(seen: Sequence[Seen | None], weeks: Sequence[int], known: int = 0, known_ones: int = 0) -> set[int]:
    """Every world for which some draw fits each release; `known` are insiders who tell what they answered."""
    worlds = [w for w in range(EVERYBODY + 1) if w & known == known_ones and fits(w, 0, seen, weeks, 0)]
    return proved(worlds) - {i for i in range(JUNIORS) if known >> i & 1}


def fits(world: int, waiting: int, seen: Sequence[Seen | None], weeks: Sequence[int], at: int) -> bool:
    if at == len(weeks):
        return True
    waiting |= weeks[at]
    cell = seen[at]
    if cell is None:
        return fits(world, waiting, seen, weeks, at + 1)
    if at + 1 == len(weeks):  # nothing follows: only how many ones can be drawn matters
        ones, size = (world & waiting).bit_count(), waiting.bit_count()
        return max(0, cell.n - (size - ones)) <= cell.high and min(cell.n, ones) >= cell.low
    members = [i for i in range(JUNIORS) if waiting >> i & 1]
    for chosen in combinations(members, cell.n):
        mask = sum(1 << i for i in chosen)
        fitting = cell.low <= (world & mask).bit_count() <= cell.high
        if fitting and fits(world, waiting & ~mask, seen, weeks, at + 1):
            return True
    return False


FIRST_SIX_THEN_ONE_BY_ONE = [0b0000111111, 0b0001000000, 0b0010000000, 0b0100000000, 0b1000000000]
EVERYBODY_TWICE = [EVERYBODY, EVERYBODY]
LATECOMERS = [0b0011111111, EVERYBODY ^ 0b0011111111, EVERYBODY]


def test_a_gate_that_only_counts_heads_gives_latecomers_away() -> None:
    assert attack_threshold(0b0101010101, FIRST_SIX_THEN_ONE_BY_ONE) == {6, 7, 8, 9}


def test_a_gate_that_only_counts_heads_shows_unanimity() -> None:
    assert attack_threshold(EVERYBODY, EVERYBODY_TWICE) == set(range(JUNIORS))


@pytest.mark.parametrize("weeks", [FIRST_SIX_THEN_ONE_BY_ONE, EVERYBODY_TWICE, LATECOMERS])
@pytest.mark.parametrize("world", [0, EVERYBODY, 0b0101010101, 0b0000000001, 0b1111111110])
def test_the_urn_gives_nobody_away(weeks: list[int], world: int) -> None:
    seen = run_gate(world, weeks, random.Random(3))
    assert attack_gate(seen, weeks) == set()


@pytest.mark.parametrize("world", [0, EVERYBODY, 0b0101010101, 0b0000000011])
@pytest.mark.parametrize("insider", [0, 1])
def test_the_urn_gives_nobody_away_to_one_insider(world: int, insider: int) -> None:
    seen = run_gate(world, EVERYBODY_TWICE, random.Random(5))
    known = 1 << insider
    assert attack_gate(seen, EVERYBODY_TWICE, known, world & known) == set()


def test_the_same_answers_were_published_at_all() -> None:
    """The harness would prove nothing about a gate that stays shut."""
    dice: Callable[[], random.Random] = lambda: random.Random(3)  # noqa: E731
    for weeks in (FIRST_SIX_THEN_ONE_BY_ONE, EVERYBODY_TWICE, LATECOMERS):
        assert any(run_gate(0b0101010101, weeks, dice()))
