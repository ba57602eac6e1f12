"""The monthly note in a cohort of very few pairs: each knows its own share of a total, and so the others'."""

from datetime import UTC, datetime

from bot.domain.messages import Kind
from bot.services import theme
from bot.services.kit import Kit
from storage import match
from storage.records.delivery import Letter
from storage.records.match import PairState
from tests.clockwork import MovableClock
from tests.held import hold, letters, pass_time
from tests.services.many import add_pairs
from tests.services.many import hold as hold_of
from tests.world import TEAM, World

APRIL, JANUARY = datetime(2026, 4, 2, 18, tzinfo=UTC), datetime(2026, 1, 20, tzinfo=UTC)


async def notes(kit: Kit, world: World, clock: MovableClock) -> list[Letter]:
    """What went out on April's first Thursday, after a session in March."""
    async with kit.store.write(TEAM) as tx:
        await theme.plan_rounds(tx, kit.clock())
    await hold(kit, world)
    await pass_time(kit, clock, APRIL)
    return await letters(kit, Kind.THEME_NOTE)


async def test_totals_are_told_where_there_are_five_pairs_or_more(kit: Kit, world: World, clock: MovableClock) -> None:
    for two in await add_pairs(kit, world.cohort, 4):
        await hold_of(kit, two, clock())
    told = await notes(kit, world, clock)
    async with kit.store.read(TEAM) as tx:
        found = await theme.load_note(kit, tx, told[0])
    assert found is not None and found.held == 5


async def test_of_four_pairs_nobody_is_told_what_the_others_did(kit: Kit, world: World, clock: MovableClock) -> None:
    for two in await add_pairs(kit, world.cohort, 3):
        await hold_of(kit, two, clock())
    assert await notes(kit, world, clock) == []


async def test_pairs_that_ended_before_the_month_do_not_hide_those_that_run(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    for two in await add_pairs(kit, world.cohort, 4):
        async with kit.store.write(TEAM) as tx:
            await match.move(tx, two.pair.id, PairState.ACTIVE, PairState.ENDED, ended_at=JANUARY)
    assert await notes(kit, world, clock) == []  # Ana's and Bo's session alone would be the total
