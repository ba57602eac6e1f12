"""The urns of all cohorts are read and published together: what each counts is as if it were alone."""

from dataclasses import replace

from sqlalchemy import select

from bot.services.kit import Kit
from storage import match, programme
from storage import report as reports
from storage import tables as t
from storage.ids import new_id
from storage.records.programme import Cohort, CohortState
from storage.records.report import FigureKind
from tests.clockwork import MovableClock
from tests.services.many import NO, YES, Two, add_pairs, everybody_answers
from tests.services.weeks import plan, sweep
from tests.world import TEAM, World

KIND = FigureKind.RECIPROCITY


async def also_in(kit: Kit, cohort: Cohort, pairs: list[Two]) -> tuple[Cohort, list[Two]]:
    """A second cohort in which the same people are pairs."""
    other = replace(cohort, id=new_id(), name="Autumn")
    again = [replace(two, pair=replace(two.pair, id=new_id(), cohort_id=other.id)) for two in pairs]
    async with kit.store.write(TEAM) as tx:
        await programme.add_cohort(tx, other)
        for two in again:
            await match.add(tx, two.pair)
    return other, again


async def test_of_two_cohorts_that_end_in_one_week_nobody_is_in_two_closing_figures(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pairs = await add_pairs(kit, world.cohort, 7)
    other, again = await also_in(kit, world.cohort, pairs[:6])
    await everybody_answers(kit, pairs, YES)
    await everybody_answers(kit, again, YES)
    await plan(kit, world)
    async with kit.store.write(TEAM) as tx:
        for cohort in (world.cohort, other):
            await programme.set_cohort(tx, cohort.id, state=CohortState.CLOSED)
    await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        found = [await reports.releases(tx, one.id, KIND) for one in (world.cohort, other)]
        spent = [
            {w.person_id for w in await reports.pool(tx, one.id, KIND) if w.spent} for one in (world.cohort, other)
        ]
    assert sorted(len(made) for made in found) == [0, 1], "whoever comes second has nobody left to count"
    assert not spent[0] & spent[1]


async def test_two_running_cohorts_publish_in_one_week_each_what_its_own_people_answered(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pairs = await add_pairs(kit, world.cohort, 22)
    other, again = await also_in(kit, world.cohort, pairs[:20])
    await everybody_answers(kit, pairs, YES)
    await everybody_answers(kit, again, NO)
    await plan(kit, world)
    query = select(t.urn.c.mark).where(t.urn.c.kind == KIND)
    async with kit.store.read(TEAM) as tx:
        before = set(await tx.conn.scalars(query))
    await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        (mine,), (theirs,) = [await reports.releases(tx, one.id, KIND) for one in (world.cohort, other)]
        spent = [sum(w.spent for w in await reports.pool(tx, one.id, KIND)) for one in (world.cohort, other)]
        after = set(await tx.conn.scalars(query))
    assert (mine.n, theirs.n) == (11, 10) and spent == [11, 10]
    assert {(cell.low, cell.high) for cell in mine.cells} == {(9, 11)}
    assert {(cell.low, cell.high) for cell in theirs.cells} == {(0, 2)}
    assert len(after) == 42 and not before & after, "every mark of both urns is sealed afresh"
