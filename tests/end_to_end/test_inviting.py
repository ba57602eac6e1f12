"""Coordinators invite, people answer, and the list shows where everybody stands: over real HTTP and Socket Mode."""

from datetime import UTC, datetime

from playground import manifest as manifests
from tests.end_to_end.cohort import join, open_cohort
from tests.end_to_end.conftest import MANIFEST, Town

GENERAL = "C07GENERAL"


async def test_people_are_invited_by_name_and_answer_as_they_like(town: Town) -> None:
    await open_cohort(town, guests=False)
    await join(town, "ana", "junior")
    chi, ivy, leo = town.person("chi"), town.person("ivy"), town.person("leo")
    town.pg.workspace.users[town.person("tom").id].is_restricted = True
    await chi.command("/revmentor admin invite @ivy @leo @ana @tom")
    said = str(chi.modal)
    assert "*2 people* are being asked" in said
    assert f"take part already: <@{town.person('ana').id}>" in said
    assert f"guests of your workspace: <@{town.person('tom').id}>" in said
    await town.forward(hours=2)
    assert "You choose whether to take part" in town.said(ivy)
    await ivy.press("Not for me")
    assert "is not for you, and you are not asked again" in town.said(ivy)
    await ivy.press("Undo")
    await ivy.press("Not for me")
    await leo.press("See what's involved")
    assert "Before you join" in str(leo.modal)
    assert (await leo.submit({"consent": ["yes"]})).ok
    await chi.command("/revmentor admin people said no")
    await chi.command("/revmentor admin people declined")
    assert ivy.id in str(chi.modal) and leo.id not in str(chi.modal)
    await chi.command("/revmentor admin invite @ivy")
    assert "said that it is not for them" in str(chi.modal)
    await leo.dismiss()
    await town.until(datetime(2026, 3, 10, 12, tzinfo=UTC))
    assert "A reminder, the only one" in town.said(leo)
    assert "A reminder" not in town.said(ivy)
    await join(town, "leo", "junior")
    assert "you have joined" in town.said(leo) and "enrol.decline" not in town.said(leo)


async def test_a_user_group_needs_the_optional_scope_and_says_so(town: Town) -> None:
    await open_cohort(town)
    chi = town.person("chi")
    await chi.command("/revmentor admin invite @trainees")
    assert "`usergroups:read`" in str(chi.modal)
    town.pg.manifest = manifests.parse(MANIFEST, ["usergroups:read"])
    await chi.command("/revmentor admin invite @trainees @sam")
    said = str(chi.modal)
    assert "*3 people* are being asked" in said
    assert all(town.person(name).id in said for name in ("ivy", "leo", "sam"))
    town.pg.workspace.usergroups.clear()
    await chi.command("/revmentor admin invite <!subteam^S07TRAINEE|@trainees>")
    assert "name people or a user group" in str(chi.modal) or "doesn't know that user group" in str(chi.modal)


async def test_without_names_a_window_shows_first_what_would_be_sent(town: Town) -> None:
    await open_cohort(town)
    await open_cohort(town, name="Autumn")
    chi, ivy = town.person("chi"), town.person("ivy")
    await chi.command("/revmentor admin invite @ivy")
    assert "To which cohort?" in str(chi.modal), "two are open"
    answer = await chi.submit({"users": []})
    assert set(answer.errors) == {"users"}
    assert (await chi.submit({"users": ["ivy", "leo", "chi"], "cohort": "Autumn"})).ok
    assert "*3 people* would be asked to *Autumn*" in str(chi.modal)
    await town.forward(hours=1)
    assert town.said(ivy) == "", "nothing has been sent yet"
    assert (await chi.submit({})).ok
    await town.forward(hours=2)
    assert "*Reverse mentoring, Autumn*" in town.said(ivy)


async def test_the_list_is_filtered_paged_and_leads_to_cards_and_on(town: Town) -> None:
    await open_cohort(town)
    ana = await join(town, "ana", "junior", offers=["Coding"])
    await (await join(town, "bo", "senior")).dismiss()
    await ana.dismiss()
    chi = town.person("chi")
    names = [user.name for user in town.pg.workspace.users.values() if not user.is_bot]
    await chi.command("/revmentor admin invite " + " ".join(f"@{name}" for name in names))
    assert "*34 people* would be asked" in str(chi.modal), "so many are shown before anything is sent"
    assert (await chi.submit({})).ok
    await chi.dismiss()
    await chi.command("/revmentor admin people")
    assert "Page 1 of 5" in str(chi.modal)
    await chi.press("Next")
    assert "Page 2 of 5" in str(chi.modal)
    assert (await chi.submit({"Look for": "ana"})).ok
    assert ana.id in str(chi.modal) and town.person("bo").id not in str(chi.modal)
    await chi.press("Open")
    assert "Coding" in str(chi.modal)
    await chi.press("enrol.line")
    assert (await chi.submit({"manager": "eva"})).ok
    assert f"<@{ana.id}> reports to <@{town.person('eva').id}>" in str(chi.modal)
    await chi.dismiss()
    await chi.press("Pair as a junior")
    assert f"'initial_user': '{ana.id}'" in str(chi.modal)
    await chi.dismiss()
    await chi.dismiss()
    await chi.press("enrol.people_state", value="invited")
    await chi.press("enrol.people_side", value="any")
    await chi.submit({"Look for": ""})
    await chi.press("Open")
    await chi.press("Remind now")
    assert "is being asked once more" in str(chi.modal)
