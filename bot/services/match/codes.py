"""The hard rules of a match for thousands of people at once: what `forbidden` says, for every couple.

A property test compares every cell with the rule itself.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from bot.domain.match import Check, Common, Member, chain
from bot.domain.match.apart import allowed, spoken, wants
from bot.domain.match.hours import DAY, SHARED, Offsets, Shift

Table = npt.NDArray[Any]
T = TypeVar("T", bound=Hashable)

ORDER = (
    Check.SAME_PERSON, Check.SENIOR_ABOVE, Check.JUNIOR_ABOVE, Check.SAME_MANAGER, Check.CONFLICT, Check.FORMER,
    Check.OUTSIDER, Check.OTHER_PURPOSE, Check.NO_LANGUAGE, Check.FEW_HOURS,
)  # fmt: skip
"""As `forbidden` asks. A cell of `codes` is the place of the first rule that a couple breaks, from 1; 0 for none."""
CODE = {check: number for number, check in enumerate(ORDER, 1)}


def codes(juniors: Sequence[Member], seniors: Sequence[Member], common: Common) -> Table:
    """What keeps each junior (row) and each senior (column) apart; the avoid lists are not in it."""
    table = np.zeros((len(juniors), len(seniors)), np.uint8)
    if not table.size:
        return table
    table[few_hours(juniors, seniors, common.offsets)] = CODE[Check.FEW_HOURS]
    table[_speechless(juniors, seniors, common.language)] = CODE[Check.NO_LANGUAGE]
    table[[not wants(m.profile, common.purpose) for m in juniors], :] = CODE[Check.OTHER_PURPOSE]
    table[:, [not wants(m.profile, common.purpose) for m in seniors]] = CODE[Check.OTHER_PURPOSE]
    table[[not allowed(m, common) for m in juniors], :] = CODE[Check.OUTSIDER]
    table[:, [not allowed(m, common) for m in seniors]] = CODE[Check.OUTSIDER]
    _mark(table, Check.FORMER, couples(juniors, seniors, common.former, lambda m: m.id))
    _mark(table, Check.CONFLICT, couples(juniors, seniors, common.conflicts, lambda m: m.user_id))
    _lines(table, juniors, seniors, common)
    _mark(table, Check.SAME_PERSON, couples(juniors, seniors, [frozenset({m.id}) for m in juniors], lambda m: m.id))
    return table


def avoided(juniors: Sequence[Member], seniors: Sequence[Member]) -> Table:
    """True where either has said in confidence not to be paired with the other."""
    table = np.zeros((len(juniors), len(seniors)), bool)
    told = [frozenset({m.user_id, other}) for m in (*juniors, *seniors) for other in m.told.avoid]
    for row, column in couples(juniors, seniors, told, lambda m: m.user_id):
        table[row, column] = True
    return table


def couples(
    juniors: Sequence[Member], seniors: Sequence[Member], known: Collection[frozenset[str]],
    name: Callable[[Member], str],
) -> Iterator[tuple[int, int]]:  # fmt: skip
    """The cells of these couples, whichever of the two sits where; a couple of one is somebody on both sides."""
    row = {name(m): number for number, m in enumerate(juniors)}
    column = {name(m): number for number, m in enumerate(seniors)}
    for couple in known:
        first, last = min(couple, default=""), max(couple, default="")
        for one, other in {(first, last), (last, first)}:
            if one in row and other in column:
                yield row[one], column[other]


def kinds(values: Sequence[T]) -> tuple[list[T], Table]:
    """The different values, and for everybody which one is theirs: a few hundred kinds stand for thousands."""
    found: dict[T, int] = {}
    at = [found.setdefault(value, len(found)) for value in values]
    return list(found), np.array(at, np.intp)


def few_hours(juniors: Sequence[Member], seniors: Sequence[Member], offsets: Offsets) -> Table:
    """True where two work too little at the same time, on any day."""
    shifts, at = kinds([m.shift for m in (*juniors, *seniors)])
    table = _shared(shifts, offsets) < SHARED
    return table[at[: len(juniors), None], at[len(juniors) :]]


def _shared(shifts: Sequence[Shift], offsets: Offsets) -> Table:
    """`hours.shared` for every two kinds of working days."""
    length = np.array([shift.length for shift in shifts], np.int32)
    starts = np.array([[s.works_from - ahead for ahead in offsets[s.zone]] for s in shifts], np.int32)
    least = np.full((len(shifts), len(shifts)), DAY, np.int32)
    for start in starts.T:
        gap = (start[None, :] - start[:, None]) % DAY
        both = sum(
            np.maximum(0, np.minimum(length[:, None], begin + length[None, :]) - np.maximum(0, begin))
            for begin in (gap, gap - DAY)
        )
        np.minimum(least, both, out=least)
    return least


def _speechless(juniors: Sequence[Member], seniors: Sequence[Member], language: str) -> Table:
    known, at = kinds([spoken(m.profile, language) for m in (*juniors, *seniors)])
    table = np.array([[not one & other for other in known] for one in known], bool)
    return table[at[: len(juniors), None], at[len(juniors) :]]


def _lines(table: Table, juniors: Sequence[Member], seniors: Sequence[Member], common: Common) -> None:
    """The off-line rule; who is above the other goes before who shares a manager, as in `off_line`."""
    teams: defaultdict[str, list[int]] = defaultdict(list)
    for number, senior in enumerate(seniors):
        teams[common.lines.get(senior.user_id, "")].append(number)
    teams.pop("", None)
    for number, junior in enumerate(juniors):
        table[number, teams.get(common.lines.get(junior.user_id, ""), [])] = CODE[Check.SAME_MANAGER]
    row = {m.user_id: number for number, m in enumerate(juniors)}
    column = {m.user_id: number for number, m in enumerate(seniors)}
    for number, senior in enumerate(seniors):
        below = [row[above] for above in chain(senior.user_id, common.lines) if above in row]
        table[below, number] = CODE[Check.JUNIOR_ABOVE]
    for number, junior in enumerate(juniors):
        bosses = [column[above] for above in chain(junior.user_id, common.lines) if above in column]
        table[number, bosses] = CODE[Check.SENIOR_ABOVE]


def _mark(table: Table, check: Check, cells: Iterator[tuple[int, int]]) -> None:
    for row, column in cells:
        table[row, column] = CODE[check]
