"""Looking back as people live it: halfway in private and then together, at the end, and half a year later."""

from datetime import timedelta

import pytest

from bot.domain.meet import Booking
from bot.services import meet
from bot.services.programme import cohorts
from playground.person import Person
from tests.end_to_end.conftest import Town
from tests.held import JUNIOR
from tests.services.prepare.steps import COORDINATOR
from tests.world import World, seed

SECRET = "less slides, more walking"


@pytest.fixture
async def world(town: Town) -> World:
    """Three of six sessions have been held in the last days."""
    world, kit = await seed(town.house.kit), town.house.kit
    for days in (6, 4, 0):
        ended = kit.clock() - timedelta(days=days, hours=1)
        await meet.log(kit, JUNIOR, Booking(world.pair.id, ended - timedelta(hours=1), 60, ""))
    return world


def space(town: Town, person: Person) -> str:
    rooms = [c["id"] for c in person.conversations() if c["kind"] == "mpim"]
    return "".join(town.said(person, room) for room in rooms)


async def home(town: Town, person: Person) -> str:
    await person.open_home()
    await town.settle()
    return str(person.home)


async def leap(town: Town, *, days: int) -> None:
    """Time in which nothing is done, as when the bot is off; then four days like any other."""
    town.clock.set(town.clock.now() + timedelta(days=days))
    await town.settle()
    await town.forward(days=4)


async def test_halfway_each_looks_back_alone_and_the_two_talk_about_it_whoever_answered(
    town: Town, world: World
) -> None:
    ana, bo = town.person("ana"), town.person("bo")
    await town.forward(days=3)
    assert "Five statements" in town.said(ana) and "Five statements" in town.said(bo)
    assert "Halfway with" in await home(town, ana)
    await ana.press("review.answer")
    assert "They change something because of what I say." in str(ana.modal)
    assert list((await ana.submit({})).errors) == ["review.item:midpoint_say"]
    answers = {"review.item:midpoint_say": "2", "review.item:midpoint_one_thing": SECRET}
    assert (await ana.submit(answers)).ok and "Kept for you" in str(ana.modal)
    await town.settle()
    assert "Answered. Only you see your answers" in town.said(ana) and "Halfway with" not in await home(town, ana)
    await ana.press("Change")
    assert SECRET in str(ana.modal)
    await ana.dismiss()
    await ana.press("Take back")
    await town.settle()
    assert "Skipped. You can still answer" in town.said(ana)
    await bo.press("review.skip")
    await town.forward(days=4)
    assert "You are halfway." in space(town, bo) and "What do we avoid?" in space(town, bo)
    for _ in range(2):
        await bo.press("Put it on our next agenda")
    assert "already" in str(bo.messages()) or "already" in space(town, bo)
    everything = await home(town, bo) + town.said(bo) + space(town, bo)
    assert SECRET not in everything


async def test_at_the_end_and_half_a_year_later_both_are_asked_and_checkin_opens_what_waits(
    town: Town, world: World
) -> None:
    ana, bo, kit = town.person("ana"), town.person("bo"), town.house.kit
    await cohorts.close(kit, COORDINATOR, world.cohort.id)
    await town.forward(days=3)
    assert "Looking back on your pairing" in town.said(ana) and "Looking back on your pairing" in town.said(bo)
    assert "Looking back on your pairing" in await home(town, ana)
    await ana.command("/revmentor checkin")
    assert (await ana.submit({"review.item:end_junior_again": "Yes", "review.item:end_junior_benefit": "4"})).ok
    await ana.dismiss()
    await leap(town, days=85)
    assert "Three months after your pairing" in town.said(ana) and "Three months after" in town.said(bo)
    await leap(town, days=90)
    assert "Half a year after your pairing" in town.said(bo)
    await bo.press("review.answer")
    assert "Is the change you made still there?" in str(bo.modal)
    assert (await bo.submit({"review.item:later_still_there": "Partly"})).ok
