"""The monthly note: of totals that few had a share in, each would know the others'; and whoever is in two cohorts."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.messages import Kind
from bot.services import theme
from bot.services.kit import Kit
from storage import commit, enrol, match, outbox, programme, ripple
from storage import theme as rows
from storage.ids import new_id
from storage.records.commit import Commitment, CommitmentKind, CommitmentState
from storage.records.delivery import Letter
from storage.records.match import PairState
from storage.records.ripple import Ripple, RippleKind
from tests.clockwork import MovableClock
from tests.held import hold, letters, pass_time
from tests.services.many import add_pairs
from tests.services.many import hold as hold_of
from tests.world import ANA, BO, TEAM, World

APRIL, JANUARY = datetime(2026, 4, 2, 18, tzinfo=UTC), datetime(2026, 1, 20, tzinfo=UTC)


async def notes(kit: Kit, world: World, clock: MovableClock) -> list[Letter]:
    """What went out on April's first Thursday, after a session in March."""
    async with kit.store.write(TEAM) as tx:
        await theme.plan_rounds(tx, kit.clock())
    await hold(kit, world)
    await pass_time(kit, clock, APRIL)
    return await letters(kit, Kind.THEME_NOTE)


async def keep(kit: Kit, world: World, at: datetime) -> None:
    """Ana's and Bo's pair keeps a promise, and something comes of it."""
    async with kit.store.write(TEAM) as tx:
        made = Commitment(
            new_id(), TEAM, world.pair.id, world.bo.id, None, CommitmentKind.HELP, "Ask the board", at.date(), 0,
            CommitmentState.DONE, at, at, at,
        )  # fmt: skip
        await commit.add(tx, made)
        await ripple.add(tx, Ripple(new_id(), TEAM, world.pair.id, world.ana.id, RippleKind.VISIT, None, at))


async def test_totals_are_told_where_five_pairs_or_more_had_a_share_in_them(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    for two in await add_pairs(kit, world.cohort, 4):
        await hold_of(kit, two, clock())
    await keep(kit, world, clock())
    told = await notes(kit, world, clock)
    async with kit.store.read(TEAM) as tx:
        found = await theme.load_note(kit, tx, told[0])
    assert found is not None
    (part,) = found.parts
    assert (part.held, part.kept, part.ripples) == (5, 0, 0), "one kept promise would be that pair's"


async def test_of_four_pairs_that_met_nobody_is_told_what_the_others_did(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    for two in await add_pairs(kit, world.cohort, 3):
        await hold_of(kit, two, clock())
    assert await notes(kit, world, clock) == []


async def test_of_six_pairs_that_run_the_one_that_met_is_not_told_of(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await add_pairs(kit, world.cohort, 5)
    assert await notes(kit, world, clock) == []


async def test_pairs_that_ended_before_the_month_do_not_hide_those_that_run(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    for two in await add_pairs(kit, world.cohort, 4):
        async with kit.store.write(TEAM) as tx:
            await match.move(tx, two.pair.id, PairState.ACTIVE, PairState.ENDED, ended_at=JANUARY)
    assert await notes(kit, world, clock) == []  # Ana's and Bo's session alone would be the total


async def test_whoever_is_in_two_cohorts_gets_one_note_with_a_part_for_each(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    autumn = replace(world.cohort, id=new_id(), name="Autumn")
    async with kit.store.write(TEAM) as tx:
        await programme.add_cohort(tx, autumn)
        await match.add(tx, replace(world.pair, id=new_id(), cohort_id=autumn.id))
        for place in (await enrol.participations(tx, world.ana.id), await enrol.participations(tx, world.bo.id)):
            await enrol.save_participant(tx, replace(place[0], id=new_id(), cohort_id=autumn.id), clock())
    for cohort in (world.cohort, autumn):
        for two in await add_pairs(kit, cohort, 5):
            await hold_of(kit, two, clock())
    told = await notes(kit, world, clock)
    assert sorted(letter.to for letter in told) == [ANA, BO]
    async with kit.store.write(TEAM) as tx:
        found = await theme.load_note(kit, tx, told[0])
        await outbox.mark_sent(tx, told[0].id, "D1", "1.1")
        for known, sent in ((world.cohort.id, 1), (autumn.id, 1), ("another", 0)):
            assert len(await rows.notes(tx, Kind.THEME_NOTE, known, told[0].params["month"])) == sent
    assert found is not None
    assert [(part.cohort.name, part.held) for part in found.parts] == [("Spring", 6), ("Autumn", 5)]
