"""What comes twice, too late or from somewhere old; and texts and names that would do harm if they could."""

import asyncio
from dataclasses import replace

import pytest

from playground.gestures import send_view
from storage import commit, enrol, match, meet, prepare
from storage.records.match import PairState
from storage.records.meet import SessionState
from tests.end_to_end.conftest import Town
from tests.end_to_end.fields import FIELDS, NASTY, bad_in, fill, met, opened
from tests.held import pair_up
from tests.world import ANA, TEAM, World


@pytest.fixture
async def world(town: Town) -> World:
    return await met(town)


async def test_what_people_type_can_neither_ping_nor_format_nor_hide(town: Town, world: World) -> None:
    for field in FIELDS:
        person, result = await fill(town, field, f"{field} {NASTY}")  # each its own: a department may be known
        assert field == "zone" or (result.ok and not result.errors), field
        assert bad_in(town) == [], field
        town.pg.views.clear(person.id)
        await town.settle()
    for name in ("ana", "bo", "chi"):
        person = town.person(name)
        await person.open_home()
        for line in ("", "status", "sessions", "agenda", "commitments", "checkin", "admin pairs", "admin cohort list"):
            await person.command(f"/revmentor {line}".strip())
            assert bad_in(town) == [], (name, line)
        town.pg.views.clear(person.id)
    await town.forward(days=6)
    assert bad_in(town) == []


async def test_a_display_name_can_neither_ping_nor_format_nor_hide(town: Town, world: World) -> None:
    ana, bo, chi = (town.person(name) for name in ("ana", "bo", "chi"))
    assert (await town.pg.change_user(ana.id, real_name=NASTY.replace(" ", "|") + "y" * 300)).ok
    async with town.house.kit.store.read(TEAM) as tx:
        found = await enrol.find(tx, ANA)
    assert found is not None and "&|end" in found.name and "\x00" not in found.name
    for person in (ana, bo, chi):
        await person.open_home()
        await town.settle()
        for line in ("", "status", "schedule", "cancel", "met", "agenda", "checkin", "commit", "admin pairs"):
            await person.command(f"/revmentor {line}".strip())
            assert bad_in(town) == [] and "went wrong" not in str(person.modal), (person.id, line)
    await town.forward(days=8)
    assert bad_in(town) == []
    await bo.press("It didn't happen")
    assert bad_in(town) == []


@pytest.mark.parametrize("name", ["ana", "bo"])
async def test_a_time_at_which_either_meets_somebody_else_is_refused_under_the_field(
    town: Town, world: World, name: str
) -> None:
    kit = town.house.kit
    async with kit.store.write(TEAM) as tx:
        max_ = await enrol.meet_person(tx, town.person("max").id, name="Max", zone="Europe/Berlin", locale="en-US")
        juno = await enrol.meet_person(tx, town.person("juno").id, name="Juno", zone="Europe/Berlin", locale="en-US")
    other = await pair_up(kit, world, *((world.ana, max_) if name == "ana" else (juno, world.bo)))
    async with kit.store.write(TEAM) as tx:
        mine = (await meet.of_pair(tx, world.pair.id, SessionState.PLANNED))[0]
        await meet.add(tx, replace(mine, id=other.id, pair_id=other.id, starts_at=mine.starts_at.replace(day=17)))
    bo = town.person("bo")
    await bo.command("/revmentor schedule")
    which = {"meet.pair": "Ana"} if name == "bo" else {}
    answer = await bo.submit({"When?": "2026-03-17 14:30", "Where?": "Room 4", **which})
    assert list(answer.errors) == ["meet.when"] and "already has a session" in answer.errors["meet.when"]
    assert "Room 4" in str(bo.modal) and "Max" not in str(answer.errors) and "Juno" not in str(answer.errors)
    assert (await bo.submit({"When?": "2026-03-17 15:30"})).closed


SENT_TWICE = {name: FIELDS[name] for name in ("meet.place", "prepare.topic", "commit.text", "checkin.learned", "name")}


@pytest.mark.parametrize("field", SENT_TWICE)
async def test_a_modal_that_is_sent_twice_at_once_counts_once(town: Town, world: World, field: str) -> None:
    person = await opened(town, field)
    view = town.pg.views.top(person.id)
    assert view is not None
    for element in (block.get("element", {}) for block in view.given["blocks"]):
        element.pop("max_length", None)
    assert not (await person.submit({**FIELDS[field][2], field: "x" * 3000})).ok
    before = await counted(town, world)
    view.state[field][field]["value"] = "once"
    await asyncio.gather(*(send_view(town.pg, view) for _ in range(5)), return_exceptions=True)
    grown = [after - old for after, old in zip(await counted(town, world), before, strict=True)]
    assert max(grown) <= 1


async def counted(town: Town, world: World) -> list[int]:
    """How many planned sessions, parked lines and promises there are."""
    async with town.house.kit.store.read(TEAM) as tx:
        planned = await meet.of_pair(tx, world.pair.id, SessionState.PLANNED)
        parked, promised = await prepare.parked(tx, world.pair.id), await commit.of_pair(tx, world.pair.id)
    return [len(planned), len(parked), len(promised)]


@pytest.mark.parametrize("field", [name for name, (who, *_) in FIELDS.items() if "." in name])
async def test_a_modal_that_comes_after_its_pair_has_ended_says_so_and_changes_nothing(
    town: Town, world: World, field: str
) -> None:
    person = await opened(town, field)
    async with town.house.kit.store.write(TEAM) as tx:
        assert await match.move(tx, world.pair.id, PairState.ACTIVE, PairState.ENDED)
    before = await counted(town, world)
    result = await person.submit({**FIELDS[field][2], field: "too late"})
    assert not result.closed
    assert "This pairing has ended" in str(result.errors) or "no longer open" in str(result.errors)
    assert await counted(town, world) == before
    view = town.pg.views.top(person.id)
    assert view is not None and "too late" in str(view.state)


async def test_a_button_from_an_old_message_says_that_it_is_over(town: Town, world: World) -> None:
    bo = town.person("bo")
    space = next(c["id"] for c in bo.conversations() if c["kind"] == "mpim")
    booked = bo.messages(space)[-1] | {"channel": space}
    await bo.press("Cancel", in_=booked)
    assert (await bo.submit({"meet.what": "off"})).ok
    await bo.dismiss()
    await bo.press("Cancel", in_=booked)
    assert "no longer open" in str(bo.modal)
    async with town.house.kit.store.write(TEAM) as tx:
        assert await match.move(tx, world.pair.id, PairState.ACTIVE, PairState.ENDED)
    for label in ("Reschedule", "Add to agenda"):
        await bo.dismiss()
        await bo.press(label, in_=booked)
        assert "This pairing has ended" in str(bo.modal), label
