"""Reflections missing: a count of seniors, told where enough were asked, whatever stands in what was written."""

from datetime import timedelta

import pytest

from bot.services.kit import Actor, Kit
from bot.services.report import desk
from storage import checkin
from storage.ids import new_id
from storage.records.checkin import Checkin, CheckinState
from storage.records.enrol import Side
from tests.clockwork import MovableClock
from tests.services.many import Two, add_pairs, hold
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


@pytest.mark.parametrize(("pairs", "missing"), [(9, None), (10, 2)])
async def test_whoever_left_three_in_a_row_open_is_counted_once_enough_were_asked(
    kit: Kit, world: World, clock: MovableClock, pairs: int, missing: int | None
) -> None:
    first, second, third, *others = await add_pairs(kit, world.cohort, pairs)
    await reflect(kit, first, LEFT)
    await reflect(kit, second, (*LEFT, CheckinState.ANSWERED))
    await reflect(kit, third, (*LEFT[:2], CheckinState.ANSWERED))
    for two in others:
        await reflect(kit, two, (CheckinState.ANSWERED, *LEFT))

    async def told() -> int | None:
        (one,) = (await desk.preview(kit, Actor(TEAM, CHI), world.cohort.id)).digests
        return one.figures.unreflected

    assert not await told(), "for fourteen days each of them can still be given"
    clock.move(days=15)
    assert await told() == missing
