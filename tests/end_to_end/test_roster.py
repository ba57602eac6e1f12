"""Chi imports a list: pasted, or as a file; what she sees first is what is saved."""

from pathlib import Path

import pytest

from bot.services.roster import saving
from playground import crowd
from playground.errors import NoSuchThing
from playground.person import Person
from prompts import Library
from storage import enrol, roster
from storage.records.roster import Listed
from tests.end_to_end.cohort import open_cohort
from tests.end_to_end.conftest import Town, open_town
from tests.world import TEAM

LIST = """user;employee_id;department;level;manager_id
@ana;7;Data;2;12
Bo Lindgren;12;Operations;director;none
@nobody;3;Data;1;12
@juno;9;Data;wizard;7
@ana;7;Data;2;12
"""


async def listed(town: Town) -> dict[str, Listed]:
    async with town.house.kit.store.read(TEAM) as tx:
        return await roster.everybody(tx)


async def lines(town: Town) -> dict[str, str]:
    async with town.house.kit.store.read(TEAM) as tx:
        return await enrol.lines(tx)


async def checked(town: Town, chi: Person, text: str) -> str:
    """What Chi's window says once a pasted list has been checked."""
    await chi.command("/revmentor admin import")
    assert (await chi.submit({"list": text})).ok
    assert (await chi.submit()).ok, "the columns were guessed"
    assert "I am looking everybody up" in str(chi.modal)
    await town.forward(seconds=2)
    return str(chi.modal)


async def test_a_list_is_checked_saved_updated_and_taken_back(town: Town) -> None:
    await open_cohort(town)
    chi, ana, bo, juno = (town.person(name) for name in ("chi", "ana", "bo", "juno"))
    said = await checked(town, chi, LIST)
    assert "3 people would be saved" in said
    assert "*Row 4, A (user)* · left out" in said and "“@nobody” is nobody in this Slack" in said
    assert "*Row 5, D (level)* · saved without this" in said and "“wizard” is no level" in said
    assert "*Row 6, A (user)* · left out" in said and "stands in row 2 already" in said
    assert await listed(town) == {}, "nothing is written before Save"

    await chi.submit()
    assert "3 people are on the list" in str(chi.modal)
    found = await listed(town)
    assert {found[p.id].name: (found[p.id].level, found[p.id].department) for p in (ana, bo, juno)} == {
        "Ana": (2, "Data"), "Bo": (4, "Operations"), "Juno": (0, "Data"),
    }  # fmt: skip
    assert await lines(town) == {ana.id: bo.id, bo.id: "", juno.id: ana.id}
    async with town.house.kit.store.read(TEAM) as tx:
        assert await enrol.find(tx, ana.id) is None, "nobody is enrolled by a list"
    assert not ana.messages()

    await chi.press("Take it back")
    assert "Taken back" in str(chi.modal)
    assert await listed(town) == {} and await lines(town) == {}
    await chi.command("/revmentor admin audit")
    assert "took an imported list back" in str(chi.modal) and "new=3 changed=0" in str(chi.modal)


async def test_a_file_is_read_and_whoever_closes_the_window_is_told_when_it_is_checked_and_saved(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "AT_ONCE", 0)
    async with open_town(tmp_path, library, granted=("files:read", "users:read.email")) as town:
        await open_cohort(town)
        chi = town.person("chi")
        members = crowd.people(120)
        crowd.join(town.pg.workspace, members)
        rows, mistakes = crowd.with_mistakes(crowd.sheet(members))
        await chi.command("/revmentor admin import")
        for name, content, said in (
            ("people.pdf", b"x", "one of these types"), ("people.csv", b"PK\x03\x04", "This is a workbook"),
        ):  # fmt: skip
            refused = await chi.submit({"file": {"name": name, "content": content}})
            assert said in refused.errors["file"]
        assert (await chi.submit({"file": {"name": "people.csv", "content": crowd.to_csv(rows)}})).ok
        assert "120 rows were read" in str(chi.modal)
        refused = await chi.submit({"level": "E: Department"})
        assert "Each column can be one thing" in refused.errors["department"]
        assert (await chi.submit({"level": "D: Level"})).ok
        await chi.dismiss()
        await town.forward(seconds=2)
        assert "115 people can be saved" in town.said(chi)

        await chi.press("Open the result")
        seen = str(chi.modal)
        for page in range(3):
            seen += str(chi.modal)
            if page < 2 and "Next" in str(chi.modal):
                await chi.press("Next")
        for row in mistakes:
            assert f"*Row {row}, " in seen, (row, mistakes[row])
        await chi.submit()
        assert "I am writing down everybody" in str(chi.modal) and await listed(town) == {}
        await chi.dismiss()
        await town.forward(seconds=2)
        assert len(await listed(town)) == 115 and "115 people are on the list" in town.said(chi)
        await chi.press("Open the result")
        await chi.press("Take it back")
        assert "I am putting everything back" in str(chi.modal)
        await town.forward(seconds=2)
        assert "Taken back" in str(chi.modal) and await listed(town) == {}


async def test_without_the_scope_the_window_says_what_it_would_need(town: Town) -> None:
    await open_cohort(town)
    chi, ana = town.person("chi"), town.person("ana")
    await chi.command("/revmentor admin import")
    assert "would need the optional permission `files:read`" in str(chi.modal)
    with pytest.raises(NoSuchThing):
        await chi.submit({"file": {"name": "people.csv", "content": b""}})
    refused = await chi.submit({"list": "user;name\n"})
    assert "There is only one row" in refused.errors["list"]
    assert (await chi.submit({"list": "user;name\n@ana;Ana\n"})).ok
    await ana.command("/revmentor admin import")
    assert "for coordinators" in str(ana.modal)
