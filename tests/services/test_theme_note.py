"""The monthly note about themes: who gets it, when, and what it tells."""

from datetime import UTC, datetime, timedelta

from bot.domain.messages import Kind
from bot.services import theme
from bot.services.kit import Actor, Kit
from bot.services.programme import cohorts
from storage.records.enrol import Side
from storage.records.programme import CohortState
from tests.clockwork import MovableClock
from tests.held import letters, pass_time
from tests.services.desk import chi, profile
from tests.services.themes import publish
from tests.services.town_hall import about, join
from tests.world import ANA, BO, CHI, ELI, NOOR, TEAM, World

THURSDAY = datetime(2026, 5, 7, 18, 0, tzinfo=UTC)
CHI_ACTS = Actor(TEAM, CHI)


async def test_everybody_with_a_pair_gets_the_same_note_on_the_first_thursday(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await publish(kit, world, "data", "tools")
    await join(kit, world, NOOR, about(Side.JUNIOR))
    async with kit.store.write(TEAM) as tx:
        await theme.plan_rounds(tx, kit.clock())
    clock.set(datetime(2026, 4, 20, 12, tzinfo=UTC))
    await theme.close(kit, CHI_ACTS, world.cohort.id, "data", "A course for everybody.")
    await theme.take(kit, CHI_ACTS, world.cohort.id, "tools", profile(ELI), "between us")
    await pass_time(kit, clock, THURSDAY)
    told = await letters(kit, Kind.THEME_NOTE)
    assert sorted(letter.to for letter in told) == sorted([ANA, BO]), "who has no pair yet has nothing to hear"
    assert {letter.due_at for letter in told} == {datetime(2026, 5, 7, 8, tzinfo=UTC)}
    async with kit.store.read(TEAM) as tx:
        shown = [await theme.load_note(kit, tx, letter) for letter in told]
    assert shown[0] == shown[1]
    assert shown[0] is not None
    (part,) = shown[0].parts
    assert (part.closed, part.taken) == ((("data", "A course for everybody."),), ("tools",))
    await pass_time(kit, clock, THURSDAY + timedelta(days=35))
    assert len(await letters(kit, Kind.THEME_NOTE)) == 2, "June had nothing to tell"


async def test_a_cohort_that_is_over_still_hears_what_became_of_its_themes(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await publish(kit, world, "data")
    await cohorts.close(kit, chi(), world.cohort.id)
    async with kit.store.write(TEAM) as tx:
        await theme.plan_rounds(tx, kit.clock())
    facts = await theme.themes_window(kit, CHI_ACTS)
    assert facts.cohort.state is CohortState.CLOSED
    await theme.close(kit, CHI_ACTS, world.cohort.id, "data", "It is done.")
    await pass_time(kit, clock, THURSDAY)
    assert len(await letters(kit, Kind.THEME_NOTE)) == 2
