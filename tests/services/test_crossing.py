"""Reporting lines change and forbid a pair: both are asked once, either ends it unnamed, on a real database."""

from datetime import timedelta

import pytest

from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import leave, match
from bot.services.kit import Kit
from storage import match as pairs
from storage.records.match import PairState
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, letters, pass_time
from tests.services.town_hall import COORDINATOR
from tests.world import ANA, BO, CHI, ELI, TEAM, World

ELEVEN = timedelta(minutes=11)


async def crossed(kit: Kit, clock: MovableClock) -> None:
    """Ana reports to Bo by now."""
    await match.set_line(kit, COORDINATOR, ANA, BO)
    await pass_time(kit, clock, clock.now + ELEVEN)


async def state(kit: Kit, world: World) -> PairState:
    async with kit.store.read(TEAM) as tx:
        pair = await pairs.get(tx, world.pair.id)
    assert pair is not None
    return pair.state


async def test_both_are_asked_in_the_same_hour_and_coordinators_told_why(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await crossed(kit, clock)
    asked, flagged = await letters(kit, Kind.LINES_CROSS), await letters(kit, Kind.LINES_FLAG)
    assert {letter.to for letter in asked} == {ANA, BO}
    assert len({letter.due_at for letter in asked}) == 1
    assert [letter.to for letter in flagged] == [CHI]
    async with kit.store.read(TEAM) as tx:
        facts = [await leave.load_crossing(kit, tx, letter) for letter in asked]
        flag = await leave.load_flag(kit, tx, flagged[0])
    assert {(one.reader.user_id, one.partner.user_id) for one in facts if one} == {(ANA, BO), (BO, ANA)}
    assert flag is not None
    assert flag.check == "senior_above"


async def test_a_change_asks_once_and_the_next_one_anew(kit: Kit, world: World, clock: MovableClock) -> None:
    await crossed(kit, clock)
    await match.set_line(kit, COORDINATOR, BO, ELI)  # nothing new about these two
    await pass_time(kit, clock, clock.now + ELEVEN)
    assert len(await letters(kit, Kind.LINES_CROSS)) == 2
    await match.set_line(kit, COORDINATOR, ANA, None)
    await pass_time(kit, clock, clock.now + ELEVEN)
    async with kit.store.read(TEAM) as tx:
        assert [await leave.load_crossing(kit, tx, one) for one in await letters(kit, Kind.LINES_CROSS)] == [None, None]
        assert await leave.load_flag(kit, tx, (await letters(kit, Kind.LINES_FLAG))[0]) is None
    await crossed(kit, clock)
    assert len(await letters(kit, Kind.LINES_CROSS)) == 4


async def test_a_slip_that_is_mended_within_ten_minutes_asks_nobody(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await match.set_line(kit, COORDINATOR, ANA, BO)
    await match.set_line(kit, COORDINATOR, ANA, None)
    await pass_time(kit, clock, clock.now + ELEVEN)
    assert await letters(kit, Kind.LINES_CROSS, Kind.LINES_FLAG) == []
    with pytest.raises(Refusal):
        await leave.answer(kit, JUNIOR, world.pair.id, ends=True)


async def test_either_ends_it_without_a_word(kit: Kit, world: World, clock: MovableClock) -> None:
    await crossed(kit, clock)
    assert (await leave.answer(kit, SENIOR, world.pair.id, ends=False)).ends is False
    assert (await leave.answer(kit, JUNIOR, world.pair.id, ends=True)).ends is True
    await leave.answer(kit, JUNIOR, world.pair.id, ends=True)  # pressed twice
    await pass_time(kit, clock, clock.now + timedelta(minutes=5))
    await leave.answer(kit, SENIOR, world.pair.id, ends=False)  # takes nothing of the other's back
    assert await state(kit, world) is PairState.ACTIVE
    await pass_time(kit, clock, clock.now + timedelta(minutes=6))
    assert await state(kit, world) is PairState.ENDED
    assert {letter.to for letter in await letters(kit, Kind.PAIR_ENDED)} == {ANA, BO}
    assert await letters(kit, Kind.LEFT) == []  # nobody is told who it was
    with pytest.raises(Refusal):
        await leave.answer(kit, JUNIOR, world.pair.id, ends=False)


async def test_what_was_said_can_be_taken_back(kit: Kit, world: World, clock: MovableClock) -> None:
    await crossed(kit, clock)
    await leave.answer(kit, JUNIOR, world.pair.id, ends=True)
    await leave.answer(kit, JUNIOR, world.pair.id, ends=False)
    await pass_time(kit, clock, clock.now + ELEVEN)
    assert await state(kit, world) is PairState.ACTIVE
    await leave.answer(kit, JUNIOR, world.pair.id, ends=True)
    await pass_time(kit, clock, clock.now + ELEVEN)
    assert await state(kit, world) is PairState.ENDED
    with pytest.raises(Refusal):
        await leave.answer(kit, COORDINATOR, world.pair.id, ends=True)
