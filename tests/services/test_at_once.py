"""Two devices and two people press at the same moment: one answer is kept whole, and each is told once."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

from bot.domain.messages import Kind
from bot.services import close as closing
from bot.services import intro, pulse, ripple
from bot.services.kit import Kit
from storage import pulse as rows
from storage.ids import new_id
from storage.records.pulse import Load, Pulse, Safety
from storage.records.ripple import RippleKind
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, letters, pass_time
from tests.services.close.steps import holds
from tests.services.intro.steps import asked
from tests.world import TEAM, World


async def at_once(*presses: Any) -> list[Any]:
    """What came of each, in the order of the presses."""
    return await asyncio.gather(*presses, return_exceptions=True)


async def test_the_two_taps_of_a_pulse_pressed_together_are_both_kept(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    now = clock.now
    one = Pulse(new_id(), TEAM, world.pair.id, world.ana.id, now.date(), now, now + timedelta(days=14))
    async with kit.store.write(TEAM) as tx:
        await rows.add(tx, one)
    await at_once(
        pulse.say(kit, JUNIOR, one.id, load=Load.MORE), pulse.say(kit, JUNIOR, one.id, safety=Safety.NO)
    )  # fmt: skip
    async with kit.store.read(TEAM) as tx:
        kept = await rows.mine(tx, one.id, world.ana.id)
    assert kept is not None and (kept.load, kept.safety) == (Load.MORE, Safety.NO)


async def test_a_senior_who_presses_made_on_two_devices_makes_one_and_she_is_told_once(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    it = await asked(kit, world)
    await pass_time(kit, clock, clock.now + timedelta(minutes=11))
    pressed = await at_once(*(intro.made(kit, SENIOR, it.id) for _ in range(3)), intro.let_go(kit, JUNIOR, it.id))
    assert Counter(isinstance(one, Exception) for one in pressed) == {False: 1, True: 3}
    await pass_time(kit, clock, clock.now + timedelta(minutes=11))
    told = [*await letters(kit, Kind.INTRO_TOLD), *await letters(kit, Kind.INTRO_LET_GO)]
    assert len(told) == 1


async def test_a_ripple_that_is_logged_twice_at_once_is_one_and_so_is_a_quote(kit: Kit, world: World) -> None:
    await holds(kit, world, 3)
    await at_once(*(ripple.log(kit, JUNIOR, world.pair.id, RippleKind.VISIT) for _ in range(3)))
    assert len((await ripple.listed(kit, SENIOR, world.pair.id)).ripples) == 1
    texts = ("Well worth it.", "Well worth every hour.")
    forms = await at_once(*(closing.write_quote(kit, JUNIOR, world.pair.id, text, named=False) for text in texts))
    assert len({form.quote.id for form in forms}) == 1
