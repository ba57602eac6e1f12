"""Homes and Today as people see them."""

from typing import Any

from storage import enrol, match
from storage.ids import new_id
from storage.records.match import Pair, PairState
from tests.end_to_end.cohort import join, open_cohort
from tests.end_to_end.conftest import Town
from tests.thorough import thorough


def general(town: Town) -> str:
    return next(c["id"] for c in town.person("ana").conversations() if c["name"] == "general")


async def test_a_stranger_joins_from_the_home(town: Town) -> None:
    await open_cohort(town)
    ana = town.person("ana")
    await ana.open_home()
    await town.settle()
    assert "Open now: *Spring*" in str(ana.home)
    await ana.press("Join", in_=ana.home)
    assert ana.modal is not None and ana.modal["callback_id"] == "enrol.consent"


async def test_a_home_follows_what_happens(town: Town) -> None:
    await open_cohort(town)
    ana = await join(town, "ana", "junior")
    await ana.open_home()
    await town.settle()
    assert "You are in *Spring*" in str(ana.home)


async def test_today_answers_only_the_one_who_asked(town: Town) -> None:
    await open_cohort(town)
    ana, bo = await join(town, "ana", "junior"), town.person("bo")
    assert (await ana.command("/revmentor", channel=general(town))).ok
    assert "You are in *Spring*" in town.said(ana, general(town))
    assert "You are in *Spring*" not in town.said(bo, general(town))


async def test_a_coordinators_home_has_the_decisions_on_top(town: Town) -> None:
    await open_cohort(town)
    chi = town.person("chi")
    await chi.open_home()
    await town.settle()
    assert chi.home is not None
    assert chi.home["blocks"][0]["text"]["text"] == "Needs your decision"
    await chi.press("Health", in_=chi.home)
    assert chi.modal is not None and chi.modal["callback_id"] == "report.health"


@thorough
async def test_every_button_of_every_home_opens_something(town: Town) -> None:
    """Nothing that can be pressed on a Home answers with an apology."""
    await pair(town)
    for name in ("ana", "bo", "chi", "dee"):
        person = town.person(name)
        await person.open_home()
        await town.settle()
        actions = pressables(person.home or {})
        assert len(actions) > 1, name
        for action in actions:
            await person.press(action, in_=person.home)
            assert person.modal is not None, (name, action)
            said = str(person.modal)
            assert "went wrong" not in said and "no longer open" not in said, (name, action)
            await person.dismiss()


async def test_a_pairs_next_session_is_on_both_homes(town: Town) -> None:
    await pair(town)
    ana, bo = town.person("ana"), town.person("bo")
    for person in (ana, bo):
        await person.open_home()
    await town.settle()
    assert "It is your turn to find a date" in str(bo.home)
    assert "It is your turn" not in str(ana.home)
    await bo.press("Book a session", in_=bo.home)
    assert (await bo.submit({"When?": "2026-03-10 14:00"})).ok
    await town.settle()
    for person in (ana, bo):
        assert "It is your turn" not in str(person.home)
        assert "60 minutes" in str(person.home)


def pressables(home: dict[str, Any]) -> list[str]:
    """The action ids of a Home's buttons, in order."""
    elements = [e for b in home["blocks"] for e in [*b.get("elements", []), b.get("accessory", {})]]
    return list(dict.fromkeys(e["action_id"] for e in elements if "action_id" in e))


async def pair(town: Town) -> None:
    """Ana and Bo join and are a pair."""
    cohort = await open_cohort(town)
    people = [await join(town, "ana", "junior"), await join(town, "bo", "senior")]
    kit, team = town.house.kit, town.pg.workspace.team_id
    now = kit.clock()
    async with kit.store.write(team) as tx:
        found = [await enrol.find(tx, person.id) for person in people]
        junior, senior = [person.id for person in found if person is not None]
        made = Pair(new_id(), team, cohort.id, junior, senior, PairState.ACTIVE, None, "", "U1", now, now, None)
        await match.add(tx, made)
