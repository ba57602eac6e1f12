"""Asking for something back as a junior lives it: a text that follows what she types, nothing lost, nothing sent."""

import pytest

from playground.faults import Fault
from playground.person import Person
from storage import prepare
from tests.end_to_end.conftest import Town
from tests.end_to_end.test_checkin import FOUR, fields, shown
from tests.held import hold
from tests.thorough import thorough
from tests.world import TEAM, World, seed

STUCK = {**FOUR, "checkin.option:introduce": "Not yet"}


@pytest.fixture
async def world(town: Town) -> World:
    """Ana and Bo have held a session; it is the morning after next."""
    world = await seed(town.house.kit)
    await hold(town.house.kit, world)
    await town.forward(days=2)
    return world


def box(person: Person) -> str:
    """The text to copy."""
    assert person.modal is not None
    (block,) = [block for block in person.modal["blocks"] if block["type"] == "rich_text"]
    return str(block["elements"][0]["elements"][0]["text"])


async def test_an_ask_is_filled_in_changed_and_put_on_the_agenda_and_nothing_is_lost(town: Town, world: World) -> None:
    ana, bo = town.person("ana"), town.person("bo")
    await ana.command("/revmentor ask 2")
    await ana.press("ask.tone", value="Direct")
    await ana.press("ask.topic", value="the rota & *more*")
    assert box(ana) == "In return I'd like help with the rota & *more* by […]. What can you do?"
    refused = await ana.submit({})
    assert list(refused.errors) == ["ask.date"]
    await ana.press("ask.date", value="2026-03-20")
    assert box(ana).endswith("by Fri 20 Mar. What can you do?")
    await ana.press("ask.question", value="Introductions")
    assert "ask.topic" not in fields(ana) and "[…]" in box(ana)
    await ana.press("ask.person", value="Max Keller")
    await ana.press("Change the wording")
    assert "introduce me to Max Keller" in shown(ana)
    gap = await ana.submit({"ask.line": "Would you introduce me to […]?"})
    assert "still a gap" in gap.errors["ask.line"]
    await ana.press("Other wordings")
    assert box(ana).endswith("Please introduce me to Max Keller. Here are two lines you can forward.")
    await ana.press("ask.question", value="Help")
    assert box(ana) == "In return I'd like help with the rota & *more* by Fri 20 Mar. What can you do?"
    await ana.press("Back to my version")
    assert "Would you introduce me to […]?" in shown(ana)
    assert (await ana.submit({"ask.line": "Would you introduce me to Max?"})).ok
    assert "No session is planned yet. It is parked" in shown(ana)
    await town.settle()
    assert "introduce" not in town.said(bo), "nobody is written to"
    await ana.press("Undo")
    async with town.house.kit.store.read(TEAM) as tx:
        assert await prepare.parked(tx, world.pair.id) == []


async def test_where_slack_does_not_follow_the_typing_nothing_is_lost(town: Town, world: World) -> None:
    ana = town.person("ana")
    await ana.command("/revmentor ask 2")
    town.pg.faults.rules = [Fault("views.update", "429")]
    await ana.press("ask.topic", value="the rota")
    town.pg.faults.rules = []
    assert "Prepare an ask" in shown(ana)
    assert (await ana.submit({})).ok
    async with town.house.kit.store.read(TEAM) as tx:
        (line,) = await prepare.parked(tx, world.pair.id)
    assert "you could help me with in return: the rota." in str(line.text)


async def test_a_follow_up_can_be_used_and_a_senior_hears_what_there_is_instead(town: Town, world: World) -> None:
    ana, bo = town.person("ana"), town.person("bo")
    await ana.command("/revmentor ask")
    assert "A no still tells them what you want" in shown(ana)
    await ana.press("ask.follow_up:who_else")
    assert (await ana.submit({})).ok
    async with town.house.kit.store.read(TEAM) as tx:
        assert [line.text for line in await prepare.parked(tx, world.pair.id)] == ["Who else could?"]
    await bo.command("/revmentor ask 2")
    assert "That is for juniors" in shown(bo) and "/revmentor commit" in shown(bo)


@thorough
async def test_after_three_times_not_yet_she_is_offered_words_and_nobody_else_hears_of_it(
    town: Town, world: World
) -> None:
    ana, bo, chi = (town.person(name) for name in ("ana", "bo", "chi"))
    for times in range(3):
        await ana.press("checkin.answer")
        heard = [len(who.messages()) for who in (ana, bo, chi)]
        assert (await ana.submit(STUCK)).ok
        assert ("Want wording for asking?" in shown(ana)) is (times == 2)
        await town.settle()
        assert [len(who.messages()) for who in (ana, bo, chi)] == heard, "no message tells of it"
        if times < 2:
            await ana.dismiss()
            await hold(town.house.kit, world)
            await town.forward(days=4)
    await ana.press("Not now")
    assert "Want to use any of this?" in shown(ana) and "Want wording" not in shown(ana)
    await ana.press("Draft an ask")
    assert "It reads like this" in shown(ana)
    await ana.dismiss()
    await ana.dismiss()
    await town.settle()
    await ana.open_home()
    await town.settle()
    assert "○ ○ ○" in str(ana.home) and "Want wording" not in str(ana.home)
    await ana.press("All answers", in_=ana.home)
    assert "Session 3" in shown(ana) and "Only you see this" in shown(ana)
