"""From a pilot to a programme: everybody who met is asked, only a yes is shown, and one channel is made."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.messages import Kind
from bot.domain.programme.today import Decision
from bot.domain.refusals import Refusal
from bot.services import match as pairing
from bot.services import ripple, steer
from bot.services.kit import Actor, Kit
from bot.services.programme.today import today
from storage import match, programme
from storage import steer as rows
from storage.ids import new_id
from storage.records.enrol import Side
from storage.records.ripple import RippleKind
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, letters
from tests.services.close.steps import holds, pilot
from tests.services.town_hall import COORDINATOR, IVY, JUNO, MAX, OTTO, TOP, about, join
from tests.world import ANA, BO, CHI, ELI, TEAM, World

END = datetime(2026, 6, 10, 9, tzinfo=UTC)
"""Within two weeks of the last day."""


async def near_the_end(kit: Kit, world: World, clock: MovableClock) -> None:
    await pilot(kit, world)
    await holds(kit, world, 2)
    clock.set(END)


async def test_only_a_pilot_near_its_end_asks_and_only_its_coordinators(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    with pytest.raises(Refusal, match="gone"):
        await steer.ask_all(kit, COORDINATOR, world.cohort.id)
    await pilot(kit, world)
    with pytest.raises(Refusal, match="too_early"):
        await steer.ask_all(kit, COORDINATOR, world.cohort.id)
    await near_the_end(kit, world, clock)
    for who in (JUNIOR, SENIOR, Actor(TEAM, ELI)):
        for doing in (steer.ask_all(kit, who, world.cohort.id), steer.desk(kit, who)):
            with pytest.raises(Refusal, match="not_coordinator"):
                await doing


async def test_both_sides_are_asked_once_and_only_a_yes_is_ever_shown(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await near_the_end(kit, world, clock)
    assert Decision.PILOT_ENDS in [item.decision for item in (await today(kit, COORDINATOR)).items]
    assert [one.left for one in (await steer.desk(kit, COORDINATOR)).desks] == [2]
    assert await steer.ask_all(kit, COORDINATOR, world.cohort.id) == 2
    assert [one.left for one in (await steer.desk(kit, COORDINATOR)).desks] == [0]
    assert await steer.ask_all(kit, COORDINATOR, world.cohort.id) == 0
    assert Decision.PILOT_ENDS not in [item.decision for item in (await today(kit, COORDINATOR)).items]
    asked = await letters(kit, Kind.STEER_ASK)
    assert sorted(letter.to for letter in asked) == sorted([ANA, BO])
    await steer.answer(kit, JUNIOR, world.cohort.id, yes=False)
    await steer.answer(kit, SENIOR, world.cohort.id, yes=True)
    (desk,) = (await steer.desk(kit, COORDINATOR)).desks
    assert (desk.asked, [one.user_id for one in desk.volunteers]) == (2, [BO])
    async with kit.store.read(TEAM) as tx:
        assert [await steer.load_ask(kit, tx, letter) for letter in asked] == [None, None]
    for who in (COORDINATOR, Actor(TEAM, ELI)):
        with pytest.raises(Refusal, match="gone"):
            await steer.answer(kit, who, world.cohort.id, yes=True)


async def test_a_volunteer_who_withdraws_is_neither_shown_nor_brought_in(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await near_the_end(kit, world, clock)
    await steer.ask_all(kit, COORDINATOR, world.cohort.id)
    with pytest.raises(Refusal, match="nobody"):
        await steer.channel_form(kit, COORDINATOR, world.cohort.id, "steering")
    for who in (JUNIOR, SENIOR):
        await steer.answer(kit, who, world.cohort.id, yes=True)
    form = await steer.channel_form(kit, COORDINATOR, world.cohort.id, "Steering Été")
    assert (form.name, len(form.volunteers)) == ("steering-ete-spring", 2)
    made = await steer.keep_channel(kit, COORDINATOR, world.cohort.id, "C07STEER01")
    assert made.channel is not None and made.channel.channel_id == "C07STEER01"
    adds = await letters(kit, Kind.STEER_ADD)
    assert sorted(letter.to for letter in adds) == sorted([ANA, BO, CHI])
    clock.move(minutes=1)
    await steer.answer(kit, JUNIOR, world.cohort.id, yes=False)
    brought = [letter.to for letter in adds if await steer.load_add(kit, TEAM, letter)]
    assert sorted(brought) == sorted([BO, CHI])
    (desk,) = (await steer.desk(kit, COORDINATOR)).desks
    assert [one.user_id for one in desk.volunteers] == [BO]


async def test_two_coordinators_at_once_keep_one_channel_and_who_lost_the_role_keeps_none(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await near_the_end(kit, world, clock)
    other = Actor(TEAM, ELI)
    async with kit.store.write(TEAM) as tx:
        await programme.add_coordinator(tx, ELI, CHI, clock.now)
    await steer.ask_all(kit, COORDINATOR, world.cohort.id)
    await steer.answer(kit, SENIOR, world.cohort.id, yes=True)
    for who in (COORDINATOR, other):
        assert await steer.wanted(kit, who, world.cohort.id, "#steering-spring") == "steering-spring"
    await steer.keep_channel(kit, other, world.cohort.id, "C1")
    with pytest.raises(Refusal, match="has_channel"):
        await steer.keep_channel(kit, COORDINATOR, world.cohort.id, "C2")
    async with kit.store.write(TEAM) as tx:
        await programme.remove_coordinator(tx, ELI)
        assert await rows.get(tx, world.cohort.id, world.bo.id) is not None
    with pytest.raises(Refusal, match="not_coordinator"):
        await steer.wanted(kit, other, world.cohort.id, "another")


async def test_two_coordinators_at_once_cannot_make_a_pilots_twelfth_pair_two(kit: Kit, world: World) -> None:
    await pilot(kit, world)
    for user, side in ((JUNO, Side.JUNIOR), (IVY, Side.JUNIOR), (MAX, Side.SENIOR), (OTTO, Side.SENIOR)):
        form = about(side, level=1 if side is Side.JUNIOR else 5, manager=TOP if side is Side.JUNIOR else "U07HEAD000")
        await join(kit, world, user, form)
    async with kit.store.write(TEAM) as tx:
        await programme.add_coordinator(tx, ELI, CHI, kit.clock())
        for _ in range(10):
            await match.add(tx, replace(world.pair, id=new_id()))
    both = await asyncio.gather(
        pairing.propose(kit, COORDINATOR, JUNO, MAX), pairing.propose(kit, Actor(TEAM, ELI), IVY, OTTO),
        return_exceptions=True,
    )  # fmt: skip
    assert sorted(type(one).__name__ for one in both) == ["Proposed", "Refusal"]
    assert "pilot_full" in str(next(one for one in both if isinstance(one, Refusal)))


@pytest.mark.parametrize("name", ["", "Steering", "équipe", "a b", "-x", "x" * 81])
async def test_a_name_that_slack_refuses_is_refused_under_its_field(
    kit: Kit, world: World, clock: MovableClock, name: str
) -> None:
    await near_the_end(kit, world, clock)
    await steer.ask_all(kit, COORDINATOR, world.cohort.id)
    await steer.answer(kit, SENIOR, world.cohort.id, yes=True)
    with pytest.raises(Refusal) as refused:
        await steer.wanted(kit, COORDINATOR, world.cohort.id, name)
    assert refused.value.field == "steer.name"


async def test_the_pilots_figures_are_counts_of_what_took_place(kit: Kit, world: World, clock: MovableClock) -> None:
    await near_the_end(kit, world, clock)
    await ripple.log(kit, JUNIOR, world.pair.id, RippleKind.VISIT)
    (desk,) = (await steer.desk(kit, COORDINATOR)).desks
    figures = desk.figures
    assert (figures.pairs, figures.completed, figures.held, figures.planned) == (1, 0, 2, 6)
    assert figures.ripples == ((RippleKind.VISIT, 1),)
