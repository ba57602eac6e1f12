"""The best set of pairs: no rule broken, nothing better there, the same every time, the tables as the rules say."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.match import Member, Terms, Weights, avoided, forbidden, room, scarce, score
from bot.domain.match.scoring import wrong_way
from bot.services.match import codes, points
from bot.services.match.finding import find
from bot.services.match.pool import Pool
from bot.services.match.solving import solved
from storage.records.enrol import Side
from storage.records.programme import Purpose
from tests.services.match.pools import SHAPES, pool

WEIGHTS = st.builds(Weights, *[st.integers(0, 10)] * 9)
POOLS = st.builds(
    pool, st.integers(0, 10**6), st.integers(0, 14), st.sampled_from(SHAPES), st.sampled_from(list(Purpose))
)  # fmt: skip
Couples = tuple[tuple[Member, Member], ...]


def sides(found: Pool) -> tuple[list[Member], list[Member]]:
    rare = scarce(found.members, found.common.purpose)
    juniors, seniors = ([m for m in found.members if room(m, side, rare)] for side in Side)
    return juniors, seniors


def fits(junior: Member, senior: Member, found: Pool, weights: Weights) -> bool:
    """The rules, one couple at a time, and that the same two are not suggested both ways."""
    if forbidden(junior, senior, found.common) or avoided(junior, senior):
        return False
    juniors, seniors = sides(found)
    both = all(one in juniors and one in seniors for one in (junior, senior))
    return not (both and wrong_way(junior, senior, weights))


def worth(couples: Couples, weights: Weights) -> tuple[int, int, int]:
    """What is compared: pairs, then people who had none and get one, then the total score."""
    first = {(m.id, side) for couple in couples for m, side in zip(couple, Side, strict=True) if not m.pairs[side]}
    return len(couples), len(first), sum(score(*couple, weights) for couple in couples)


def sets(cells: list[tuple[Member, Member]], rooms: Counter[tuple[str, Side]], limit: int) -> Iterator[Couples]:
    """Every set of pairs that is allowed at all."""
    yield ()
    for number, (junior, senior) in enumerate(cells) if limit else ():
        here = ((junior.id, Side.JUNIOR), (senior.id, Side.SENIOR))
        if all(rooms[one] for one in here):
            left = rooms.copy()
            left.subtract(here)
            for rest in sets(cells[number + 1 :], left, limit - 1):
                yield ((junior, senior), *rest)


def brute(found: Pool, weights: Weights) -> tuple[int, int, int]:
    """The best of all sets, found by trying every one."""
    juniors, seniors = sides(found)
    rare = scarce(found.members, found.common.purpose)
    rooms = Counter({(m.id, side): room(m, side, rare) for side in Side for m in found.members})
    cells = [(one, other) for one, other in product(juniors, seniors) if fits(one, other, found, weights)]
    limit = len(cells) if found.limit is None else found.limit
    return max(worth(couples, weights) for couples in sets(cells, rooms, limit))


def chosen(found: Pool, weights: Weights) -> Couples:
    best = find(found, weights)
    return tuple((best.hall.juniors[row], best.hall.seniors[column]) for row, column in best.pairs)


@given(POOLS, WEIGHTS)
def test_the_tables_say_of_every_couple_what_the_rules_say(found: Pool, weights: Weights) -> None:
    juniors, seniors = sides(found)
    tables = codes.codes(juniors, seniors, found.common), points.scores(juniors, seniors, weights)
    wrong = points.wrong_way(juniors, seniors, tables[1])
    kept = codes.avoided(juniors, seniors)
    for (row, junior), (column, senior) in product(enumerate(juniors), enumerate(seniors)):
        check = forbidden(junior, senior, found.common)
        assert tables[0][row, column] == (codes.CODE[check] if check else 0)
        assert tables[1][row, column] == score(junior, senior, weights)
        assert kept[row, column] == avoided(junior, senior)
        if junior.id != senior.id and junior in seniors and senior in juniors:
            assert wrong[row, column] == wrong_way(junior, senior, weights)
        elif junior.id != senior.id:
            assert not wrong[row, column]


@given(POOLS, WEIGHTS)
def test_no_suggestion_breaks_a_rule_on_any_organisation(found: Pool, weights: Weights) -> None:
    couples = chosen(found, weights)
    assert all(forbidden(*couple, found.common) is None and not avoided(*couple) for couple in couples)
    assert len({frozenset({one.id, other.id}) for one, other in couples}) == len(couples)
    rare = scarce(found.members, found.common.purpose)
    for place, side in enumerate(Side):
        busy = Counter(couple[place].id for couple in couples)
        assert all(busy[m.id] <= room(m, side, rare) for m in found.members)


def with_time(found: Pool) -> Pool:
    """The same people, each with one pair already and time for three: the same two might be paired twice."""
    members = [
        replace(m, pairs=dict.fromkeys(Side, 1), profile=replace(m.profile, capacity_junior=3, capacity_senior=3))
        for m in found.members
    ]
    return replace(found, members=tuple(members))


@settings(max_examples=40)
@given(
    st.integers(0, 10**6), st.integers(2, 6), st.sampled_from(SHAPES), WEIGHTS, st.one_of(st.none(), st.integers(0, 3)),
    st.booleans(),
)  # fmt: skip
def test_no_other_set_is_better(
    seed: int, size: int, shape: str, weights: Weights, limit: int | None, time: bool
) -> None:
    found = replace(pool(seed, size, shape, Purpose.FREE), limit=limit)
    found = with_time(found) if time else found
    assert worth(chosen(found, weights), weights) == brute(found, weights)


@given(POOLS, st.randoms(use_true_random=False))
def test_the_same_people_in_any_order_get_the_same_pairs(found: Pool, dice: random.Random) -> None:
    shuffled = list(found.members)
    dice.shuffle(shuffled)
    lines = list(found.common.lines.items())
    dice.shuffle(lines)
    other = replace(found, members=tuple(shuffled), common=replace(found.common, lines=dict(lines)))
    assert solved(found, Terms()) == solved(other, Terms())


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_found_among_hundreds_is_the_optimum_of_the_bare_solver(shape: str) -> None:
    from scipy.optimize import linear_sum_assignment

    found = pool(7, 300, shape, Purpose.FREE, room=1)
    best = find(found, Weights())
    board = best.hall.board
    rows, columns = linear_sum_assignment((board.scores.astype(float) + 10**6) * board.possible, maximize=True)
    cells = [cell for cell in zip(rows, columns, strict=True) if board.possible[cell]]
    assert (len(best.pairs), best.best) == (len(cells), sum(int(board.scores[cell]) for cell in cells))
