"""When the digest comes: days off, clock changes, and coordinators who take no part themselves."""

from datetime import UTC, date, datetime

import pytest

from bot.services import report
from bot.services.kit import Kit
from bot.services.report import desk
from storage import enrol
from tests.clockwork import MovableClock
from tests.services.weeks import plan, sweep
from tests.world import TEAM, World

EASTER_MONDAY = date(2026, 4, 6)


async def live_in(kit: Kit, world: World, region: str) -> None:
    """Everybody keeps the public holidays of a region; Chi has not joined and has named none."""
    async with kit.store.write(TEAM) as tx:
        for person in (world.ana, world.bo):
            await enrol.set_person(tx, person.id, region=region)


async def test_a_digest_on_a_public_holiday_comes_a_day_later_though_no_coordinator_has_joined(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await live_in(kit, world, "DE")
    clock.set(datetime(2026, 4, 1, 8, 0, tzinfo=UTC))
    assert await plan(kit, world) == datetime(2026, 4, 7, 7, 0, tzinfo=UTC)
    await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        assert await desk.next_digest_at(tx) == datetime(2026, 4, 13, 7, 0, tzinfo=UTC)


async def test_where_nobody_named_a_region_a_monday_is_a_monday(kit: Kit, world: World, clock: MovableClock) -> None:
    await live_in(kit, world, "")
    clock.set(datetime(2026, 4, 1, 8, 0, tzinfo=UTC))
    assert (await plan(kit, world)).date() == EASTER_MONDAY


async def test_a_holiday_that_becomes_known_later_moves_the_digest_that_is_planned(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await live_in(kit, world, "")
    clock.set(datetime(2026, 4, 1, 8, 0, tzinfo=UTC))
    await plan(kit, world)
    await live_in(kit, world, "DE")
    async with kit.store.write(TEAM) as tx:
        await report.plan_weekly(kit, tx, world.programme, clock())
        assert await desk.next_digest_at(tx) == datetime(2026, 4, 7, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "monday"),
    [
        (datetime(2026, 3, 24, 8, 0, tzinfo=UTC), datetime(2026, 3, 30, 7, 0, tzinfo=UTC)),
        (datetime(2026, 10, 20, 8, 0, tzinfo=UTC), datetime(2026, 10, 26, 8, 0, tzinfo=UTC)),
    ],
    ids=["an hour less", "an hour more"],
)
async def test_after_a_night_that_changed_the_clocks_the_digest_still_comes_at_nine(
    kit: Kit, world: World, clock: MovableClock, before: datetime, monday: datetime
) -> None:
    clock.set(before)
    assert await plan(kit, world) == monday
