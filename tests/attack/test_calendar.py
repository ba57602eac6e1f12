"""A coordinator tries to have the product draw at a moment of her choice, and cannot."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.jobs import Job
from bot.domain.programme.cohorts import NEXT
from bot.domain.report.facts import Part
from bot.domain.when import iso_week
from bot.schedule.sweeps import run_due
from bot.services.kit import Actor, Kit
from bot.services.programme import cohorts
from bot.services.report import desk, settings
from storage import programme
from storage.records.programme import CohortState
from tests.clockwork import MovableClock
from tests.services.many import YES, add_pairs, everybody_answers
from tests.services.weeks import pending, plan, releases
from tests.world import CHI, TEAM, World

CHIS = Actor(TEAM, CHI)
PLACES = ("Europe/Berlin", "Asia/Tokyo", "Pacific/Honolulu")


async def test_nothing_that_a_coordinator_does_between_two_digests_draws_or_moves_the_draw_of_this_week(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    """Twenty wait, and she knows: preview, *Post it now*, pauses, parts, k, day, hour, zone, closing."""
    await everybody_answers(kit, await add_pairs(kit, world.cohort, 20), YES)
    at = await plan(kit, world)
    for now in (clock(), at - timedelta(hours=8), at - timedelta(minutes=2)):
        clock.set(now)
        await _tries(kit, world, at)
        clock.set(now + timedelta(minutes=1))
        await run_due(kit)
        assert await releases(kit, world) == []
    await cohorts.close(kit, CHIS, world.cohort.id)
    await run_due(kit)
    assert await releases(kit, world) == [] and not NEXT[CohortState.CLOSED]
    clock.set(at)
    await run_due(kit)
    assert [one.n for one in await releases(kit, world)] == [10]


async def _tries(kit: Kit, world: World, at: datetime) -> None:
    await desk.preview(kit, CHIS)
    await desk.post_now(kit, CHIS)
    for paused in (True, False):
        await settings.pause(kit, CHIS, world.cohort.id, paused)
        await settings.save_setting(kit, CHIS, world.cohort.id, None, paused, list(Part)[: 3 * paused])
    async with kit.store.write(TEAM) as tx:
        known = await programme.get(tx)
        assert known is not None
        await programme.save(tx, replace(known, k=known.k + 1))
    now = kit.clock()
    for zone in PLACES:
        here = now.astimezone(ZoneInfo(zone))
        for paused in (True, False):
            await desk.reschedule(kit, CHIS, here.weekday(), (here.hour + 1) % 24, zone, paused)
            (moved,) = await pending(kit, Job.DIGEST)
            assert moved == at or iso_week(moved, "UTC") > iso_week(now, "UTC"), "it comes in an hour"
    await desk.reschedule(kit, CHIS, 0, 9, "Europe/Berlin", False)
    assert await pending(kit, Job.DIGEST) == [at]
