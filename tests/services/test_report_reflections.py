"""Reflections missing: a count of seniors, told where enough were asked, whatever stands in what was written."""

from datetime import date, timedelta
from functools import partial

import pytest

from bot.services.kit import Actor, Kit
from bot.services.report import desk
from bot.services.report.activity import unreflected_of
from bot.services.report.weekly import stored
from storage import checkin
from storage import report as reports
from storage.ids import new_id
from storage.records.checkin import Checkin, CheckinState
from storage.records.enrol import Side
from tests.clockwork import MovableClock
from tests.services.many import Two, add_pairs, hold
from tests.services.weeks import plan, sweep
from tests.world import CHI, TEAM, World

LEFT = (CheckinState.SENT, CheckinState.SKIPPED, CheckinState.EXPIRED)


async def reflect(kit: Kit, two: Two, states: tuple[CheckinState, ...]) -> None:
    """One session a day, from yesterday backwards, with what became of the senior's reflection on it."""
    for n, state in enumerate(states):
        at = kit.clock() - timedelta(days=n)
        session = await hold(kit, two, at - timedelta(hours=2))
        closes = at + timedelta(days=14)
        one = Checkin(
            new_id(), TEAM, session.id, two.pair.id, two.senior.id, Side.SENIOR, state, at, closes, None
        )  # fmt: skip
        async with kit.store.write(TEAM) as tx:
            await checkin.add(tx, one)


@pytest.mark.parametrize(("pairs", "missing"), [(9, None), (10, 3)])
async def test_whoever_left_three_in_a_row_open_is_counted_every_fourth_week_once_enough_were_asked(
    kit: Kit, world: World, clock: MovableClock, pairs: int, missing: int | None
) -> None:
    first, second, third, fourth, *others = await add_pairs(kit, world.cohort, pairs)
    for two in (first, third):
        await reflect(kit, two, LEFT)
    await reflect(kit, second, (*LEFT, CheckinState.ANSWERED))
    await reflect(kit, fourth, (*LEFT[:2], CheckinState.ANSWERED))
    for two in others:
        await reflect(kit, two, (CheckinState.ANSWERED, *LEFT))

    async def told() -> int | None:
        (one,) = (await desk.preview(kit, Actor(TEAM, CHI), world.cohort.id)).digests
        return one.figures.unreflected

    await plan(kit, world)
    weekly: dict[int, int | None] = {}
    while len(weekly) < 9:
        if len(weekly) == 4:  # one of the three gives one after all
            await reflect(kit, first, (CheckinState.ANSWERED,))
        assert await told() == (weekly[max(weekly)] if weekly else None), "no preview counts anew"
        await sweep(kit, clock)
        async with kit.store.read(TEAM) as tx:
            if (last := await reports.last_digest(tx, world.cohort.id)) is not None:
                weekly[stored(last).week] = stored(last).unreflected
    few = None if missing is None else 0
    assert {4, 8} <= weekly.keys(), "counted in these alone: of two weeks in a row the difference would be one senior"
    assert weekly == {week: None if week < 4 else missing if week < 8 else few for week in weekly}


async def test_where_nearly_all_left_theirs_open_it_is_not_said_that_all_did(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    for two in await add_pairs(kit, world.cohort, 10):
        await reflect(kit, two, LEFT)
    clock.move(days=15)
    async with kit.store.read(TEAM) as tx:
        week = partial(unreflected_of, tx, world.cohort, now=clock(), last=None)
        assert await week(date(2026, 3, 23)) == 8 and await week(date(2026, 3, 16)) is None
