"""What time and pauses do to looking back: texts go first, what came of it stays as long as people's rows."""

from datetime import timedelta

from bot.domain.messages import Kind
from bot.services import pause
from bot.services import review as reviews
from bot.services.kit import Kit
from storage import privacy, review, tables
from storage.records.review import ReviewKind
from tests.clockwork import MovableClock
from tests.held import JUNIOR, letters, pass_time
from tests.services.review.steps import asked, both, complete, met
from tests.world import TEAM, World


async def test_texts_go_with_the_cohorts_and_what_came_of_it_with_peoples_rows(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await complete(kit, world)
    await pass_time(kit, clock, clock.now + timedelta(days=4))
    end, _ = await both(kit, world, ReviewKind.END)
    await reviews.answer(kit, JUNIOR, end.id, {"end_junior_again": "yes"})
    await pass_time(kit, clock, clock.now + timedelta(days=90))
    later, _ = await both(kit, world, ReviewKind.LATER_90)
    await reviews.answer(kit, JUNIOR, later.id, {"later_contact": "regularly"})
    async with kit.store.write(TEAM) as tx:
        await privacy.forget_texts(tx, [world.cohort.id])
        kept = await review.given(tx, later)
        assert kept is not None and kept.answers == {"later_contact": "regularly"}
        assert await review.given(tx, end) is None
        await privacy.forget_people(tx, [world.cohort.id])
        assert not (await tx.conn.execute(tables.review.select())).all()
    await pass_time(kit, clock, clock.now + timedelta(days=100))
    assert len(await letters(kit, Kind.OUTCOMES)) == 2, "nobody is asked about a pair that is not known any more"


async def test_a_pair_that_was_paused_on_the_day_is_asked_when_it_goes_on(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await met(kit, world, times=3, clock=clock)
    await pass_time(kit, clock, clock.now + timedelta(minutes=20))
    await pause.pause(kit, JUNIOR, (clock.now + timedelta(days=5)).date(), "")
    await pass_time(kit, clock, clock.now + timedelta(days=4))
    assert not await asked(kit, world, ReviewKind.MIDPOINT)
    await pass_time(kit, clock, clock.now + timedelta(days=3))
    assert len(await asked(kit, world, ReviewKind.MIDPOINT)) == 2


async def test_a_pair_that_was_paused_for_long_is_asked_after_its_next_session(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await met(kit, world, times=3, clock=clock)
    await pass_time(kit, clock, clock.now + timedelta(minutes=20))
    await pause.pause(kit, JUNIOR, (clock.now + timedelta(days=30)).date(), "")
    await pass_time(kit, clock, clock.now + timedelta(days=33))
    assert not await asked(kit, world, ReviewKind.MIDPOINT)
    await met(kit, world, times=1, clock=clock)
    await pass_time(kit, clock, clock.now + timedelta(days=4))
    assert len(await asked(kit, world, ReviewKind.MIDPOINT)) == 2
