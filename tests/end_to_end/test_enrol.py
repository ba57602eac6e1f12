"""People join, change their profile and ask where they stand, over real HTTP and Socket Mode."""

from sqlalchemy import select

from storage import enrol
from storage import tables as t
from storage.records.programme import CohortState
from tests.end_to_end.cohort import join, open_cohort
from tests.end_to_end.conftest import Town

GENERAL = "C07GENERAL"
ABOUT = {
    "Which side": ["junior"], "Where are you in": "Starting out", "Department": "Legal", "Where do you work": "Porto",
    "What would you like": ["Technology"],
}  # fmt: skip


async def test_consent_comes_first_then_the_profile_then_a_date(town: Town) -> None:
    await open_cohort(town)
    ana = town.person("ana")
    await ana.command("/revmentor join")
    assert "never of fewer than *5* people" in str(ana.modal)
    assert not (await ana.submit({})).ok, "nothing without the tick"
    assert (await ana.submit({"consent": ["yes"]})).ok
    assert "'selected_option': {'text': {'text': 'Germany'" in str(ana.modal), "guessed from the time zone"
    assert (await ana.submit(ABOUT)).ok
    assert "by *Mon 16 Mar* at the latest, match or no match" in str(ana.modal)
    bring = {"offers": ["Coding"], "share": "spreadsheets", "works_to": "1020", "capacity_junior": "2"}
    assert (await ana.submit(bring)).ok
    assert "Nobody but you ever sees this" in str(ana.modal)
    assert (await ana.submit({"values2": "5: very much like me", "avoid": ["bo", "max"], "tags": ["caring"]})).ok
    await town.settle()
    assert "*You are in.*" in town.said(ana)
    await ana.command("/revmentor profile")
    told = str(ana.modal)
    assert all(
        said in told for said in ("Coding · spreadsheets", "2 pairs as a junior", "Care for", town.person("max").id)
    )


async def test_mistakes_are_said_under_their_fields_and_everything_typed_stays(town: Town) -> None:
    await open_cohort(town)
    ana = town.person("ana")
    await ana.command("/revmentor join")
    await ana.submit({"consent": ["yes"]})
    answer = await ana.submit({**ABOUT, "Department": "   ", "Who do you report to": "ana"})
    assert set(answer.errors) == {"department", "manager"}
    assert (await ana.submit({"Department": "<!channel> & *co*", "Who do you report to": "bo"})).ok


async def test_several_open_cohorts_are_chosen_from(town: Town) -> None:
    await open_cohort(town)
    await open_cohort(town, name="Autumn", k=7)
    ana = town.person("ana")
    await ana.command("/revmentor join")
    assert (await ana.submit({"cohort": "Autumn"})).ok
    assert "never of fewer than *7* people" in str(ana.modal)


async def test_with_no_cohort_open_one_can_ask_to_be_told(town: Town) -> None:
    await open_cohort(town, state=CohortState.CLOSED)
    draft = await open_cohort(town, name="Autumn", state=CohortState.DRAFT)
    ana, chi = town.person("ana"), town.person("chi")
    await ana.command("/revmentor join")
    assert (await ana.submit({})).ok
    assert "as soon as a cohort opens" in str(ana.modal)
    await chi.command("/revmentor admin cohort list")
    await chi.press("programme.cohort_open")
    assert (await chi.submit({})).ok, draft
    await town.settle()
    await ana.press("See what's involved")
    assert "*Autumn*" in str(ana.modal)


async def test_before_the_set_up_and_after_joining_a_sentence_says_what_to_do(town: Town) -> None:
    ana = town.person("ana")
    await ana.command("/revmentor join")
    assert "`/revmentor admin setup`" in str(ana.modal)
    await open_cohort(town)
    await join(town, "ana", "junior")
    await ana.command("/revmentor join")
    assert "already part of Spring" in str(ana.modal)
    await ana.command("/revmentor status")
    assert "waiting for a partner" in town.said(ana, GENERAL)


async def test_a_modal_sent_twice_joins_once(town: Town) -> None:
    await open_cohort(town)
    ana = town.person("ana")
    await ana.command("/revmentor join")
    await ana.submit({"consent": ["yes"]})
    await ana.command("/revmentor join")
    await ana.submit({"consent": ["yes"]})
    assert (await ana.submit(ABOUT)).ok
    await ana.dismiss()
    if ana.modal is not None:
        await ana.submit(ABOUT)
    await town.settle()
    assert town.said(ana).count("*You are in.*") == 1


async def test_the_profile_can_be_changed_later(town: Town) -> None:
    await open_cohort(town)
    ana = await join(town, "ana", "junior", share="spreadsheets")
    await ana.command("/revmentor profile")
    assert "spreadsheets" in str(ana.modal)
    await ana.press("enrol.edit:bring")
    answer = await ana.submit({"share": "maps", "works_from": "1080", "works_to": "600"})
    assert set(answer.errors) == {"works_to"}, "and everything else stays as it was typed"
    assert (await ana.submit({"share": "maps", "works_from": "510"})).ok
    assert "maps" in str(ana.modal) and "8:30" in str(ana.modal)
    await ana.press("enrol.edit:about")
    assert (await ana.submit({"department": "Press", "languages": ["Portuguese"]})).ok
    assert "Press" in str(ana.modal) and "Portuguese" in str(ana.modal)


async def test_who_is_not_part_of_it_is_told_how_to_join(town: Town) -> None:
    bo = town.person("bo")
    await bo.command("/revmentor profile")
    assert "/revmentor join" in str(bo.modal)
    await bo.command("/revmentor status")
    assert "/revmentor join" in town.said(bo, GENERAL)


async def test_a_changed_account_is_followed_and_one_that_has_ended_is_not_paired(town: Town) -> None:
    await open_cohort(town)
    ana, bo = await join(town, "ana", "junior", manager="eli"), await join(town, "bo", "senior", manager="dee")
    await town.pg.change_user(ana.id, tz="America/New_York")
    await town.pg.change_user(bo.id, deleted=True)
    async with town.house.kit.store.read(town.pg.workspace.team_id) as tx:
        known = [await enrol.find(tx, one.id) for one in (ana, bo)]
    assert [(one.zone, one.deactivated) for one in known if one] == [
        ("America/New_York", False),
        ("Europe/Berlin", True),
    ]
    chi = town.person("chi")
    await chi.command("/revmentor admin pair @ana @bo")
    assert "The senior is not part of an open cohort" in town.said(chi, GENERAL)


async def test_nothing_is_stored_of_people_who_do_not_take_part(town: Town) -> None:
    await open_cohort(town)
    await town.pg.change_user(town.person("max").id, tz="America/New_York")
    async with town.house.kit.store.read(town.pg.workspace.team_id) as tx:
        assert (await tx.conn.execute(select(t.inbox))).all() == []
