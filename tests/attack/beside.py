"""Two cohorts that run at the same time and share people, on a real store: their figures are attacked together.

Whoever is in a cohort past its last day that nobody has closed can join the next. Everybody answers alike in both.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field, replace

from bot.domain.when import local_day
from bot.schedule.sweeps import run_due
from bot.services.kit import Actor, Kit
from bot.services.programme import cohorts
from bot.services.report import plans
from bot.services.report.weekly import stored
from storage import programme
from storage import report as reports
from storage.ids import new_id
from storage.records.checkin import Question
from storage.records.enrol import Side
from storage.records.programme import Cohort
from storage.records.report import FigureKind
from tests.attack.history import Given, History, Seen, Sweep
from tests.attack.papers import Papers
from tests.attack.reading import NOTHING, Standing, released, standing
from tests.clockwork import MovableClock
from tests.services.finished import again, take_part
from tests.services.many import NO, YES, Two, add_pairs, answer, hold
from tests.services.weeks import plan
from tests.world import CHI, TEAM, World, seed

_CHIS = Actor(TEAM, CHI)
_KIND = FigureKind.RECIPROCITY
_WEEKS, _ANSWERS = 14, 0.6


@dataclass(slots=True)
class _Both:
    """What was told and read so far of the two."""

    kit: Kit
    clock: MovableClock
    world: World
    dice: random.Random
    always: dict[str, frozenset[str]] = field(default_factory=dict)
    events: list[Given] = field(default_factory=list)
    sweeps: list[Sweep] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    drawn: list[frozenset[str]] = field(default_factory=list)
    before: dict[str, Standing] = field(default_factory=lambda: defaultdict(lambda: NOTHING))


async def beside(kit: Kit, clock: MovableClock, number: int) -> History:
    """The history of both; where `number` is even the second is the first without one pair, else all and newcomers."""
    both = _Both(kit, clock, await seed(kit), random.Random(number))
    await plan(kit, both.world)
    second = replace(both.world.cohort, id=new_id(), name="Autumn")
    async with kit.store.write(TEAM) as tx:
        await programme.add_cohort(tx, second)
    first = await add_pairs(kit, both.world.cohort, both.dice.randint(9, 12))
    users = {n: (f"U07JNEW{n:03}", f"U07SNEW{n:03}") for n in range(3)}
    fresh = await add_pairs(kit, second, len(users) if number % 2 else 0, users)
    await take_part(kit, both.world.cohort, first)
    shared = await again(kit, second, first[:-1] if number % 2 == 0 else first)
    await take_part(kit, second, fresh)
    await _run(both, {both.world.cohort.id: first, second.id: [*shared, *fresh]}, [both.world.cohort, second])
    starts = both.world.cohort.starts_on
    return History(starts, both.events, both.sweeps, both.seen, kind=_KIND, drawn=both.drawn)


async def _run(both: _Both, pairs: dict[str, list[Two]], running: list[Cohort]) -> None:
    """Week after week; the first is closed a week before the second. In the end the report on both."""
    papers = list(running)
    for week in range(_WEEKS):
        for cohort in running:
            await _week(both, cohort, pairs[cohort.id])
        ending = {_WEEKS - 2: papers[0], _WEEKS - 1: papers[1]}.get(week)
        if ending is not None:
            await cohorts.close(both.kit, _CHIS, ending.id)
        await _sweep(both, running, ending)
        running = [cohort for cohort in running if cohort is not ending]
    seen = {one.id: {_KIND: [seen for seen in both.seen if seen.cohort == one.id]} for one in papers}
    for about in ([papers[0]], [papers[1]], papers):
        await Papers(both.kit, about, both.world.programme.zone, seen, []).read()


async def _week(both: _Both, cohort: Cohort, pairs: list[Two]) -> None:
    for two in pairs:
        if both.dice.random() < _ANSWERS:
            both.clock.move(minutes=7)
            person = two.junior.id
            ones = both.always.setdefault(person, frozenset(q for q in Question if both.dice.random() < 0.5))
            options = {question: (YES if question in ones else NO)[question] for question in Question}
            told = await answer(both.kit, two, await hold(both.kit, two, both.clock()), options)
            both.events.append(Given(both.clock(), person, two.senior.id, told.id, ones, cohort.id))


async def _sweep(both: _Both, running: list[Cohort], ending: Cohort | None) -> None:
    async with both.kit.store.read(TEAM) as tx:
        at = await plans.next_digest_at(tx)
    assert at is not None
    both.clock.set(at)
    await run_due(both.kit)
    for cohort in running:
        async with both.kit.store.read(TEAM) as tx:
            digests = await reports.digests(tx, cohort.id)
            people = await reports.people(tx, cohort.id, Side.JUNIOR)
            spent = {one.source_id for one in await reports.pool(tx, cohort.id, _KIND) if one.spent}
        day = local_day(at, both.world.programme.zone)
        both.sweeps.append(Sweep(at, day, people, cohort is ending, cohort.id))
        after = standing(stored(digests[-1]).section(_KIND))
        if one := released(both.before[cohort.id], after, at):
            both.seen.append(replace(one, cohort=cohort.id))
            both.drawn.append(frozenset(spent.difference(*both.drawn)))
        both.before[cohort.id] = after
