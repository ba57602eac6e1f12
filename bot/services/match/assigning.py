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

ROWS = 64

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
    rows, columns = places(board)
    if not len(rows) or not len(columns) or board.limit == 0:
        return []
    table = worth(board)
    twice: Cells = []
    while True:
        detoured = _with_detours(table, board, twice) if twice else table
        found = _couples(_assigned(detoured, board.limit, len(twice)), detoured, board, twice)
        again = sorted(cell for cell, times in Counter(found).items() if times > 1)
        if not again or detoured.size > MOST_CELLS:
            return sorted(set(found))
        twice += again


def places(board: Board) -> tuple[Table, Table]:
    """Whose each row and each column of the table is: everybody comes once for every pair that they can take."""
    rows = np.repeat(np.arange(len(board.junior_rooms)), board.junior_rooms)
    return rows, np.repeat(np.arange(len(board.senior_rooms)), board.senior_rooms)


def scale(board: Board) -> Scale:
    """What counts how much on a board of this size."""
    return Scale.of(min(int(board.junior_rooms.sum()), int(board.senior_rooms.sum())))


def worth(board: Board) -> Table:
    """What each place with each other is worth; 0 is no pair. Rows are places of juniors, columns of seniors."""
    (rows, columns), by = places(board), scale(board)
    by_score = np.arange(by.pair, by.pair + 101, dtype=np.float64)
    firsts = by.first * _firsts(rows, board.junior_fresh), by.first * _firsts(columns, board.senior_fresh)
    once = len(columns) == len(board.senior_rooms)
    table: Table = np.empty((len(rows), len(columns)))
    for start in range(0, len(rows), ROWS):  # some rows at a time stay in the processor's cache
        some = slice(start, start + ROWS)
        scores, possible = board.scores[rows[some]], board.possible[rows[some]]
        part = by_score[scores if once else scores[:, columns]]
        part += firsts[0][some, None]
        part += firsts[1]
        part *= possible if once else possible[:, columns]
        table[some] = part
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


def _with_detours(table: Table, board: Board, twice: Cells) -> Table:
    """The table in which these couples can be a pair once: the way leads over one row and one column of their own.

    That row and column are assigned to each other, or, together, to a place of the junior and one of the senior: two
    halves that are worth what the other way is worth, and the pair. One half alone is worth less, so nobody takes it.
    """
    (rows, columns), by = places(board), scale(board)
    height, width = table.shape
    larger = np.zeros((height + len(twice), width + len(twice)))
    larger[:height, :width] = table
    firsts = by.first * _firsts(rows, board.junior_fresh), by.first * _firsts(columns, board.senior_fresh)
    for number, (junior, senior) in enumerate(twice):
        mine, theirs = np.flatnonzero(rows == junior), np.flatnonzero(columns == senior)
        larger[np.ix_(mine, theirs)] = 0
        larger[mine, width + number] = by.half + firsts[0][mine] + board.scores[junior, senior]
        larger[height + number, theirs] = by.half + firsts[1][theirs]
        larger[height + number, width + number] = 2 * by.half - by.pair
    return larger


def _couples(assigned: tuple[Table, Table], table: Table, board: Board, twice: Cells) -> Cells:
    """Who is paired with whom, detours followed."""
    rows, columns = places(board)
    at, to = assigned
    real = table[at, to] > 0
    at, to = at[real], to[real]
    straight = (at < len(rows)) & (to < len(columns))
    found: Cells = list(zip(rows[at[straight]].tolist(), columns[to[straight]].tolist(), strict=True))
    ahead = set((to[(at < len(rows)) & (to >= len(columns))] - len(columns)).tolist())
    beyond = set((at[(at >= len(rows)) & (to < len(columns))] - len(rows)).tolist())
    return found + [twice[number] for number in sorted(ahead & beyond)]
