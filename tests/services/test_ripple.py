"""Ripples: two taps by either side, seen by both, taken back for ten minutes, counted without a word of them."""

from datetime import timedelta

import pytest

from bot.domain.refusals import Refusal
from bot.services import home, ripple
from bot.services.kit import Actor, Kit
from storage import ripple as rows
from storage.records.ripple import RippleKind
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, end_pair
from tests.services.town_hall import COORDINATOR
from tests.world import ELI, TEAM, World


async def test_either_side_logs_what_happened_and_both_see_it(kit: Kit, world: World, clock: MovableClock) -> None:
    made = await ripple.log(kit, SENIOR, world.pair.id, RippleKind.PRESENTED)
    again = await ripple.log(kit, SENIOR, world.pair.id, RippleKind.PRESENTED)
    assert made.fresh is not None and again.fresh == made.fresh
    await ripple.say_more(kit, SENIOR, made.fresh.id, "On Thursday, to twelve people.")
    for who in (JUNIOR, SENIOR):
        (seen,) = (await ripple.listed(kit, who)).ripples
        assert (seen.kind, seen.line) == (RippleKind.PRESENTED, "On Thursday, to twelve people.")
        assert (await home.today(kit, who)).pairs[0].ripples == 1
    clock.move(minutes=11)
    assert len((await ripple.log(kit, SENIOR, world.pair.id, RippleKind.PRESENTED)).ripples) == 2


async def test_only_who_logged_it_changes_it_and_takes_it_back_for_ten_minutes(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    made = (await ripple.log(kit, JUNIOR, world.pair.id, RippleKind.VISIT)).fresh
    assert made is not None
    for who in (SENIOR, COORDINATOR, Actor(TEAM, ELI)):
        for doing in (ripple.undo(kit, who, made.id), ripple.say_more(kit, who, made.id, "forged")):
            with pytest.raises(Refusal, match="gone"):
                await doing
    with pytest.raises(Refusal, match="too_long"):
        await ripple.say_more(kit, JUNIOR, made.id, "x" * 301)
    clock.move(minutes=9)
    assert (await ripple.undo(kit, JUNIOR, made.id)).ripples == ()
    late = (await ripple.log(kit, JUNIOR, world.pair.id, RippleKind.VISIT)).fresh
    assert late is not None
    clock.move(minutes=10)
    with pytest.raises(Refusal, match="too_late"):
        await ripple.undo(kit, JUNIOR, late.id)


async def test_something_may_come_of_a_pair_long_after_it_has_ended_but_not_of_others(kit: Kit, world: World) -> None:
    await end_pair(kit, world)
    assert len((await ripple.log(kit, JUNIOR, world.pair.id, RippleKind.PRACTICE)).ripples) == 1
    assert len((await ripple.listed(kit, SENIOR)).ripples) == 1
    for pair_id in (world.pair.id, "no-such-pair"):
        with pytest.raises(Refusal, match="gone"):
            await ripple.log(kit, COORDINATOR, pair_id, RippleKind.VISIT)
    with pytest.raises(Refusal, match="not_paired"):
        await ripple.listed(kit, COORDINATOR)


async def test_a_cohorts_are_counted_by_kind_in_a_stretch_of_time(kit: Kit, world: World, clock: MovableClock) -> None:
    start = clock.now
    for kind in (RippleKind.VISIT, RippleKind.PRACTICE):
        await ripple.log(kit, JUNIOR, world.pair.id, kind)
    clock.move(days=8)
    await ripple.log(kit, SENIOR, world.pair.id, RippleKind.VISIT)
    async with kit.store.read(TEAM) as tx:
        week = await rows.counts(tx, world.cohort.id, start, start + timedelta(days=7))
        later = await rows.counts(tx, world.cohort.id, start, start + timedelta(days=9))
    assert week == {RippleKind.VISIT: 1, RippleKind.PRACTICE: 1}
    assert later == {RippleKind.VISIT: 2, RippleKind.PRACTICE: 1}
