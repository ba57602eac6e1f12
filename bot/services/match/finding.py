"""The calculation of a match: who has room, what the rules say of every couple, and the best set of pairs."""

from dataclasses import dataclass

import numpy as np

from bot.domain.match import Member, Weights, room, scarce
from bot.services.match.assigning import Board, best
from bot.services.match.codes import Table, avoided, codes
from bot.services.match.points import scores, wrong_way
from bot.services.match.pool import Pool
from storage.records.enrol import Side


@dataclass(frozen=True, slots=True)
class Found:
    """The best set: cells of juniors and seniors who had room, and what keeps each couple apart (`codes`).

    `best` is the total of the whole scores. It knows what was confided, so it stays where it was calculated.
    """

    juniors: tuple[Member, ...]
    seniors: tuple[Member, ...]
    pairs: tuple[tuple[int, int], ...]
    codes: Table
    best: int
    rare: frozenset[str]

    def room(self, member: Member, side: Side) -> int:
        """How many more pairs somebody could take before this match."""
        return room(member, side, self.rare)


def find(pool: Pool, weights: Weights) -> Found:
    """Look for the best set. The same for the same pool, in whatever order its people were read."""
    rare = scarce(pool.members, pool.common.purpose)
    members = sorted(pool.members, key=lambda m: m.id)
    juniors, seniors = (tuple(m for m in members if room(m, side, rare)) for side in Side)
    apart = codes(juniors, seniors, pool.common)
    board = laid_out(juniors, seniors, apart, weights, rare, pool.limit)
    pairs = tuple(best(board))
    return Found(juniors, seniors, pairs, apart, sum(int(board.scores[cell]) for cell in pairs), rare)


def laid_out(
    juniors: tuple[Member, ...], seniors: tuple[Member, ...], apart: Table, weights: Weights, rare: frozenset[str],
    limit: int | None,
) -> Board:  # fmt: skip
    """The table that the best set is looked for in."""
    found = scores(juniors, seniors, weights)
    possible = apart == 0
    possible &= ~avoided(juniors, seniors)
    possible &= ~wrong_way(juniors, seniors, found)
    return Board(
        found, possible, *_rooms(juniors, Side.JUNIOR, rare), *_rooms(seniors, Side.SENIOR, rare), limit
    )  # fmt: skip


def _rooms(members: tuple[Member, ...], side: Side, rare: frozenset[str]) -> tuple[Table, Table]:
    """Places, and who has no pair yet."""
    rooms = np.array([room(m, side, rare) for m in members], np.intp)
    return rooms, np.array([not m.pairs.get(side) for m in members], bool)
