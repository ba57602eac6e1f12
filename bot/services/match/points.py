"""How well every junior and every senior fit, for thousands at once: what `score` says, for every couple.

A property test compares every cell with the rule itself.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from bot.domain.match import Member, Weights
from bot.domain.match import scoring as rules
from bot.services.match.codes import Table, kinds

ROWS = 128
"""Juniors at a time: what is worked on stays in the processor's cache."""
OFTEN = 64
"""A word that one in so many texts has is counted in full tables, a rarer one in sparse ones."""


Rows = Callable[[slice], Table]
"""Gives some juniors' part against all seniors."""


def scores(juniors: Sequence[Member], seniors: Sequence[Member], weights: Weights) -> Table:
    """0 to 100 for every couple: juniors are rows, seniors columns."""
    table = np.empty((len(juniors), len(seniors)), np.uint8)
    if not table.size:
        return table
    seen, hidden, most = rules.balance(weights)
    percent = np.array([rules.percent(points, most) for points in range(most + 1)], np.uint8)
    parts = [(part, weight * seen) for part, weight in _open(juniors, seniors, weights) if weight * seen]
    parts += [(part, weight * hidden) for part, weight in _confided(juniors, seniors, weights) if weight * hidden]
    for start in range(0, len(juniors), ROWS):
        rows = slice(start, min(start + ROWS, len(juniors)))
        points = np.zeros((rows.stop - start, len(seniors)), np.uint16)
        for part, weight in parts:
            points += np.multiply(part(rows), np.uint16(weight), dtype=np.uint16)
        table[rows] = percent[points]
    return table


def wrong_way(juniors: Sequence[Member], seniors: Sequence[Member], found: Table) -> Table:
    """True where two who both have room on both sides sit the wrong way round; nobody sits with themselves."""
    table = np.zeros(found.shape, bool)
    row, column = ({m.id: number for number, m in enumerate(some)} for some in (juniors, seniors))
    both = sorted(row.keys() & column.keys())
    if both:
        rows, columns = np.array([row[one] for one in both]), np.array([column[one] for one in both])
        level = np.array([juniors[number].profile.level for number in rows])
        points = found[np.ix_(rows, columns)]
        later = np.arange(len(both))[:, None] > np.arange(len(both))
        worse = (points < points.T) | ((points == points.T) & later)
        wrong = (level[:, None] > level) | ((level[:, None] == level) & worse)
        table[np.ix_(rows, columns)] = wrong
    return table


def _open(juniors: Sequence[Member], seniors: Sequence[Member], weights: Weights) -> list[tuple[Rows, int]]:
    """In the order of `open_parts`."""
    everybody = (*juniors, *seniors)
    purposes = [rules.chosen(m.profile) for m in everybody]
    different = [[rules.plain(getattr(m.profile, name)) for m in everybody] for name in rules.SURFACE]
    found = [
        _exchange(juniors, seniors),
        _by_kind(purposes, len(juniors), rules.in_common),
        _by_kind([m.profile.level for m in everybody], len(juniors), lambda one, other: rules.level_gap(other - one)),
        *(_different(texts, len(juniors)) for texts in different),
    ]
    return list(zip(found, weights.open, strict=True))


def _confided(juniors: Sequence[Member], seniors: Sequence[Member], weights: Weights) -> list[tuple[Rows, int]]:
    """In the order of `confided_parts`."""
    everybody = (*juniors, *seniors)
    born = [rules.decade(rules.identity(m).generation) for m in everybody]
    gender = [rules.plain(rules.identity(m).gender) for m in everybody]
    found = [
        _values([m.told.values for m in everybody], len(juniors)),
        _by_kind(born, len(juniors), rules.decades_between),
        _different(gender, len(juniors)),
    ]
    return list(zip(found, weights.confided, strict=True))


def _by_kind(values: Sequence[Any], juniors: int, rule: Callable[[Any, Any], int]) -> Rows:
    """The rule itself, asked once for every two kinds of people."""
    known, at = kinds(values)
    return _looked_up(np.array([[rule(one, other) for other in known] for one in known], np.uint8), at, juniors)


def _looked_up(table: Table, at: Table, juniors: int) -> Rows:
    return lambda rows: table[at[:juniors][rows]].take(at[juniors:], axis=1)


def _different(texts: Sequence[str], juniors: int) -> Rows:
    """Full marks where two texts differ, half where one is missing."""
    at = kinds(texts)[1].astype(np.int32)
    missing = np.array([not text for text in texts], bool)

    def part(rows: slice) -> Table:
        points: Table = (at[:juniors][rows, None] != at[juniors:]).view(np.uint8) * np.uint8(rules.FULL)
        points[missing[:juniors][rows]] = rules.UNKNOWN
        points[:, missing[juniors:]] = rules.UNKNOWN
        return points

    return part


def _values(values: Sequence[tuple[int, ...]], juniors: int) -> Rows:
    """`values_near` for every two kinds of answers."""
    known, at = kinds(values)
    items = max(map(len, known), default=0)
    told = np.array([[*one, *(0 for _ in range(items - len(one)))] for one in known], np.int32)
    apart, both = np.zeros((2, len(known), len(known)), np.int32)
    for item in told.T:
        answered = (item[:, None] > 0) & (item > 0)
        apart += np.where(answered, np.abs(item[:, None] - item), 0)
        both += answered
    points = (rules.FULL * both - rules.FULL // 4 * apart) // np.maximum(both, 1)
    return _looked_up(np.where(both > 0, points, rules.UNKNOWN).astype(np.uint8), at, juniors)


def _exchange(juniors: Sequence[Member], seniors: Sequence[Member]) -> Rows:
    """What each offers the other, both ways."""
    ways = (
        _met([rules.offered(m.profile) for m in juniors], [rules.wished(m.profile) for m in seniors]),
        _met([rules.wished(m.profile) for m in juniors], [rules.offered(m.profile) for m in seniors]),
    )
    return lambda rows: ways[0](rows) + ways[1](rows)


def _met(one: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> Rows:
    """What words in common are worth, one way; who named none counts half."""
    first, second = (np.uint8(rules.met(count) - rules.met(count - 1)) for count in (1, 2))
    here, there = (Counter(word for text in texts for word in text) for texts in (one, other))
    shared = sorted(here.keys() & there.keys())
    many = (len(one) + len(other)) // OFTEN
    often = [word for word in shared if here[word] + there[word] > many]
    rare = [word for word in shared if here[word] + there[word] <= many]
    dense = [_counted(texts, often).toarray() for texts in (one, other)]
    sparse = _counted(one, rare), _counted(other, rare).T.tocsc()
    silent = [np.array([not text for text in texts], bool) for texts in (one, other)]

    def part(rows: slice) -> Table:
        counts = dense[0][rows] @ dense[1].T
        if rare:
            counts += (sparse[0][rows] @ sparse[1]).toarray()
        points: Table = (counts > 0.5).view(np.uint8) * first + (counts > 1.5).view(np.uint8) * second
        points[silent[0][rows]] = rules.UNKNOWN // 2
        points[:, silent[1]] = rules.UNKNOWN // 2
        return points

    return part


def _counted(texts: Sequence[frozenset[str]], words: Sequence[str]) -> Any:
    """Who has which word: a sparse table of ones."""
    at = {word: number for number, word in enumerate(words)}
    found = [[at[word] for word in text if word in at] for text in texts]
    ends = np.cumsum([0, *map(len, found)])
    places: npt.NDArray[np.intp] = np.array([place for some in found for place in some], np.intp)
    return csr_array((np.ones(len(places), np.float32), places, ends), shape=(len(texts), len(words)))
