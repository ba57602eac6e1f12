"""Programmes by lot: who joins, meets, pauses, leaves, answers what and changes it, has everything deleted. Pure."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from tests.attack.history import QUESTIONS


@dataclass(frozen=True, slots=True)
class Telling:
    """The junior answers about her session number `session`; the same number again changes what she said."""

    after: timedelta
    session: int
    ones: frozenset[str]


@dataclass(frozen=True, slots=True)
class Life:
    """One junior: her senior's number, when she begins, ends, has everything deleted, and what she answers."""

    senior: int
    begins: timedelta
    ends: timedelta | None
    erased: timedelta | None
    told: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """`alike`: everybody answers the same each time."""

    seed: int
    weeks: int
    alike: bool
    lives: tuple[Life, ...]


def programme(seed: int, pairs: int, weeks: int, *, alike: bool) -> Programme:
    """One programme; everything follows from `seed`."""
    dice = random.Random(seed)
    bent = {question: dice.choice((0.05, 0.3, 0.5, 0.7, 0.95)) for question in QUESTIONS}
    seniors = pairs if dice.random() < 0.8 else max(3, pairs // 3)
    lives = tuple(_life(dice, number % seniors, weeks, bent, alike) for number in range(pairs))
    return Programme(seed, weeks, alike, lives)


def _life(dice: random.Random, number: int, weeks: int, bent: dict[str, float], alike: bool) -> Life:
    begins = 0 if dice.random() < 0.8 else dice.randrange(weeks // 2)
    ends = dice.randrange(begins + 2, weeks + 1) if dice.random() < 0.15 else None
    erased = dice.randrange(begins + 1, weeks) if dice.random() < 0.06 else None
    last = min(one for one in (ends, erased, weeks) if one is not None)
    senior = number if dice.random() < 0.85 else dice.randrange(number + 1)
    told = tuple(_told(dice, begins, last, bent, alike))
    return Life(senior, _weeks(begins), _at(ends), _at(erased), told)


def _told(dice: random.Random, begins: int, last: int, bent: dict[str, float], alike: bool) -> Iterator[Telling]:
    """Sessions in the pair's rhythm, less a pause; an answer to most of them, changed now and then."""
    rhythm, away = dice.choice((1, 2, 2, 4)), dice.randrange(begins, begins + 40)
    always = _ones(dice, bent)
    for session, week in enumerate(range(begins, last, rhythm)):
        if away <= week < away + 4 or dice.random() < 0.15:
            continue
        after = _weeks(week) + timedelta(days=dice.randrange(1, 5), minutes=dice.randrange(600))
        yield Telling(after, session, always if alike else _ones(dice, bent))
        if dice.random() < 0.15:
            later = after + timedelta(hours=dice.randrange(1, 40))
            yield Telling(later, session, always if alike else _ones(dice, bent))


def _ones(dice: random.Random, bent: dict[str, float]) -> frozenset[str]:
    return frozenset(question for question, share in bent.items() if dice.random() < share)


def _weeks(number: int) -> timedelta:
    return timedelta(weeks=number, hours=1)


def _at(week: int | None) -> timedelta | None:
    return None if week is None else _weeks(week) - timedelta(minutes=30)
