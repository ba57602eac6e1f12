"""Programmes played and attacked one after another, and what came of it in numbers."""

import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine

from bot import log
from bot.services.kit import Kit
from prompts import Library, load
from storage.records.programme import Cohort, CohortState, Purpose
from storage.store import Store
from storage.tables import metadata
from storage.vault import MasterKey
from tests.attack import worlds
from tests.attack.beside import beside
from tests.attack.closings import closings
from tests.attack.guessing import guessed
from tests.attack.history import History
from tests.attack.naive import NAIVE
from tests.attack.playing import played
from tests.attack.programmes import Programme, otherwise, programme
from tests.attack.repeats import TWICE, repeats
from tests.attack.solver import Attack, Found, Key
from tests.clockwork import MovableClock

COHORT = Cohort(
    "c1", "T1", "Spring", Purpose.FREE, date(2026, 3, 2), date(2027, 3, 2), 6, 14, False, CohortState.OPEN, 5, 2
)
SMALL = 12
"""Up to so many pairs every single person is tried as the insider; above, some by lot."""
MANY = ", 13 to 60"
"""Ends the row of programmes with more pairs: worlds are sampled there, and the solver gets a short time. What neither
opens is undecided, which is no proof of anything."""
WHOLE = 10
"""Every so-manieth programme, one of up to 12 pairs, goes through the product's forms, twice, with lists in between."""
_ALL, _SOME, _NAIVE_TRIED = (1000, 4), (1, 0), 4
"""How many single insiders, and how many twos and threes; the second for programmes with more pairs."""
_EFFORT, _EFFORT_LARGE, _EFFORT_NAIVE = 20.0, 0.3, 2.0
_TRIES = 300
_SIZES = ((5, 9), (10, 12), (10, 12), (13, 24), (25, 60))


@dataclass(slots=True)
class Tally:
    """What a gate gave away, by the number of insiders: answers that were tried, determined, undecided."""

    releases: int = 0
    tried: Counter[int] = field(default_factory=Counter)
    determined: Counter[int] = field(default_factory=Counter)
    undecided: Counter[int] = field(default_factory=Counter)

    def count(self, insiders: int, found: Found) -> None:
        self.tried[insiders] += found.answers
        self.determined[insiders] += found.determined
        self.undecided[insiders] += found.undecided

    def add(self, other: "Tally") -> None:
        self.releases += other.releases
        for mine, theirs in ((self.tried, other.tried), (self.determined, other.determined)):
            mine.update(theirs)
        self.undecided.update(other.undecided)


@dataclass(slots=True)
class Result:
    """Everything that a run has found; `real` by kind of figure."""

    programmes: int = 0
    whole: int = 0
    answers: int = 0
    guesses: Counter[str] = field(default_factory=Counter)
    real: dict[str, Tally] = field(default_factory=dict)
    naive: dict[str, Tally] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)

    def tally(self, kind: str) -> Tally:
        return self.real.setdefault(kind, Tally())

    def add(self, other: "Result") -> None:
        self.programmes += other.programmes
        self.whole += other.whole
        self.answers += other.answers
        self.guesses.update(other.guesses)
        self.found += other.found
        for mine, theirs in ((self.real, other.real), (self.naive, other.naive)):
            for name, tally in theirs.items():
                mine.setdefault(name, Tally()).add(tally)


def plans(number: int, seed: int) -> Iterator[tuple[int, Programme]]:
    """So many programmes of 5 to 60 pairs and 12 to 52 weeks; in every other one people answer alike each time."""
    dice = random.Random(seed)
    for n in range(number):
        size = dice.choice(_SIZES if n % WHOLE else _SIZES[:3])
        yield n, programme(dice.randrange(10**6), dice.randint(*size), dice.randint(12, 52), alike=n % 2 == 1)


def one(numbered: tuple[int, Programme]) -> Result:
    """A programme by itself, for a process of its own."""
    log.configure("ERROR")
    (number, plan), result = numbered, Result()
    asyncio.run(go(plan, result, load(), whole=number % WHOLE == 0))
    return result


async def go(plan: Programme, result: Result, words: Library, *, whole: bool) -> None:
    """Play one programme, and attack what was published of it and what other gates would have published."""
    looks: list[str] = []
    histories = await on_own_database(plan, words, whole=whole, looks=looks)
    if whole:
        await _nothing_else_shows(plan, words, looks)
    result.programmes += 1
    result.whole += whole
    for history in histories:
        _attack(history, plan, result.tally(history.kind + ("" if len(plan.lives) <= SMALL else MANY)), result)
    first = histories[0]
    dice, people = random.Random(plan.seed), _people(first)
    for name, gate in NAIVE.items():
        _naive(gate(first, COHORT), result.naive.setdefault(name, Tally()), name, plan, people, dice)
    outlined = ((history, "" if ruled else TWICE) for history, ruled in repeats(plan.seed))
    _repeated(outlined, "two closings", plan.seed, result)
    if whole:
        for number in (0, 1):
            async with _database(words, plan.seed) as (kit, clock):
                found = await closings(kit, clock, 2 * plan.seed + number, later=True)
            _repeated(found, "two closings, played", plan.seed, result)
            async with _database(words, plan.seed) as (kit, clock):
                together = await beside(kit, clock, 2 * plan.seed + number)
            _attack(together, replace(plan, alike=True), result.tally("two cohorts at a time"), result)


async def _nothing_else_shows(plan: Programme, words: Library, looks: list[str]) -> None:
    """With other answers and the same dice, everything but the figures is the same to the letter."""
    again: list[str] = []
    await on_own_database(otherwise(plan, plan.seed + 1), words, whole=True, looks=again)
    assert looks == again, "something that is no figure changes with answers"


def _attack(history: History, plan: Programme, tally: Tally, result: Result) -> None:
    """Nobody, every single insider, some twos and threes by lot."""
    worlds.check(history)
    result.answers += len(history.told) * len(history.questions)
    n, right, usual = guessed(history, plan.seed)
    result.guesses.update(n=n, right=right, usual=usual)
    tally.releases += len(history.seen)
    dice, small = random.Random(plan.seed), len(plan.lives) <= SMALL
    for alike in (False, True)[: 1 + plan.alike]:
        found = worlds.widened(history, alike, worlds.others(history, alike), dice, _TRIES)
        for insiders in _teams(_people(history), dice, _ALL if small else _SOME):
            outcome = decided(history, alike, insiders, found, _EFFORT if small else _EFFORT_LARGE)
            tally.count(len(insiders), outcome)
            if len(insiders) < 2 and outcome.determined:
                result.found.append(f"{history.kind}, seed {plan.seed}, {len(plan.lives)} pairs, {insiders}")


def decided(
    history: History, alike: bool, insiders: Collection[str], found: dict[Key, frozenset[str]], effort: float
) -> Found:  # fmt: skip
    """How many answers are certain. What no exchange opens is given to the solver."""
    free = {key for key in worlds.closed(found, insiders) if not _told_by(history, key, alike, insiders)}
    tried = _tried(history, insiders)
    if not free:
        return Found(tried, 0, 0)
    return replace(Attack(history, alike, insiders, effort).run(free), answers=tried)


def _told_by(history: History, key: Key, alike: bool, insiders: Collection[str]) -> bool:
    if alike:
        return key[0] in insiders
    return any(key[0].startswith(told.source) for told in history.told if told.person in insiders)


def _tried(history: History, insiders: Collection[str]) -> int:
    return sum(len(told.asks(history.questions)) for told in history.told if told.person not in insiders)


def _people(history: History) -> list[str]:
    return sorted({told.person for told in history.told})


def _teams(people: list[str], dice: random.Random, many: tuple[int, int]) -> Iterator[tuple[str, ...]]:
    """Nobody; each in turn, or so many of them by lot; so many twos and threes by lot."""
    single, some = many
    yield ()
    yield from ((person,) for person in (people if len(people) <= single else dice.sample(people, single)))
    for size in (2, 3):
        if len(people) > size:
            yield from (tuple(dice.sample(people, size)) for _ in range(some))


def _naive(
    history: History, tally: Tally, name: str, plan: Programme, people: list[str], dice: random.Random
) -> None:  # fmt: skip
    """Nobody and some single insiders. Where a lot was cast only small programmes are tried: the others take hours."""
    by_lot = any(seen.members is None for seen in history.seen)
    if not history.seen or (by_lot and len(plan.lives) > SMALL):
        return
    tally.releases += len(history.seen)
    for alike in (False, True)[: 1 + plan.alike]:
        found = worlds.others(history, alike)
        for insiders in [(), *((person,) for person in dice.sample(people, min(len(people), _NAIVE_TRIED)))]:
            tally.count(len(insiders), decided(history, alike, insiders, found, _EFFORT_NAIVE))


def _repeated(found: Iterable[tuple[History, str]], name: str, seed: int, result: Result) -> None:
    """Two cohorts in a row that share all people but one, or some: as they are told, and by other gates, with names."""
    for history, other in found:
        worlds.check(history)
        tally = result.naive.setdefault(other, Tally()) if other else result.tally(name)
        tally.releases += len(history.seen)
        known = worlds.others(history, True)
        for insiders in _teams(_people(history), random.Random(seed), _ALL):
            if len(insiders) < 2 or not other:
                tally.count(len(insiders), decided(history, True, insiders, known, _EFFORT_NAIVE))


async def on_own_database(
    plan: Programme, words: Library, *, whole: bool, looks: list[str] | None = None
) -> list[History]:
    """The programme's histories, from a database of its own that is gone afterwards."""
    async with _database(words, plan.seed) as (kit, clock):
        return await played(kit, clock, plan, whole=whole, looks=looks)


@cache
def _empty() -> bytes:
    """A new database; made once in a process."""
    with tempfile.TemporaryDirectory(prefix="revmentor-attack-") as folder:
        path = Path(folder) / "empty.db"
        engine = create_engine(f"sqlite:///{path}")
        metadata.create_all(engine)
        engine.dispose()
        return path.read_bytes()


@asynccontextmanager
async def _database(words: Library, seed: int) -> AsyncIterator[tuple[Kit, MovableClock]]:
    with tempfile.TemporaryDirectory(prefix="revmentor-attack-") as folder:
        path = Path(folder) / "attack.db"
        path.write_bytes(_empty())
        store, clock = Store(f"sqlite+aiosqlite:///{path}", [MasterKey.new("attack")]), MovableClock()
        try:
            yield Kit(store, clock, words, dice=random.Random(seed)), clock
        finally:
            await store.close()
