"""Programmes played and attacked one after another, and what came of it in numbers."""

import random
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import create_engine

from bot.services.kit import Kit
from prompts import Library
from storage.records.programme import Cohort, CohortState, Purpose
from storage.store import Store
from storage.tables import metadata
from storage.vault import MasterKey
from tests.attack.guessing import guessed
from tests.attack.history import History
from tests.attack.naive import NAIVE
from tests.attack.playing import played
from tests.attack.programmes import Programme, programme
from tests.attack.solver import Attack
from tests.clockwork import MovableClock

COHORT = Cohort(
    "c1", "T1", "Spring", Purpose.FREE, date(2026, 3, 2), date(2027, 3, 2), 6, 14, False, CohortState.OPEN, 5, 2
)
EVERYBODY = 12
"""Up to so many pairs each junior is tried as the insider; above, some by lot."""
_TRIED = 4
_SIZES = ((5, 9), (10, 12), (10, 12), (13, 24), (25, 60))


@dataclass(slots=True)
class Tally:
    """What a gate gave away, by the number of insiders: answers that were tried, determined, undecided."""

    releases: int = 0
    tried: Counter[int] = field(default_factory=Counter)
    determined: Counter[int] = field(default_factory=Counter)
    undecided: Counter[int] = field(default_factory=Counter)

    def attack(self, history: History, alike: bool, insiders: Collection[str]) -> None:
        found = Attack(history, alike, insiders).run()
        self.tried[len(insiders)] += found.answers
        self.determined[len(insiders)] += found.determined
        self.undecided[len(insiders)] += found.undecided


@dataclass(slots=True)
class Result:
    """Everything that a run has found."""

    programmes: int = 0
    answers: int = 0
    guesses: Counter[str] = field(default_factory=Counter)
    real: Tally = field(default_factory=Tally)
    naive: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in NAIVE})


def plans(number: int, seed: int) -> Iterator[Programme]:
    """So many programmes of 5 to 60 pairs and 12 to 52 weeks; in every other one people answer alike each time."""
    dice = random.Random(seed)
    for n in range(number):
        yield programme(
            dice.randrange(10**6), dice.randint(*dice.choice(_SIZES)), dice.randint(12, 52), alike=n % 2 == 1
        )


async def go(plan: Programme, result: Result, words: Library, *, whole: bool) -> None:
    """Play one programme, and attack what was published of it and what other gates would have published."""
    history = await on_own_database(plan, words, whole=whole)
    dice, people = random.Random(plan.seed), sorted({one.person for one in history.told})
    result.programmes += 1
    result.answers += len(history.told) * 4
    n, right, usual = guessed(history, plan.seed)
    result.guesses.update(n=n, right=right, usual=usual)
    assert Attack(history, plan.alike, people).possible(), "the truth does not fit what was published"
    result.real.releases += len(history.seen)
    for alike in (False, True)[: 1 + plan.alike]:
        for insiders in _teams(people, dice):
            result.real.attack(history, alike, insiders)
        for name, gate in NAIVE.items():
            _naive(gate(history, COHORT), result.naive[name], alike, people, dice)


def _teams(people: list[str], dice: random.Random) -> Iterator[tuple[str, ...]]:
    """Nobody; one insider, each in turn where there are few; some twos and threes by lot."""
    yield ()
    yield from ((one,) for one in _some(people, dice))
    for size in (2, 3):
        if len(people) > size:
            yield from (tuple(dice.sample(people, size)) for _ in range(_TRIED))


def _some(people: list[str], dice: random.Random) -> list[str]:
    return people if len(people) <= EVERYBODY else dice.sample(people, _TRIED)


def _naive(history: History, tally: Tally, alike: bool, people: list[str], dice: random.Random) -> None:
    tally.releases += len(history.seen)
    if history.seen:
        tally.attack(history, alike, ())
        for one in _some(people, dice):
            tally.attack(history, alike, (one,))


async def on_own_database(plan: Programme, words: Library, *, whole: bool) -> History:
    """The programme's history, from a database of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="revmentor-attack-") as folder:
        path = Path(folder) / "attack.db"
        engine = create_engine(f"sqlite:///{path}")
        metadata.create_all(engine)
        engine.dispose()
        store, clock = Store(f"sqlite+aiosqlite:///{path}", [MasterKey.new("attack")]), MovableClock()
        try:
            kit = Kit(store, clock, words, dice=random.Random(plan.seed))
            return await played(kit, clock, plan, whole=whole)
        finally:
            await store.close()
