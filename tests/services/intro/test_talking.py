"""The junior says in private what came of an introduction; the senior never learns it, or that she did."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import home, privacy
from bot.services import intro as intros
from bot.services.kit import Actor, Kit
from storage import intro
from storage import tables as t
from storage.records.intro import Introduction, Outcome
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, letters, pass_time
from tests.services.intro.steps import WISH, asked
from tests.world import ANA, BO, CHI, TEAM, World


async def made(kit: Kit, world: World, clock: MovableClock) -> Introduction:
    it = await asked(kit, world)
    await pass_time(kit, clock, clock.now + timedelta(minutes=11))
    return (await intros.made(kit, SENIOR, it.id)).intro


async def questions(kit: Kit) -> list[tuple[str, int]]:
    return [(letter.to, letter.due_at.day) for letter in await letters(kit, Kind.INTRO_TALKED)]


@pytest.mark.parametrize(("said", "asked_on"), [("talked", [12]), ("not", [12]), ("not_yet", [12, 2]), ("", [12, 2])])
async def test_ten_days_later_the_junior_alone_is_asked_and_once_more_if_it_is_still_open(
    kit: Kit, world: World, clock: MovableClock, said: str, asked_on: list[int]
) -> None:
    it = await made(kit, world, clock)
    await pass_time(kit, clock, clock.now + timedelta(days=12))
    if said:
        await intros.say(kit, JUNIOR, it.id, said)
    await pass_time(kit, clock, clock.now + timedelta(days=40))
    assert await questions(kit) == [(ANA, day) for day in asked_on]


async def test_what_is_planned_tells_nothing_about_her_answer(kit: Kit, world: World, clock: MovableClock) -> None:
    it = await made(kit, world, clock)
    await pass_time(kit, clock, clock.now + timedelta(days=12))
    stored = []
    for said in Outcome:
        await intros.say(kit, JUNIOR, it.id, said)
        async with kit.store.read(TEAM) as tx:
            stored.append((await tx.conn.execute(select(t.due).order_by(t.due.c.id))).all())
    assert stored[0] == stored[1] == stored[2]


async def test_the_senior_sees_that_it_is_made_and_nothing_else(kit: Kit, world: World, clock: MovableClock) -> None:
    it = await made(kit, world, clock)
    clock.move(days=12)

    async def eyes() -> object:
        told = [letter.id for letter in await letters(kit) if letter.to == BO]
        return await intros.listed(kit, SENIOR), (await home.today(kit, SENIOR)).pairs, told

    before = await eyes()
    await intros.say(kit, JUNIOR, it.id, "not")
    assert await eyes() == before
    for actor in (SENIOR, Actor(TEAM, CHI)):
        for attempt in (intros.ask_again(kit, actor, it.id), intros.say(kit, actor, it.id, "talked")):
            with pytest.raises(Refusal, match=r"common.errors.gone"):
                await attempt
    async with kit.store.read(TEAM) as tx:
        assert await intro.outcomes(tx, world.bo.id, [it.id]) == {}
        assert await intro.outcomes(tx, world.ana.id, [it.id]) == {it.id: Outcome.NOT}


async def test_she_can_change_it_and_says_nothing_of_what_is_not_made(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    it = await made(kit, world, clock)
    await intros.say(kit, JUNIOR, it.id, "not_yet")
    assert (await intros.say(kit, JUNIOR, it.id, "talked")).outcome is Outcome.TALKED
    assert (await intros.listed(kit, JUNIOR)).outcomes == {it.id: Outcome.TALKED}
    open_one = await asked(kit, world)
    for key in (open_one.id, "no-such-id"):
        with pytest.raises(Refusal, match=r"common.errors.gone"):
            await intros.say(kit, JUNIOR, key, "talked")


async def test_of_somebody_who_is_gone_the_words_are_removed_and_the_rest_stays(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    it = await asked(kit, world)
    await pass_time(kit, clock, clock.now + timedelta(minutes=11))
    await intros.decline(kit, SENIOR, it.id, "They are moving")
    assert WISH.why in str((await privacy.own_data(kit, JUNIOR)).tables["introduction"])
    await privacy.erase(kit, SENIOR)
    async with kit.store.read(TEAM) as tx:
        left = await intro.get(tx, it.id)
    assert left is not None and (left.why, left.answer) == (WISH.why, None)
    await privacy.erase(kit, JUNIOR)
    async with kit.store.read(TEAM) as tx:
        left = await intro.get(tx, it.id)
    assert left is not None and (left.whom, left.why, left.line, left.to_user) == (None, None, None, "")
