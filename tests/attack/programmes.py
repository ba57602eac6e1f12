"""Programmes by lot: who joins, meets, pauses, leaves, answers what and changes it, has everything deleted. Pure."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from tests.attack.history import QUESTIONS


class About(StrEnum):
    """What is told: a check-in with its themes, whether something done was noticed, the two taps of either side."""

    CHECKIN = "checkin"
    NOTICED = "noticed"
    JUNIOR_PULSE = "junior_pulse"
    SENIOR_PULSE = "senior_pulse"


THEMES = ("theme 0", "theme 1", "theme 2")
"""Stand for the first themes that a cohort has."""
ASKED = {
    About.CHECKIN: (*QUESTIONS, *THEMES),
    About.NOTICED: ("unnoticed",),
    About.JUNIOR_PULSE: ("gives_more", "can_say"),
    About.SENIOR_PULSE: ("gives_more", "can_say"),
}
_PULSE_EVERY, _PULSE_FIRST = 6, 4
_TAKEN, _GIVEN_AGAIN, _OPEN = 0.25, 0.7, timedelta(days=11)
"""How often taps are taken back and given again, and how long that is played, counted from the last change of them."""
Bent = dict[tuple[About, str], float]


@dataclass(frozen=True, slots=True)
class Telling:
    """An answer number `number` about something; the same number again changes what was said, or takes it `back`."""

    after: timedelta
    about: About
    number: int
    ones: frozenset[str]
    back: bool = False


@dataclass(frozen=True, slots=True)
class Life:
    """One junior: her senior's number; when she begins, pauses (from, until), ends and has everything deleted; and what
    the two of the pair answer. `moves`: when she goes to another department."""

    senior: int
    begins: timedelta
    ends: timedelta | None
    erased: timedelta | None
    told: tuple[Telling, ...]
    away: tuple[timedelta, timedelta] | None = None
    moves: timedelta | None = None


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
    bent = {(about, one): dice.choice((0.05, 0.3, 0.5, 0.7, 0.95)) for about, names in ASKED.items() for one in names}
    seniors = pairs if dice.random() < 0.8 else max(3, pairs // 3)
    always: dict[int, frozenset[str]] = {}
    lives = tuple(_life(dice, number % seniors, weeks, bent, always if alike else None) for number in range(pairs))
    again = random.Random(f"{seed} taken back")  # dice of its own: all else that follows from a seed stays as it was
    return Programme(seed, weeks, alike, tuple(_reconsidered(again, life, weeks, bent, alike) for life in lives))


def otherwise(plan: Programme, seed: int) -> Programme:
    """The same programme with other answers: who does what when is as it was."""
    dice = random.Random(seed)
    lives = []
    for life in plan.lives:
        told = tuple(
            t if t.back else replace(t, ones=frozenset(q for q in ASKED[t.about] if dice.random() < 0.5))
            for t in life.told
        )
        lives.append(replace(life, told=told))
    return Programme(plan.seed, plan.weeks, False, tuple(lives))


def _life(
    dice: random.Random, number: int, weeks: int, bent: Bent, seniors: dict[int, frozenset[str]] | None
) -> Life:  # fmt: skip
    begins = 0 if dice.random() < 0.8 else dice.randrange(weeks // 2)
    ends = dice.randrange(begins + 2, weeks + 1) if dice.random() < 0.15 else None
    erased = dice.randrange(begins + 1, weeks) if dice.random() < 0.06 else None
    last = min(one for one in (ends, erased, weeks) if one is not None)
    senior = number if dice.random() < 0.85 else dice.randrange(number + 1)
    gone = dice.randrange(begins, begins + 40)
    away = (gone, gone + 4) if gone + 5 < last else None
    alike = None
    if seniors is not None:
        alike = {about: _ones(dice, about, bent) for about in About}
        alike[About.SENIOR_PULSE] = seniors.setdefault(senior, alike[About.SENIOR_PULSE])
    met = [week for week in range(begins, last, dice.choice((1, 2, 2, 4))) if away is None or not _in(away, week)]
    told = sorted(
        [*_sessions(dice, met, bent, alike), *_pulses(dice, begins, last, away, bent, alike)], key=lambda t: t.after
    )
    moves = _weeks(dice.randrange(begins, last)) + timedelta(hours=2) if dice.random() < 0.2 else None
    pause = (_weeks(away[0]) - timedelta(hours=3), _weeks(away[1])) if away else None
    return Life(senior, _weeks(begins), _at(ends), _at(erased), tuple(told), pause, moves)


def _sessions(
    dice: random.Random, met: list[int], bent: Bent, alike: dict[About, frozenset[str]] | None
) -> Iterator[Telling]:
    """An answer to most sessions, changed now and then; and whether what was done since was noticed."""
    for session, week in enumerate(met):
        after = _weeks(week) + timedelta(days=dice.randrange(1, 5), minutes=dice.randrange(600))
        if dice.random() < 0.85:
            yield from _told(dice, after, About.CHECKIN, session, bent, alike)
        if dice.random() < 0.4:
            yield from _told(dice, after + timedelta(hours=20), About.NOTICED, session, bent, alike)


def _pulses(
    dice: random.Random,
    begins: int,
    last: int,
    away: tuple[int, int] | None,
    bent: Bent,
    alike: dict[About, frozenset[str]] | None,
) -> Iterator[Telling]:
    for week in range(_PULSE_FIRST, last, _PULSE_EVERY):
        for about in (About.JUNIOR_PULSE, About.SENIOR_PULSE):
            if week <= begins or (away is not None and _in(away, week)) or dice.random() < 0.15:
                continue
            after = _weeks(week) + timedelta(days=2, minutes=dice.randrange(600))
            yield from _told(dice, after, about, week, bent, alike)


def _told(
    dice: random.Random, after: timedelta, about: About, number: int, bent: Bent,
    alike: dict[About, frozenset[str]] | None,
) -> Iterator[Telling]:  # fmt: skip
    yield Telling(after, about, number, alike[about] if alike else _ones(dice, about, bent))
    if dice.random() < 0.15:
        later = after + timedelta(hours=dice.randrange(1, 40))
        yield Telling(later, about, number, alike[about] if alike else _ones(dice, about, bent))


def _reconsidered(dice: random.Random, life: Life, weeks: int, bent: Bent, alike: bool) -> Life:
    """Taps are taken back now and then, before a draw or after one; most are given again."""
    last = min(one for one in (life.ends, life.erased, _weeks(weeks)) if one is not None)
    known = {(t.about, t.number): t for t in life.told if t.about in (About.JUNIOR_PULSE, About.SENIOR_PULSE)}
    more = list[Telling]()
    for told in known.values():
        until = min(last, told.after + _OPEN)
        back, later = (timedelta(hours=dice.randrange(1, 150)) for _ in range(2))
        if dice.random() < _TAKEN and told.after + back < until:
            more.append(replace(told, after=told.after + back, ones=frozenset(), back=True))
            if dice.random() < _GIVEN_AGAIN and told.after + back + later < until:
                ones = told.ones if alike else _ones(dice, told.about, bent)
                more.append(replace(told, after=told.after + back + later, ones=ones))
    return replace(life, told=tuple(sorted([*life.told, *more], key=lambda t: t.after)))


def _in(away: tuple[int, int], week: int) -> bool:
    return away[0] - 1 <= week < away[1] + 1


def _ones(dice: random.Random, about: About, bent: Bent) -> frozenset[str]:
    return frozenset(one for one in ASKED[about] if dice.random() < bent[about, one])


def _weeks(number: int) -> timedelta:
    return timedelta(weeks=number, hours=1)


def _at(week: int | None) -> timedelta | None:
    return None if week is None else _weeks(week) - timedelta(minutes=30)
