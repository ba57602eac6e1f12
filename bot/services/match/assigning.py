"""The best set of pairs: the assignment that scipy finds, over a table in which everybody stands once per free place.

As many pairs as possible first; then as many people with a pair as possible; then the highest total score. The three
are one whole number per cell, far below 2**53, so that floats hold them and their sums exactly and nothing is rounded.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from bot.services.match.codes import Table

MOST_CELLS = 150_000_000
"""So many cells are 1.2 GB; a table is not made larger than that to find out what a couple twice over could do."""

Cells = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Board:
    """What an assignment is looked for in: juniors are rows, seniors columns.

    `rooms`: how many more pairs each can have; `fresh`: who has none yet. `limit`: pairs there may be, None for any.
    """

    scores: Table
    possible: Table
    junior_rooms: Table
    junior_fresh: Table
    senior_rooms: Table
    senior_fresh: Table
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """What a pair, and somebody's first pair, are worth beside a score of 0 to 100."""

    pair: int
    first: int

    @classmethod
    def of(cls, pairs: int) -> "Scale":
        """One more person counts more than all scores together, one more pair more than all people."""
        first = 100 * pairs + 1
        return cls(2 * pairs * first + first, first)

    @property
    def half(self) -> int:
        """More than a pair, two first pairs and a score: see `_with_detours`."""
        return self.pair + 2 * self.first + 101


def best(board: Board) -> Cells:
    """The pairs as (row, column), the same for the same board. No couple comes twice."""
    rows = np.repeat(np.arange(len(board.junior_rooms)), board.junior_rooms)
    columns = np.repeat(np.arange(len(board.senior_rooms)), board.senior_rooms)
    if not len(rows) or not len(columns) or board.limit == 0:
        return []
    scale = Scale.of(min(len(rows), len(columns)))
    table = worth(board, rows, columns, scale)
    twice: Cells = []
    while True:
        size = (len(rows) + len(twice)) * (len(columns) + len(twice))
        detoured = _with_detours(table, board, rows, columns, twice, scale) if twice else table
        found = _couples(_assigned(detoured, board.limit, len(twice)), detoured, rows, columns, twice)
        again = sorted(cell for cell, times in Counter(found).items() if times > 1)
        if not again or size > MOST_CELLS:
            return sorted(set(found))
        twice += again


def worth(board: Board, rows: Table, columns: Table, scale: Scale) -> Table:
    """What each place with each other is worth; 0 is no pair. Rows are places of juniors, columns of seniors."""
    by_score = np.arange(scale.pair, scale.pair + 101, dtype=np.float64)
    simple = len(rows) == len(board.junior_rooms) and len(columns) == len(board.senior_rooms)
    table: Table = by_score[board.scores if simple else board.scores[rows[:, None], columns]]
    table += scale.first * _firsts(rows, board.junior_fresh)[:, None]
    table += scale.first * _firsts(columns, board.senior_fresh)
    table[~(board.possible if simple else board.possible[rows[:, None], columns])] = 0
    return table


def _firsts(places: Table, fresh: Table) -> Table:
    """1 for the first place of everybody who has no pair yet."""
    first = np.ones(len(places), np.float64)
    first[1:] = places[1:] != places[:-1]
    return first * fresh[places]


def _assigned(table: Table, limit: int | None, detours: int) -> tuple[Table, Table]:
    """scipy's best assignment; with a limit, of exactly so many cells."""
    most = None if limit is None else limit + detours
    if most is None or most >= min(table.shape):
        rows, columns = linear_sum_assignment(table, maximize=True)
        return rows, columns
    # Everybody beyond the limit is assigned to a stand-in that is worth nothing; stand-ins never to each other.
    height, width = table.shape
    larger = np.zeros((height + width - most, width + height - most))
    larger[:height, :width] = table
    larger[height:, width:] = -4.0 * table.max() * (most + 1)
    rows, columns = linear_sum_assignment(larger, maximize=True)
    real = (rows < height) & (columns < width)
    return rows[real], columns[real]


def _with_detours(table: Table, board: Board, rows: Table, columns: Table, twice: Cells, scale: Scale) -> Table:
    """The table in which these couples can be a pair once: the way leads over one row and one column of their own.

    That row and column are assigned to each other, or, together, to a place of the junior and one of the senior: two
    halves that are worth what the other way is worth, and the pair. One half alone is worth less, so nobody takes it.
    """
    height, width = table.shape
    larger = np.zeros((height + len(twice), width + len(twice)))
    larger[:height, :width] = table
    for number, (junior, senior) in enumerate(twice):
        mine, theirs = np.flatnonzero(rows == junior), np.flatnonzero(columns == senior)
        larger[np.ix_(mine, theirs)] = 0
        first = _firsts(rows, board.junior_fresh)[mine]
        larger[mine, width + number] = scale.half + scale.first * first + board.scores[junior, senior]
        larger[height + number, theirs] = scale.half + scale.first * _firsts(columns, board.senior_fresh)[theirs]
        larger[height + number, width + number] = 2 * scale.half - scale.pair
    return larger


def _couples(
    assigned: tuple[Table, Table], table: Table, rows: Table, columns: Table, twice: Cells
) -> Cells:  # fmt: skip
    """Who is paired with whom, detours followed."""
    at, to = assigned
    real = table[at, to] > 0
    at, to = at[real], to[real]
    straight = (at < len(rows)) & (to < len(columns))
    found: Cells = list(zip(rows[at[straight]].tolist(), columns[to[straight]].tolist(), strict=True))
    ahead = set((to[(at < len(rows)) & (to >= len(columns))] - len(columns)).tolist())
    beyond = set((at[(at >= len(rows)) & (to < len(columns))] - len(rows)).tolist())
    return found + [twice[number] for number in sorted(ahead & beyond)]
