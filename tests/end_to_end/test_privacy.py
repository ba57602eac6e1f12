"""One's own data in Slack: who sees what, everything that is stored, the file, and deleting it all."""

import json
from datetime import timedelta

import pytest

from playground.faults import Fault
from playground.person import Person
from tests.end_to_end.conftest import Town
from tests.world import World, seed

PARKED = "parked-lynx-9015"


@pytest.fixture
async def world(town: Town) -> World:
    return await seed(town.house.kit)


def files(town: Town, person: Person) -> list[bytes]:
    """The files that a person sees in the app's messages."""
    place = town.pg.workspace.known_direct(person.id)
    shown = [file for message in place.messages.values() for file in message.files] if place else []
    return [file.content for file in shown if not file.deleted]


async def test_anybody_sees_who_sees_what_and_what_is_stored_about_them(town: Town, world: World) -> None:
    ana, ruth = town.person("ana"), town.person("ruth")
    await ana.command(f"/revmentor park {PARKED}")
    for person in (ana, ruth):
        await person.command("/revmentor privacy")
        assert "Safe contact: what was sent to them" in str(person.modal)
        await person.press("Show what is stored about me")
    assert PARKED in str(ana.modal) and "Ana Silva" in str(ana.modal)
    assert "Nothing is stored about you." in str(ruth.modal)


async def test_the_file_comes_after_a_warning_and_is_deleted_after_a_day(town: Town, world: World) -> None:
    ana = town.person("ana")
    await ana.command(f"/revmentor park {PARKED}")
    await ana.command("/revmentor privacy export")
    assert "lies in Slack" in str(ana.modal) and files(town, ana) == []
    assert (await ana.submit({})).ok
    await town.settle()
    (data,) = files(town, ana)
    tables = json.loads(data)["tables"]
    assert tables["agenda_line"][0]["text"] == PARKED
    assert "I delete it here on" in town.said(ana)
    await town.forward(hours=23)
    assert len(files(town, ana)) == 1
    await town.forward(hours=2)
    assert files(town, ana) == []


async def test_a_file_whose_sharing_was_interrupted_is_found_and_never_there_twice(town: Town, world: World) -> None:
    ana = town.person("ana")
    await ana.command("/revmentor privacy export")
    town.pg.faults.rules.append(_lost("files.completeUploadExternal"))
    assert (await ana.submit({})).ok
    await town.settle()
    await town.forward(minutes=5)
    assert len(files(town, ana)) == 1 and town.said(ana).count("I delete it here on") == 1


async def test_deleting_wants_the_word_and_takes_the_messages_out_of_slack(town: Town, world: World) -> None:
    ana, bo = town.person("ana"), town.person("bo")
    await bo.command("/revmentor schedule")
    assert (await bo.submit({"When?": "2026-03-06 14:00"})).ok
    await ana.command("/revmentor privacy export")
    assert (await ana.submit({})).ok
    await ana.open_home()
    await town.forward(days=3)
    assert town.said(ana) != ""
    await ana.command("/revmentor privacy delete")
    refused = await ana.submit({"privacy.word": "please"})
    assert "Please type delete" in str(refused.errors)
    assert (await ana.submit({"privacy.word": "Delete"})).ok
    assert "It is done" in str(ana.modal)
    await town.until(town.clock.now() + timedelta(minutes=20))
    assert [message for message in ana.messages() if message["text"] or message["blocks"]] == []
    assert files(town, ana) == []
    assert "Reverse mentoring" in str(ana.home) and "Bo" not in str(ana.home)
    assert "has ended" in town.said(bo)
    assert "Somebody" in town.said(town.person("chi")) or "someone who has left" in town.said(town.person("chi"))
    await ana.command("/revmentor status")
    assert "not part of a programme" in general(town, ana)


async def test_leaving_can_be_taken_back_and_reads_the_same_to_both(town: Town, world: World) -> None:
    ana, bo = town.person("ana"), town.person("bo")
    await ana.command("/revmentor leave")
    assert (await ana.submit({"leave.note": "no time"})).ok
    await ana.press("Stay after all")
    await town.forward(minutes=11)
    assert "has ended" not in town.said(bo)
    await ana.dismiss()
    await ana.command("/revmentor leave")
    assert (await ana.submit({"leave.what": "All of it: I leave the programme", "leave.note": "no time"})).ok
    await town.forward(days=1)
    assert "has ended" in town.said(bo) and "no time" not in town.said(bo)
    assert "no time" in town.said(town.person("chi"))


def general(town: Town, person: Person) -> str:
    """What a command answered."""
    return town.said(person, next(c["id"] for c in person.conversations() if c["name"] == "general"))


def _lost(method: str) -> Fault:
    return Fault(method, "drop_after", 1.0, 1.0, 1)
