"""How well worlds that fit guess what nobody can prove: sampled by lot, against always saying what most answer."""

import random
from collections import Counter
from collections.abc import Iterator
from math import comb

from tests.attack.history import Episode, History, Seen, episodes
from tests.attack.solver import SENIORS

_WORLDS = 100
_TRIES = 50


def guessed(history: History, seed: int) -> tuple[int, int, int]:
    """Answers that were guessed; how many rightly by worlds, how many by the majority. Zeros without a release."""
    dice = random.Random(seed)
    worlds = list(_worlds(history, dice))
    if not worlds:
        return 0, 0, 0
    share = {question: _share(history, question) for question in history.questions}
    ones, known = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for drawn in worlds:
        for seen, members in drawn:
            for key, one in _answers(seen, members, dice):
                ones[key] += one
                known[key] += 1
    right = usual = 0
    for told in history.told:
        for question, most in share.items():
            key, truth = (f"{told.source}@{told.at}", question), question in told.ones
            belief = ones[key] + most * (len(worlds) - known[key])
            right += (2 * belief > len(worlds)) == truth
            usual += (most > 0.5) == truth
    return len(history.told) * len(history.questions), right, usual


World = list[tuple[Seen, list[Episode]]]


def _worlds(history: History, dice: random.Random) -> Iterator[World]:
    """Draws by lot that fit the sizes of all releases: what does not fit one dies there, the rest takes its place."""
    urn = episodes(history.events)
    alive: list[tuple[frozenset[str], World]] = [(frozenset(), [])] * _WORLDS
    for seen in history.seen:
        here, after = [one for one in urn if one.waits(seen.at) and one.cohort == seen.cohort], []
        for spent, drawn in alive:
            waiting = [one for one in here if one.source not in spent]
            if members := _drawn(waiting, seen, dice):
                after.append((spent | {one.source for one in members}, [*drawn, (seen, members)]))
        if not after:
            return
        alive = dice.choices(after, k=_WORLDS)
    if history.seen:
        yield from (drawn for _, drawn in alive)


def _drawn(waiting: list[Episode], seen: Seen, dice: random.Random) -> list[Episode]:
    if seen.n != (len(waiting) if seen.closing else len(waiting) // 2):
        return []
    for _ in range(_TRIES):
        members = dice.sample(waiting, seen.n)
        seniors = Counter(one.senior for one in members)
        if len(seniors) >= SENIORS and 2 * max(seniors.values()) <= seen.n:
            return members
    return []


def _answers(
    seen: Seen, members: list[Episode], dice: random.Random
) -> Iterator[tuple[tuple[str, str], bool]]:  # fmt: skip
    """Who of the drawn made the counts: each way to fill a cell is as likely as the other."""
    versions = [one.version(seen.at) for one in members]
    for question, (low, high) in seen.cells.items():
        counts = range(low, high + 1)
        count = dice.choices(counts, weights=[comb(seen.n, c) for c in counts])[0]
        chosen = set(dice.sample(range(seen.n), count))
        for place, told in enumerate(versions):
            yield (f"{told.source}@{told.at}", question), place in chosen


def _share(history: History, question: str) -> float:
    """The middle of what was published about a question."""
    cells = [seen.cells[question] for seen in history.seen]
    return sum(low + high for low, high in cells) / (2 * sum(seen.n for seen in history.seen))
