"""Plays a programme week by week with the product's own use cases, on a real database, and keeps every digest."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain.report.facts import DigestFacts
from bot.domain.report.figures import Section
from bot.domain.report.kinds import RUNNING
from bot.schedule.sweeps import run_due
from bot.services import pulse, report
from bot.services.kit import Actor, Kit
from bot.services.programme import cohorts
from bot.services.report import plans
from bot.services.report.weekly import stored
from storage import programme as programmes
from storage import report as reports
from storage.ids import new_id
from storage.records.programme import CohortState
from storage.records.report import FigureKind, Waiting
from tests.clockwork import MovableClock
from tests.digests.habits import ways
from tests.digests.pair import Life, Stage
from tests.digests.truth import Gap, Name, Truth, gaps
from tests.services.many import add_pairs
from tests.world import CHI, TEAM, seed

CHIS = Actor(TEAM, CHI)
THEMES = ("access", "tools", "training", "support", "ai_rules", "data")


@dataclass(frozen=True, slots=True)
class Week:
    """One week's digest as it was stored, what it says of each kind, and how far that is from the truth.

    `waited` are how many waited in each urn before the draw, and `new` the kinds of which somebody was drawn.
    """

    at: datetime
    facts: DigestFacts
    sections: Mapping[FigureKind, Section]
    waited: Mapping[FigureKind, int]
    new: frozenset[FigureKind]
    gaps: Mapping[Name, Gap]


async def played(kit: Kit, clock: MovableClock, pairs: int, weeks: int, dice_seed: int = 1) -> list[Week]:
    """A programme of `pairs` pairs that meet every two weeks; closed on the last Friday. One digest a week."""
    dice = random.Random(dice_seed)
    stage = await _begun(kit, clock, pairs, weeks, dice)
    found = []
    for week in range(1, weeks + 1):
        ends = stage.starts + timedelta(weeks=week)
        if week == weeks:
            await stage.until(ends - timedelta(days=2, hours=18))
            await cohorts.close(kit, CHIS, stage.cohort.id)
        found.append(await _week(stage))
    return found


async def _begun(kit: Kit, clock: MovableClock, pairs: int, weeks: int, dice: random.Random) -> Stage:
    """A cohort of its own beside that of every test's world, which is closed, and its pairs, about to book."""
    world = await seed(kit)
    ends_on = world.cohort.starts_on + timedelta(weeks=weeks, days=-3)
    cohort = replace(world.cohort, id=new_id(), name=f"{pairs} pairs", ends_on=ends_on)
    async with kit.store.write(TEAM) as tx:
        await programmes.set_cohort(tx, world.cohort.id, state=CohortState.CLOSED)
        await programmes.add_cohort(tx, cohort)
        await report.plan_weekly(kit, tx, world.programme, clock())
        await pulse.plan_rounds(tx, clock())
    stage = Stage(kit, clock, cohort, Truth(), dice, weeks)
    for two in await add_pairs(kit, cohort, pairs):
        Life(stage, two, ways(dice, weeks, THEMES)).begin()
    stage.daily()
    return stage


async def _week(stage: Stage) -> Week:
    """Everything until the next digest, and the digest."""
    kit, cohort = stage.kit, stage.cohort
    async with kit.store.read(TEAM) as tx:
        at = await plans.next_digest_at(tx)
    assert at is not None
    await stage.until(at - timedelta(seconds=1))
    before = await _pools(stage)
    stage.clock.set(at.astimezone(UTC))
    await run_due(kit)
    drawn = {kind: _spent(pool) - _spent(before[kind]) for kind, pool in (await _pools(stage)).items()}
    for kind, members in drawn.items():
        stage.truth.count(kind, {one.source_id for one in members})
    async with kit.store.read(TEAM) as tx:
        figures = stored((await reports.digests(tx, cohort.id))[-1])
    sections = {kind: section for kind in RUNNING if (section := figures.section(kind)) is not None}
    waited = {kind: len(pool) - len(_spent(pool)) for kind, pool in before.items()}
    new = frozenset(kind for kind, members in drawn.items() if members)
    return Week(at, DigestFacts(cohort, figures), sections, waited, new, gaps(stage.truth, sections))


async def _pools(stage: Stage) -> dict[FigureKind, list[Waiting]]:
    """Who is in the urns: nobody but the sweep and a test looks into them."""
    async with stage.kit.store.read(TEAM) as tx:
        return {kind: await reports.pool(tx, stage.cohort.id, kind) for kind in RUNNING}


def _spent(pool: list[Waiting]) -> set[Waiting]:
    return {one for one in pool if one.spent}
