"""Cohorts in a row that share people: each has a closing figure of one kind, and people answer alike both times.

Outlined, without the product, which `closings` plays on a store. Everybody who answered is
counted at a cohort's end, but with the rule nobody who was counted in an earlier one.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from bot.domain.disclosure import Drawn, Standing, draw, make_release
from storage.records.programme import Cohort, CohortState, Purpose
from storage.records.report import FigureKind, Waiting
from tests.attack.history import Given, History, Seen

TWICE = "closing twice"
KIND, NAMES = FigureKind.END_JUNIOR, ("one", "two", "three")
_START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def repeats(seed: int) -> Iterator[tuple[History, bool]]:
    """Two cohorts of all but one, and two of which the second has enough new people; with the rule and without it."""
    dice = random.Random(seed)
    size = dice.randint(7, 16)
    people = [f"p{number:02}" for number in range(size)]
    fresh = [f"q{number:02}" for number in range(dice.randint(5, 8))]
    answers = {
        one: frozenset(name for name in NAMES if dice.random() < 0.5) for one in (*people, *fresh)
    }  # fmt: skip
    without = dice.choice(people)
    seconds = [[one for one in people if one != without], people[: size // 2] + fresh]
    for second in seconds:
        for ruled in (True, False):
            yield _history((people, second), answers, ruled=ruled), ruled


def _history(cohorts: Sequence[Sequence[str]], answers: dict[str, frozenset[str]], *, ruled: bool) -> History:
    events, seen, counted = list[Given](), list[Seen](), set[str]()
    for number, members in enumerate(cohorts):
        name, asked = f"c{number}", _START + timedelta(weeks=30 * number)
        here = [
            Given(asked, one, f"s{one}", f"{one}:{name}", answers[one], name) for one in members
        ]  # fmt: skip
        events += here
        outcome = closed(name, here, counted if ruled else set(), asked + timedelta(weeks=4), KIND, NAMES)
        if outcome is not None:
            seen.append(outcome)
            counted |= {one.person for one in here if one.source in (outcome.members or ())}
    drawn = [one.members or frozenset() for one in seen]
    return History(date(2026, 3, 2), events, [], seen, kind=KIND, questions=NAMES, drawn=drawn)


def closed(
    name: str, told: Sequence[Given], elsewhere: set[str], at: datetime, kind: FigureKind, names: tuple[str, ...]
) -> Seen | None:
    """What the gate itself publishes at a cohort's end; None where it publishes nothing."""
    cohort = Cohort(
        name, "T1", name, Purpose.FREE, date(2026, 3, 2), date(2026, 9, 2), 6, 14, False, CohortState.CLOSED, 5, 2
    )
    standing = Standing(cohort, kind, names, [], len(told), True, at, "Europe/Berlin", frozenset(elsewhere))
    pool = [Waiting(one.person, one.senior, one.source, False) for one in told]
    outcome = draw(pool, standing, lambda waiting, n: waiting)
    if not isinstance(outcome, Drawn):
        return None
    made = make_release("", outcome, {one.source: one.ones for one in told}, standing)
    cells = {cell.name: (cell.low, cell.high) for cell in made.cells}
    return Seen(at, made.n, cells, True, frozenset(one.source_id for one in outcome.members), name)
