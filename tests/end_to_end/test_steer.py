"""A pilot's end: who would help is asked, and their private channel is made, or said to be made by hand."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from playground.person import Person
from prompts import Library
from storage import programme
from tests.end_to_end.conftest import Town, open_town
from tests.held import hold
from tests.world import TEAM, seed


async def asked(town: Town) -> Person:
    """Chi has asked Ana and Bo; both would like to."""
    world = await seed(town.house.kit, channel="C07TEAM001")
    await hold(town.house.kit, world)
    async with town.house.kit.store.write(TEAM) as tx:
        await programme.set_cohort(tx, world.cohort.id, pilot=True, ends_on=date(2026, 3, 13))
    chi = town.person("chi")
    await chi.command("/revmentor admin steering")
    await chi.press("Ask for volunteers")
    await town.until(datetime(2026, 3, 3, 12, tzinfo=UTC))
    for name in ("ana", "bo"):
        await town.person(name).press("I'd like to")
    await chi.command("/revmentor admin steering")
    return chi


def of(person: Person) -> list[str]:
    """The names of the channels that somebody is in."""
    return [str(place["name"]) for place in person.conversations()]


@pytest.mark.parametrize("granted", [("groups:write",), ()])
async def test_volunteers_get_a_private_channel_where_the_workspace_lets_the_app_make_one(
    tmp_path: Path, library: Library, granted: tuple[str, ...]
) -> None:
    async with open_town(tmp_path, library, granted=granted) as town:
        chi = await asked(town)
        await chi.press("Make their channel")
        assert "Ana" in str(chi.modal) or "<@U07ANA" in str(chi.modal)
        if not granted:
            await chi.submit({"steer.name": "steering-spring"})
            assert "groups:write" in str(chi.modal) and "<@U07ANA" in str(chi.modal)
            assert "steering-spring" not in of(town.person("ana"))
            return
        taken = await chi.submit({"steer.name": "general"})
        assert not taken.ok and "already" in str(taken.errors)
        assert (await chi.submit({"steer.name": "steering-spring"})).ok
        await town.settle()
        assert all("steering-spring" in of(town.person(name)) for name in ("ana", "bo", "chi"))
        assert "steering-spring" not in of(town.person("juno"))
        await town.person("ana").press("After all not")
        await chi.command("/revmentor admin steering")
        assert "U07ANA" not in str(
            chi.messages(next(c["id"] for c in chi.conversations() if c["name"] == "general"))[-1]
        )
