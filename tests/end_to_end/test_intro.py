"""Introductions as both live them: asked for, redirected, agreed on, made, and what came of it in private."""

import re

import pytest

from playground.person import Person
from tests.end_to_end.conftest import Town
from tests.world import World, seed

WHY = "I want to see how a rota is planned elsewhere"
LINE = "Ana runs our rota and asks good questions."


@pytest.fixture
async def world(town: Town) -> World:
    return await seed(town.house.kit)


async def homes(town: Town, *people: Person) -> list[str]:
    for person in people:
        await person.open_home()
    await town.settle()
    return [str(person.home) for person in people]


def words(home: str) -> list[str]:
    """What stands on a Home, without the names of its blocks."""
    return re.findall(r"'text': '([^']*)'", home)


async def ask(town: Town, **fields: str) -> Person:
    ana = town.person("ana")
    await ana.command("/revmentor intro")
    await ana.press("Ask for one")
    given = {"intro.why": WHY, "intro.line": LINE, **{f"intro.{name}": value for name, value in fields.items()}}
    assert (await ana.submit(given)).ok
    return ana


async def test_asked_for_sent_on_agreed_moved_made_and_talked(town: Town, world: World) -> None:
    bo, ana = town.person("bo"), await ask(town, whom="the data team")
    assert "hears of it" in str(ana.modal)
    await ana.dismiss()
    assert "data team" not in town.said(bo)
    await town.forward(minutes=70)
    assert WHY in town.said(bo) and f"> {LINE}" in town.said(bo)
    assert "waits for your answer" in (await homes(town, bo))[0]

    await bo.press("Someone better")
    assert (await bo.submit({"intro.person": town.person("max").id, "intro.word": "He plans all of them"})).ok
    await town.forward(minutes=11)
    assert "rather than the data team" in town.said(ana) and "He plans all of them" in town.said(ana)
    await ana.press("Ask for that instead")
    await town.forward(minutes=11)
    assert "as you suggested" in town.said(bo)

    await bo.press("Yes, by …")
    late = await bo.submit({"intro.due_on": "2026-03-02"})
    assert late.errors == {"intro.due_on": "Please pick a day after today."}
    assert (await bo.submit({"intro.due_on": "2026-03-20"})).ok
    await bo.dismiss()
    await town.forward(minutes=11)
    shown = [town.said(ana), *await homes(town, ana, bo)]
    assert all("U07MAX0000" in one and ("20 Mar" in one or "Mar 20" in one) for one in shown)

    await town.forward(days=17)
    await bo.press("I have made it")
    await town.forward(minutes=11)
    assert "has introduced you to" in town.said(ana)
    await town.forward(days=14)
    before = (town.said(bo), words(*await homes(town, bo)))
    await ana.press("It didn't happen")
    assert "Nobody is told" in town.said(ana)
    await town.forward(minutes=11)
    assert (town.said(bo), words(*await homes(town, bo))) == before


async def test_not_now_needs_a_reason_which_the_junior_reads_and_she_asks_anew(town: Town, world: World) -> None:
    bo, ana = town.person("bo"), await ask(town, whom="the data team")
    await town.forward(minutes=70)
    message = bo.messages()[-1]
    await bo.press("Not now: say why")
    assert list((await bo.submit({"intro.reason": "   "})).errors) == ["intro.reason"]
    assert (await bo.submit({"intro.reason": "They move house in March"})).ok
    await bo.dismiss()
    await bo.press("I have made it", in_=message)
    assert "gone on meanwhile" in town.said(bo)
    await town.forward(minutes=11)
    assert "They move house in March" in town.said(ana)
    await ana.press("Ask anew")
    assert WHY in str(ana.modal) and "the data team" in str(ana.modal)


async def test_the_preview_keeps_what_was_typed_and_what_is_wrong_is_said_under_its_field(
    town: Town, world: World
) -> None:
    ana = town.person("ana")
    await ana.open_home()
    await town.settle()
    await ana.press("Ask for one", in_=ana.home)
    for field, typed in (("why", WHY), ("line", LINE), ("person", town.person("bo").id)):
        await ana.press(f"intro.{field}", value=typed)
    await ana.press("Preview")
    assert "what your senior will read" in str(ana.modal) and WHY in str(ana.modal)
    refused = await ana.submit({})
    assert list(refused.errors) == ["intro.person"] and "your senior" in refused.errors["intro.person"]
    assert (await ana.submit({"intro.person": town.person("max").id})).ok


async def test_a_senior_notes_one_that_he_has_made_and_takes_it_back(town: Town, world: World) -> None:
    bo, ana = town.person("bo"), town.person("ana")
    await bo.command("/revmentor intro")
    await bo.press("Offer or note one")
    given = {"intro.person": town.person("max").id, "intro.stands": "I will make it"}
    assert list((await bo.submit(given)).errors) == ["intro.due_on"]
    assert (await bo.submit({"intro.stands": "I have made it"})).ok
    await bo.press("Undo")
    assert "as though it had never been written" in str(bo.modal)
    await town.forward(days=1)
    assert "introduced" not in town.said(ana)
