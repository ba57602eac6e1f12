"""The calculation of a match: who has room, what the rules say of every couple, and the best set of pairs."""

from dataclasses import dataclass

import numpy as np

from bot.domain.match import Member, Weights, room, scarce
from bot.services.match.assigning import Board, Cells, best
from bot.services.match.codes import Table, avoided, codes
from bot.services.match.points import scores, wrong_way
from bot.services.match.pool import Pool
from storage.records.enrol import Side


@dataclass(frozen=True, slots=True)
class Hall:
    """Who has room on each side, what keeps each couple apart (`codes`), and the board the best set is looked for on.

    Whose lived experience few share may be left out of it. The board knows what was confided: it is shown to nobody.
    """

    juniors: tuple[Member, ...]
    seniors: tuple[Member, ...]
    codes: Table
    board: Board


@dataclass(frozen=True, slots=True)
class Found:
    """The best set: cells of the hall's juniors and seniors."""

    hall: Hall
    pairs: Cells

    @property
    def best(self) -> int:
        """The total of the whole scores; like the board, for nobody's eyes."""
        return sum(int(self.hall.board.scores[cell]) for cell in self.pairs)


def find(pool: Pool, weights: Weights) -> Found:
    """Look for the best set. The same for the same pool, in whatever order its people were read."""
    hall = gather(pool, weights)
    return Found(hall, best(hall.board))


def gather(pool: Pool, weights: Weights) -> Hall:
    """Lay out what the best set is looked for in."""
    rare = scarce(pool.members, pool.common.purpose)
    members = sorted(pool.members, key=lambda m: m.id)
    juniors, seniors = (tuple(m for m in members if room(m, side, rare)) for side in Side)
    apart = codes(juniors, seniors, pool.common)
    found = scores(juniors, seniors, weights)
    possible = apart == 0
    possible &= ~avoided(juniors, seniors)
    possible &= ~wrong_way(juniors, seniors, found)
    places = (*_places(juniors, Side.JUNIOR, rare), *_places(seniors, Side.SENIOR, rare))
    return Hall(juniors, seniors, apart, Board(found, possible, *places, pool.limit))


def _places(members: tuple[Member, ...], side: Side, rare: frozenset[str]) -> tuple[Table, Table]:
    """How many pairs each can take, and who has none yet."""
    rooms = np.array([room(m, side, rare) for m in members], np.intp)
    return rooms, np.array([not m.pairs.get(side) for m in members], bool)
