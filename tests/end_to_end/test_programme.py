"""A workspace admin sets the programme up, others coordinate with her, a cohort opens and closes."""

from typing import Any

from playground.person import Person
from tests.end_to_end.conftest import Town


def room(person: Person, name: str) -> str:
    """The id of a conversation by its name."""
    return str(next(c["id"] for c in person.conversations() if c["name"] == name))


def shown(person: Person) -> str:
    """Everything that the open modal says."""
    return str(person.modal)


async def set_up(town: Town, **changes: Any) -> Person:
    """Chi, a workspace admin, answers the three steps."""
    chi = town.person("chi")
    assert (await chi.command("/revmentor admin setup")).ok
    people = {"findings_owner": "dee", "contact_1": "noor", "contact_2": "eli"} | changes
    assert (await chi.submit({"findings_owner": people["findings_owner"]})).ok
    picked = {name: people[name] for name in ("contact_1", "contact_2")}
    assert (await chi.submit({**picked, "channel_id": room(chi, "programme-team")})).ok
    assert (await chi.submit({})).ok
    await town.settle()
    return chi


async def plan_cohort(town: Town, chi: Person) -> None:
    """A draft called Spring, left open in the list of cohorts."""
    await chi.command("/revmentor admin cohort new")
    assert (await chi.submit({"name": "Spring", "ends_on": "2026-08-30"})).ok


async def test_an_admin_sets_the_programme_up_and_coordinates_it(town: Town) -> None:
    chi = await set_up(town)
    assert "The programme is set up" in shown(chi)
    assert "Worth settling before a cohort opens" in shown(chi)
    assert "You own what is found" in town.said(town.person("dee"))
    assert "You are a safe contact" in town.said(town.person("noor"))
    assert "You are a safe contact" in town.said(town.person("eli"))


async def test_somebody_who_is_no_admin_cannot_set_it_up(town: Town) -> None:
    ana = town.person("ana")
    await ana.command("/revmentor admin setup")
    assert "needs a workspace admin" in shown(ana)


async def test_after_the_first_set_up_only_coordinators_change_it(town: Town) -> None:
    await set_up(town)
    ana = town.person("ana")
    await ana.command("/revmentor admin setup")
    assert "for coordinators" in shown(ana)


async def test_the_two_safe_contacts_must_differ_and_what_was_picked_stays(town: Town) -> None:
    chi = town.person("chi")
    await chi.command("/revmentor admin setup")
    await chi.submit({"findings_owner": "dee"})
    answer = await chi.submit({"contact_1": "noor", "contact_2": "noor", "channel_id": room(chi, "programme-team")})
    assert "must be different people" in answer.errors["contact_2"]


async def test_a_public_channel_needs_two_confirmations(town: Town) -> None:
    chi = town.person("chi")
    await chi.command("/revmentor admin setup")
    await chi.submit({"findings_owner": "dee"})
    await chi.press("It has to be a public channel")
    picked = {"contact_1": "noor", "contact_2": "eli", "channel_id": room(chi, "general")}
    answer = await chi.submit(picked)
    assert "/invite @revmentor" in answer.errors["channel_id"]
    town.pg.workspace.conversation(room(chi, "general")).members.append(town.pg.bot_id)
    answer = await chi.submit(picked)
    assert "is public" in answer.errors["channel_id"]
    assert (await chi.submit({**picked, "public_agreed": ["yes"]})).ok
    assert "Step 3 of 3" in shown(chi)


async def test_a_zone_that_does_not_exist_is_refused_with_the_nearest(town: Town) -> None:
    chi = town.person("chi")
    await chi.command("/revmentor admin setup")
    await chi.submit({"findings_owner": "dee"})
    await chi.submit({"contact_1": "noor", "contact_2": "eli", "channel_id": room(chi, "programme-team")})
    answer = await chi.submit({"zone": "Europe/Berlim"})
    assert "Europe/Berlin" in answer.errors["zone"]


async def test_going_back_keeps_what_was_picked(town: Town) -> None:
    chi = town.person("chi")
    await chi.command("/revmentor admin setup")
    await chi.submit({"findings_owner": "dee"})
    await chi.press("Back")
    assert "Step 1 of 3" in shown(chi)
    assert (await chi.submit({})).ok
    assert "Step 2 of 3" in shown(chi)


async def test_a_coordinator_is_added_told_and_removed_but_never_the_last(town: Town) -> None:
    chi, dee = await set_up(town), town.person("dee")
    general = room(chi, "general")
    await chi.command("/revmentor admin coordinators add @dee")
    await town.settle()
    assert "Welcome, coordinator" not in town.said(dee)  # it is three in the morning in New York
    await town.forward(hours=7)
    assert "Welcome, coordinator" in town.said(dee)
    await dee.command("/revmentor admin coordinators remove @chi")
    assert "no longer a coordinator" in town.said(dee, general)
    await dee.command("/revmentor admin coordinators remove @dee")
    assert "At least one coordinator has to remain" in town.said(dee, general)
    await chi.command("/revmentor admin")
    assert "for coordinators of the programme" in town.said(chi, general)


async def test_a_name_that_slack_did_not_turn_into_a_mention_is_answered_with_how_to(town: Town) -> None:
    chi = await set_up(town)
    await chi.command("/revmentor admin coordinators add dee")
    assert "I can't tell who that is" in town.said(chi, room(chi, "general"))


async def test_a_cohort_is_planned_opened_and_closed(town: Town) -> None:
    chi = await set_up(town)
    await plan_cohort(town, chi)
    assert "It is a draft" in shown(chi)
    await chi.press("programme.cohort_open")
    assert (await chi.submit({})).ok
    assert "*Spring* is open" in shown(chi)
    await chi.press("programme.cohort_close")
    assert (await chi.submit({})).ok
    assert "*Spring* is closed" in shown(chi)
    await chi.command("/revmentor admin cohort open spring")
    assert "closed already" in shown(chi)


async def test_a_cohort_that_ends_before_it_starts_is_refused_under_the_field(town: Town) -> None:
    chi = await set_up(town)
    await chi.command("/revmentor admin cohort new")
    answer = await chi.submit({"name": "Spring", "starts_on": "2026-05-04", "ends_on": "2026-04-04"})
    assert "after the start" in answer.errors["ends_on"]
    answer = await chi.submit({"name": "   ", "starts_on": "2026-05-04", "ends_on": "2026-11-04"})
    assert answer.errors["name"]


async def test_today_offers_the_next_decision_with_its_button(town: Town) -> None:
    chi = await set_up(town)
    general = room(chi, "general")
    await chi.command("/revmentor admin")
    assert "No cohort is planned or open" in town.said(chi, general)
    await chi.press("Plan a cohort", in_=chi.messages(general)[-1])
    assert "Plan a cohort" in shown(chi)


async def test_the_help_shows_each_what_is_theirs(town: Town) -> None:
    chi, ana = await set_up(town), town.person("ana")
    general = room(chi, "general")
    await chi.command("/revmentor help")
    assert "/revmentor admin setup" in town.said(chi, general)
    await ana.command("/revmentor help")
    assert "admin" not in town.said(ana, general)
    assert "/revmentor join" in town.said(ana, general)
    await ana.command("/revmentor help privacy")
    assert "only totals of 5 or more" in town.said(ana, general)
    await ana.command("/revmentor help Check-in")
    assert "The check-in" in town.said(ana, general)
    await ana.command("/revmentor help nonsense")
    assert "I don't know that topic" in town.said(ana, general)
    await ana.command("/revmentor help join")
    assert "/revmentor join" in town.said(ana, general)


async def test_changing_it_later_starts_from_what_is_in_force_and_tells_the_others(town: Town) -> None:
    chi, dee = await set_up(town), town.person("dee")
    await chi.command("/revmentor admin coordinators add @dee")
    await dee.command("/revmentor admin setup")
    assert "This is what is in force" in shown(dee)
    for _ in range(2):
        assert (await dee.submit({})).ok
    assert (await dee.submit({"digest_hour": "11"})).ok
    assert "Saved" in shown(dee)
    await town.settle()
    assert "the hour of the digest" in town.said(chi)


async def test_the_same_set_up_submitted_twice_names_people_once(town: Town) -> None:
    chi = await set_up(town)
    await chi.command("/revmentor admin setup")
    for _ in range(3):
        assert (await chi.submit({})).ok
    assert "Nothing was changed" in shown(chi)
    await town.settle()
    assert town.said(town.person("noor")).count("You are a safe contact") == 1


async def test_a_welcome_in_the_dm_stays_while_its_buttons_answer_beside_it(town: Town) -> None:
    chi, dee = await set_up(town), town.person("dee")
    await chi.command("/revmentor admin coordinators add @dee")
    await town.forward(hours=7)
    await dee.press("What needs a decision")
    await dee.press("How it works")
    said = town.said(dee)
    assert "Welcome, coordinator" in said
    assert "Coordinators' Today" in said
    assert "For coordinators" in said


async def test_the_help_turns_its_pages_in_place(town: Town) -> None:
    ana = town.person("ana")
    general = room(ana, "general")
    await ana.command("/revmentor help")
    before = len(ana.messages(general))
    await ana.press("Who sees what", in_=ana.messages(general)[-1])
    assert len(ana.messages(general)) == before
    assert "The junior's four answers" in town.said(ana, general)


async def test_a_slip_after_admin_is_answered_with_what_was_meant(town: Town) -> None:
    chi = await set_up(town)
    await chi.command("/revmentor admin coordinatros")
    assert "/revmentor admin coordinators" in town.said(chi, room(chi, "general"))
    await chi.command("/revmentor admin cohort opne")
    assert "`open`" in shown(chi)


async def test_a_button_of_a_cohort_that_somebody_else_closed_says_so(town: Town) -> None:
    chi, dee = await set_up(town), town.person("dee")
    await chi.command("/revmentor admin coordinators add @dee")
    await plan_cohort(town, chi)
    await dee.command("/revmentor admin cohort list")
    await chi.press("Discard")
    assert (await chi.submit({})).ok
    await dee.press("programme.cohort_open")
    assert "closed already" in shown(dee)


async def test_what_a_cohort_is_called_can_neither_ping_nor_format(town: Town) -> None:
    chi = await set_up(town)
    await chi.command("/revmentor admin cohort new")
    assert (await chi.submit({"name": "<!channel> Spring", "ends_on": "2026-08-30"})).ok
    assert "<!channel>" not in shown(chi)
    assert "&lt;!channel&gt; Spring" in shown(chi)


async def test_opening_and_closing_say_so_where_there_is_nothing_to_open_or_close(town: Town) -> None:
    chi = await set_up(town)
    await chi.command("/revmentor admin cohort open")
    assert "No draft is waiting to be opened" in shown(chi)
    await chi.command("/revmentor admin cohort close")
    assert "there is nothing to close" in shown(chi)


async def test_before_the_set_up_admin_says_who_can_do_it(town: Town) -> None:
    chi = town.person("chi")
    for command in ("admin", "admin coordinators", "admin digest"):
        assert (await chi.command(f"/revmentor {command}")).ok
    answers = chi.messages(room(chi, "general"))
    assert ["has not been set up yet" in answer["text"] for answer in answers] == [True, True, True]


async def test_what_is_near_no_admin_command_is_not_guessed(town: Town) -> None:
    chi = await set_up(town)
    await chi.command("/revmentor admin foo")
    assert "lists what I do" in town.said(chi, room(chi, "general"))
    await chi.command("/revmentor admin parz")
    assert "Did you mean `/revmentor admin pair`?" in town.said(chi, room(chi, "general"))


async def test_a_coordinator_sees_messages_as_a_test_whose_buttons_do_nothing(town: Town) -> None:
    chi = await set_up(town)
    await chi.dismiss()
    await chi.command("/revmentor admin test")
    assert (await chi.submit({"step": "commit"})).ok
    await chi.dismiss()
    await town.forward(minutes=2)
    said = town.said(chi)
    assert said.count("with made-up data, only for you") == 6
    await chi.press("Not really")
    assert "This was a test message" in town.said(chi)
    await chi.command("/revmentor admin audit")
    assert "had test messages sent to themselves" in shown(chi)
