"""When the digest comes: days off, clock changes, weeks that were slept through, and two processes at once."""

import asyncio
import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.schedule.sweeps import run_due
from bot.services import report
from bot.services.kit import Actor, Kit
from bot.services.report import desk, plans
from prompts import Library
from storage import enrol, programme
from storage import report as reports
from storage import tables as t
from storage.store import Store
from storage.vault import MasterKey
from tests.clockwork import MovableClock
from tests.services.many import YES, add_pairs, everybody_answers
from tests.services.weeks import pending, plan, releases, sweep
from tests.world import CHI, TEAM, World

CHIS = Actor(TEAM, CHI)
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
        assert await plans.next_digest_at(tx) == datetime(2026, 4, 13, 7, 0, tzinfo=UTC)


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
        assert await plans.next_digest_at(tx) == datetime(2026, 4, 7, 7, 0, tzinfo=UTC)


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


async def weeks(kit: Kit, world: World) -> list[str]:
    """Of which weeks there are digests."""
    async with kit.store.read(TEAM) as tx:
        return [one.week for one in await reports.digests(tx, world.cohort.id)]


@pytest.mark.parametrize(
    ("silent", "told"),
    [
        (timedelta(days=14, minutes=5), ["2026-W12"]),
        (timedelta(days=16), ["2026-W12"]),
        (timedelta(days=18), []),
        (timedelta(days=20, hours=22), []),
    ],
    ids=["minutes after this week's digest", "two days after it", "too late for it", "shortly before the next"],
)
async def test_after_weeks_of_silence_there_is_the_digest_of_this_week_alone_and_one_draw(
    kit: Kit, world: World, clock: MovableClock, silent: timedelta, told: list[str]
) -> None:
    await everybody_answers(kit, await add_pairs(kit, world.cohort, 20), YES)
    at = await plan(kit, world)
    clock.set(at + silent)
    for _ in range(3):
        await run_due(kit)
    assert await weeks(kit, world) == told
    assert [one.n for one in await releases(kit, world)] == [10 for _ in told], "what waits is drawn once"
    assert await pending(kit, Job.DIGEST) == [datetime(2026, 3, 30, 7, tzinfo=UTC)]
    await desk.reschedule(kit, CHIS, 6, 9, "Europe/Berlin", False)
    (moved,) = await pending(kit, Job.DIGEST)
    assert moved.isocalendar().week == 14, "nobody makes a second sweep of this week"
    await sweep(kit, clock)
    assert len(await weeks(kit, world)) == len(told) + 1 and len(await releases(kit, world)) == 1


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (datetime(2026, 3, 22, tzinfo=UTC), ["2026-W12", "2026-W13", "2026-W14"]),
        (datetime(2026, 10, 18, tzinfo=UTC), ["2026-W42", "2026-W43", "2026-W44"]),
        (datetime(2026, 12, 20, tzinfo=UTC), ["2026-W51", "2026-W52", "2026-W53", "2027-W01"]),
    ],
    ids=["an hour less", "an hour more", "a year of 53 weeks"],
)
async def test_every_week_has_a_digest_however_long_it_is_and_whichever_year_it_is_of(
    kit: Kit, world: World, clock: MovableClock, first: datetime, told: list[str]
) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.set_cohort(tx, world.cohort.id, ends_on=date(2027, 4, 30))
    clock.set(first)
    await plan(kit, world)
    for _ in told:
        await sweep(kit, clock)
    assert await weeks(kit, world) == told


async def test_a_fridays_digest_on_a_holiday_comes_a_day_earlier_so_that_no_week_is_without(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await live_in(kit, world, "DE")
    friday = replace(world.programme, digest_weekday=4)
    async with kit.store.write(TEAM) as tx:
        await programme.save(tx, friday)
    clock.set(datetime(2026, 3, 25, tzinfo=UTC))
    await plan(kit, replace(world, programme=friday))
    came = []
    for _ in range(3):
        await sweep(kit, clock)
        came.append(clock().date())
    assert came == [date(2026, 3, 27), date(2026, 4, 2), date(2026, 4, 10)]
    assert await weeks(kit, world) == ["2026-W12", "2026-W13", "2026-W14"]


@pytest.mark.postgresql
async def test_two_processes_that_sweep_at_once_make_one_digest_one_draw_and_one_letter(
    kit: Kit, world: World, clock: MovableClock, database: str, library: Library
) -> None:
    await everybody_answers(kit, await add_pairs(kit, world.cohort, 20), YES)
    clock.set(await plan(kit, world))
    other = Kit(Store(database, [MasterKey.new("test")]), clock, library, dice=random.Random(8))
    try:
        await asyncio.gather(*(run_due(one) for one in (kit, other, kit, other)))
    finally:
        await other.store.close()
    assert len(await weeks(kit, world)) == 1 and [one.n for one in await releases(kit, world)] == [10]
    async with kit.store.read(TEAM) as tx:
        kinds = Counter(await tx.conn.scalars(select(t.outbox.c.kind).where(t.outbox.c.kind == Kind.DIGEST)))
    assert kinds == {Kind.DIGEST: 1}
    assert len(await pending(kit, Job.DIGEST)) == 1
