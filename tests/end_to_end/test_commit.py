"""A promise as both live it: made, heard of, reminded, moved, kept, and privately noticed."""

import pytest

from playground.person import Person
from tests.end_to_end.conftest import Town
from tests.thorough import thorough
from tests.world import World, seed

TEXT = "When the rota is planned, I will ask the phones first"


@pytest.fixture
async def world(town: Town) -> World:
    return await seed(town.house.kit)


def space(town: Town, person: Person) -> str:
    """What stands in the pair space."""
    rooms = [c["id"] for c in person.conversations() if c["kind"] == "mpim"]
    return "".join(town.said(person, room) for room in rooms)


def general(town: Town, person: Person) -> str:
    """What the command answered."""
    return town.said(person, next(c["id"] for c in person.conversations() if c["name"] == "general"))


async def promise(town: Town, day: str = "2026-03-20") -> Person:
    bo = town.person("bo")
    await bo.command(f"/revmentor commit {TEXT}")
    assert (await bo.submit({"commit.due_on": day})).ok
    await bo.dismiss()
    return bo


async def test_what_was_typed_after_the_command_is_in_the_form_and_the_pair_hears_of_it(
    town: Town, world: World
) -> None:
    await promise(town)
    ana = town.person("ana")
    assert space(town, ana) == ""
    await town.forward(minutes=11)
    assert TEXT in space(town, ana)
    await ana.command("/revmentor commitments")
    assert TEXT in general(town, ana)


async def test_a_senior_promises_one_more_from_the_list_on_home_and_a_junior_is_not_asked_to(
    town: Town, world: World
) -> None:
    bo = await promise(town)
    for person in (bo, town.person("ana")):
        await person.open_home()
        await town.settle()
        await person.press("All promises", in_=person.home)
        assert ("Promise something" in str(person.modal)) is (person is bo)
    await bo.press("Promise something")
    assert (await bo.submit({"commit.text": "When we hire, I will ask her first", "commit.due_on": "2026-03-27"})).ok
    await town.settle()
    assert "When we hire, I will ask her first" in str(bo.home) and TEXT in str(bo.home)


async def test_when_and_what_are_two_fields_and_one_sentence(town: Town, world: World) -> None:
    bo, ana = town.person("bo"), town.person("ana")
    await bo.command("/revmentor commit")
    alone = await bo.submit({"commit.when": "the rota is planned", "commit.due_on": "2026-03-20"})
    assert list(alone.errors) == ["commit.text"]
    assert (await bo.submit({"commit.text": "ask the phones first"})).ok
    await town.forward(minutes=11)
    assert "“When the rota is planned, I will ask the phones first”" in space(town, ana)


async def test_a_day_that_has_passed_is_refused_under_its_field(town: Town, world: World) -> None:
    bo = town.person("bo")
    await bo.command("/revmentor commit")
    result = await bo.submit({"commit.text": TEXT, "commit.due_on": "2026-03-02"})
    assert result.errors == {"commit.due_on": "Please pick a day after today."}
    only_spaces = await bo.submit({"commit.text": "   ", "commit.due_on": "2026-03-20"})
    assert list(only_spaces.errors) == ["commit.text"]


async def test_a_junior_suggests_and_the_senior_takes_it_on_in_other_words_or_not_now(town: Town, world: World) -> None:
    ana, bo = town.person("ana"), town.person("bo")
    for text in (TEXT, "Ask me first"):
        await ana.command(f"/revmentor commit {text}")
        assert "can take it on, word it anew, or say not now" in str(ana.modal)
        assert (await ana.submit({"commit.due_on": "2026-03-20"})).ok
        await ana.dismiss()
    assert TEXT not in town.said(bo)
    await town.forward(minutes=70)
    assert TEXT in town.said(bo) and TEXT not in space(town, bo)
    await bo.press("Not now")
    assert "without a reason" in town.said(bo)
    await town.forward(minutes=11)
    assert "answered *not now* to your suggestion “Ask me first”" in town.said(ana)
    await bo.command("/revmentor commitments")
    await bo.press("In other words")
    assert (await bo.submit({"commit.text": "When a review comes, I will ask the phones"})).ok
    await bo.dismiss()
    await town.forward(minutes=11)
    assert "I will ask the phones" in space(town, ana)


@thorough
async def test_the_reminder_is_answered_in_place_and_undone(town: Town, world: World) -> None:
    bo = await promise(town)
    await town.forward(days=17)
    await bo.press("Done")
    assert "Marked as done" in town.said(bo)
    await bo.press("Undo")
    assert "Taken back" in town.said(bo)
    await town.forward(minutes=30)
    assert "*Done*" not in space(town, town.person("ana"))


@thorough
async def test_moved_twice_is_shown_as_slipping_to_both(town: Town, world: World) -> None:
    bo = await promise(town)
    await town.forward(days=17)
    for day in ("2026-04-01", "2026-04-08"):
        await bo.press("Move date")
        assert (await bo.submit({"commit.due_on": day})).ok
        await bo.dismiss()
    await town.forward(minutes=11)
    assert "*slipping*" in space(town, town.person("ana"))
    await bo.command("/revmentor promises")
    assert "slipping: moved 2 times" in general(town, bo)


async def test_the_junior_says_in_private_whether_she_noticed(town: Town, world: World) -> None:
    bo, ana = await promise(town), town.person("ana")
    await town.forward(days=17)
    await bo.press("Done")
    await town.forward(days=5)
    before = (town.said(bo), space(town, bo))
    await ana.press("Not really")
    assert "Noted: *Not really*. Only you see this." in town.said(ana)
    await ana.press("Change")
    await ana.press("Yes")
    assert "Noted: *Yes*" in town.said(ana)
    await town.forward(minutes=30)
    assert (town.said(bo), space(town, bo)) == before


@thorough
async def test_a_button_of_a_promise_that_is_done_already_says_so(town: Town, world: World) -> None:
    bo = await promise(town)
    await town.forward(days=17)
    reminder = bo.messages()[-1]
    await bo.command("/revmentor commitments")
    await bo.press("Done")
    await bo.press("Dropped", in_=reminder)
    assert "already done" in town.said(bo)
