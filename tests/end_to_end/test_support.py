"""Support as people live it: requests that coordinators read, and a concern that only its contact ever sees."""

import asyncio
import json
import sqlite3
from pathlib import Path

import pytest

from playground import payloads
from playground.faults import Fault
from playground.person import Person
from tests.end_to_end.conftest import Town
from tests.handlers.test_bad_weather import bad
from tests.world import World, seed

WORDS = "concern-tapir-2290: I was told to keep quiet"


@pytest.fixture
async def world(town: Town) -> World:
    return await seed(town.house.kit)


async def concern(ana: Person, **fields: str) -> dict[str, str]:
    await ana.command("/revmentor support")
    await ana.press("support.concern")
    result = await ana.submit({"support.contact": "Noor", "support.words": WORDS, **fields})
    return result.errors


def files(town: Town) -> bytes:
    path = str(town.house.kit.store.url.database)
    return b"".join(Path(path + end).read_bytes() for end in ("", "-wal"))


async def test_a_request_is_read_by_coordinators_and_by_no_partner(town: Town, world: World) -> None:
    ruth, chi, bo = town.person("ruth"), town.person("chi"), town.person("bo")
    await ruth.command("/revmentor support")
    assert "Read by <@U07CHI0000>" in str(ruth.modal)
    await ruth.press("support.ask:practical")
    assert "Read by <@U07CHI0000>" in str(ruth.modal)
    assert (await ruth.submit({"support.words": "A room with a *door* <!here>", "support.way": "Call me"})).ok
    await town.settle()
    assert "A room with a *door* <!here>" in town.said(chi)
    assert f"<@{ruth.id}> would like to be called" in town.said(chi)
    assert "door" not in town.said(bo)


@pytest.mark.sqlite
async def test_a_concern_reaches_its_contact_alone_and_is_stored_nowhere(
    town: Town, world: World, capfd: pytest.CaptureFixture[str]
) -> None:
    ana, noor = town.person("ana"), town.person("noor")
    assert await concern(ana) == {}
    assert WORDS in town.said(noor) and f"<@{ana.id}> raises a concern" in town.said(noor)
    await town.settle()
    for name in ("ana", "bo", "chi", "eli", "dee"):
        assert "tapir" not in town.said(town.person(name))
    assert b"tapir" not in files(town)
    assert "tapir" not in "".join(capfd.readouterr())
    only = await concern(ana, **{"support.saying": "Only my name, and that I ask to be contacted"})
    assert only == {}
    assert "asks you, as a safe contact" in town.said(noor)
    assert town.said(noor).count("tapir") == 1


@pytest.mark.sqlite
async def test_it_is_sent_when_nothing_can_be_written_and_a_hundred_presses_send_one(town: Town, world: World) -> None:
    ana, noor = town.person("ana"), town.person("noor")
    path = str(town.house.kit.store.url.database)
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    try:
        await ana.command("/revmentor support")
        await ana.press("support.concern")
        view = town.pg.views.top(ana.id)
        assert view is not None
        filled = {"support.contact": noor.id, "support.words": WORDS}
        first = await ana.submit(filled)
        assert first.ok
    finally:
        blocker.execute("ROLLBACK")
        blocker.close()
    again = payloads.submission(town.pg, view)
    copies = [json.loads(json.dumps(again)) for _ in range(100)]
    await asyncio.gather(*(town.pg.hand_over("interactive", "again", copy) for copy in copies))
    assert town.said(noor).count("tapir") == 1


async def test_when_slack_fails_the_modal_keeps_the_text_and_names_the_contact(town: Town, world: World) -> None:
    ana, noor = town.person("ana"), town.person("noor")
    town.pg.faults.rules = [Fault("chat.postMessage", "500_after")]
    errors = await concern(ana)
    assert "Please call Noor" in errors["support.words"]
    assert ana.modal is not None and ana.modal["callback_id"] == "support.concern"
    town.pg.faults.rules = []
    assert (await ana.submit({})).ok
    assert town.said(noor).count("tapir") == 1


async def test_a_contact_who_left_is_not_offered_and_coordinators_hear_at_once(town: Town, world: World) -> None:
    noor, ana, chi = town.person("noor"), town.person("ana"), town.person("chi")
    await town.pg.change_user(noor.id, deleted=True)
    await town.settle()
    assert "one of the two safe contacts, has been closed" in town.said(chi)
    await ana.command("/revmentor support")
    await ana.press("support.concern")
    assert "The other safe contact can't be reached" in str(ana.modal)


async def test_coordinators_name_the_links_that_everybody_finds(town: Town, world: World) -> None:
    chi, ruth = town.person("chi"), town.person("ruth")
    await chi.command("/revmentor admin support")
    assert (await chi.submit({"support.links": "Talk line, 555 0100"})).ok
    await ruth.command("/revmentor support")
    assert "Talk line, 555 0100" in str(ruth.modal)


@pytest.mark.sqlite
async def test_with_a_database_that_only_reads_every_press_up_to_the_sending_works(town: Town, world: World) -> None:
    ana, noor = town.person("ana"), town.person("noor")
    async with bad(town, "readonly"):
        assert await concern(ana) == {}
    assert town.said(noor).count("tapir") == 1


async def test_one_about_the_first_contact_goes_to_the_other_one_alone(town: Town, world: World) -> None:
    ana, noor, eli = town.person("ana"), town.person("noor"), town.person("eli")
    assert await concern(ana, **{"support.contact": "Eli", "support.words": f"{WORDS}, by Noor"}) == {}
    await town.settle()
    assert town.said(eli).count("tapir") == 1 and "tapir" not in town.said(noor)
    assert (await concern(noor, **{"support.contact": "Eli"})) == {}, "a safe contact writes to the other one"


async def test_with_both_contacts_gone_the_way_out_of_the_programme_is_named(town: Town, world: World) -> None:
    ana, chi = town.person("ana"), town.person("chi")
    for name in ("noor", "eli"):
        await town.pg.change_user(town.person(name).id, deleted=True)
    await town.settle()
    assert town.said(chi).count("one of the two safe contacts, has been closed") == 2
    await ana.command("/revmentor support")
    await ana.press("support.concern")
    assert "turn to somebody you trust outside the programme" in str(ana.modal)
    assert ana.modal is not None and ana.modal["callback_id"] == "support.none"


async def test_when_slack_tells_nothing_about_people_a_concern_can_be_raised_all_the_same(
    town: Town, world: World
) -> None:
    ana, noor = town.person("ana"), town.person("noor")
    town.pg.faults.rules = [Fault("users.info", "500_before"), Fault("users.list", "500_before")]
    await ana.command("/revmentor support")
    await ana.press("support.concern")
    assert (await ana.submit({"support.contact": noor.id, "support.words": WORDS})).ok
    assert town.said(noor).count("tapir") == 1
