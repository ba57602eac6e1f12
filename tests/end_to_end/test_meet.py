"""Sessions, played through: booked, prepared, reminded of, and accounted for."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from playground.errors import NoSuchThing
from playground.person import Person
from storage import enrol
from tests.end_to_end.conftest import Town
from tests.thorough import thorough
from tests.world import TEAM, seed

TUESDAY = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)
EVENING = datetime(2026, 3, 10, 16, 30, tzinfo=UTC)


def space(person: Person) -> str:
    """The pair space as this person sees it."""
    return next(c["id"] for c in person.conversations() if c["kind"] == "mpim")


def shown(person: Person) -> str:
    """What the open modal says."""
    return str(person.modal)


async def book(town: Town, person: Person, when: str = "2026-03-10 14:00") -> None:
    await person.command("/revmentor schedule")
    done = await person.submit({"When?": when})
    assert done.closed, done
    await town.settle()


@pytest.fixture
async def pair(town: Town) -> tuple[Person, Person]:
    """Ana and Bo, paired."""
    await seed(town.house.kit)
    return town.person("ana"), town.person("bo")


async def test_a_session_is_booked_prepared_held_and_followed_by_the_check_in(
    town: Town, pair: tuple[Person, Person]
) -> None:
    ana, bo = pair
    await bo.command("/revmentor schedule")
    done = await bo.submit({"When?": "2026-03-10 14:00", "Where?": "Room 4 <!channel>"})
    assert done.ok and done.closed
    await town.settle()
    said = town.said(ana, space(ana))
    assert "A session is booked." in said and "Room 4 &lt;!channel&gt;" in said
    await town.until(datetime(2026, 3, 8, 17, tzinfo=UTC))
    said = town.said(ana, space(ana))
    assert "pick three" in said and "Getting to know each other" in said
    assert "Use this" not in said, "the first session's agenda is fixed"
    await town.until(datetime(2026, 3, 10, 12, 30, tzinfo=UTC))
    assert "Your session is coming up." in town.said(bo, space(bo))
    await town.until(EVENING)
    assert "Did you and" in town.said(ana) and "Did you and" in town.said(bo)
    await ana.press("We met")
    assert "Noted: you met" in town.said(ana)
    await town.until(datetime(2026, 3, 11, 12, tzinfo=UTC))
    assert "Quick private check-in" in town.said(ana)


async def test_both_clocks_show_while_one_chooses_and_a_suggestion_is_taken_with_one_tap(
    town: Town, pair: tuple[Person, Person]
) -> None:
    ana, bo = pair
    async with town.house.kit.store.write(TEAM) as tx:
        found = await enrol.find(tx, bo.id)
        assert found is not None
        await enrol.meet_person(tx, bo.id, name=found.name, zone="Asia/Kolkata", locale="en-GB")
    await ana.command("/revmentor schedule")
    assert "Times that suit you both." in shown(ana)
    await ana.press("meet.when", value="2026-03-10 16:00")
    assert "4:00 PM for you, 8:30 PM for Bo Lindgren (Kolkata)" in shown(ana)
    assert "outside Bo Lindgren's working hours" in shown(ana)
    await ana.press("meet.slot:0")
    assert "outside Bo Lindgren's" not in shown(ana)
    refused = await ana.submit({"meet.when": "2026-03-01 10:00"})
    assert [why for field, why in refused.errors.items() if field.startswith("meet.when")] and not refused.closed
    await ana.press("meet.slot:1")
    assert "Mon, Mar 9, 10:00 AM for you, 2:30 PM for Bo Lindgren" in shown(ana)
    assert (await ana.submit({"meet.repeat": "14", "Where?": "Room 4"})).closed
    await town.settle()
    said = town.said(bo, space(bo))
    assert "Then:" in said and "Calendar files" in said


async def test_two_times_are_suggested_one_is_picked_and_the_files_of_a_session_are_one_event(
    town: Town, pair: tuple[Person, Person]
) -> None:
    ana, bo = pair
    await bo.open_home()
    await town.settle()
    await bo.press("Suggest two times", in_=bo.home)
    await bo.submit({"Where?": "Room 4"})
    await bo.dismiss()
    await town.settle()
    await bo.press("meet.take:0")
    assert "your partner picks" in town.said(bo, space(bo))
    await ana.press("meet.take:1")
    await town.settle()
    assert "picked" in town.said(ana, space(ana)) and "Session 1 is booked" in town.said(ana, space(ana))
    await ana.press("Calendar file")
    await town.settle()
    await ana.press("Reschedule")
    assert (await ana.submit({"When?": "2026-03-12 14:00"})).closed
    await town.settle()
    await ana.press("Calendar file")
    await town.settle()
    await ana.command("/revmentor cancel")
    await ana.submit({"meet.what": "off"})
    await ana.dismiss()
    await town.settle()
    await ana.press("Calendar file")
    await town.settle()
    files = [file for file in town.pg.workspace.files.values() if file.name.endswith(".ics")]
    events = [Calendar.from_ical(file.content).walk("VEVENT")[0] for file in files]
    assert len(events) == 3 and len({str(one["UID"]) for one in events}) == 1
    assert [one["SEQUENCE"] for one in events] == sorted({one["SEQUENCE"] for one in events})
    assert [str(one["STATUS"]) for one in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert "Open the file to mark the session in your calendar as cancelled." in town.said(ana)
    await town.forward(days=1, hours=1)
    assert not [file for file in town.pg.workspace.files.values() if file.name.endswith(".ics")]


async def test_a_wrong_time_is_refused_under_its_field_and_the_modal_keeps_everything(
    town: Town, pair: tuple[Person, Person]
) -> None:
    ana, bo = pair
    await book(town, bo)
    await ana.command("/revmentor book")
    for when, why in (
        ("2026-03-02 08:00", "already passed"),
        ("2027-12-01 10:00", "more than a year"),
        ("2026-03-10 14:30", "already has a session"),
    ):
        answer = await ana.submit({"When?": when, "Where?": "Room 4"})
        assert not answer.closed and why in answer.errors["meet.when"]
    assert (await ana.submit({"When?": "2026-03-10 15:00"})).closed


async def test_a_typed_time_that_the_clock_change_skips_is_refused_in_words(
    town: Town, pair: tuple[Person, Person]
) -> None:
    ana, _ = pair
    await ana.command("/revmentor schedule 2026-03-29 02:30")
    assert "the clocks change" in shown(ana)


async def test_cancelling_offers_another_time_first_and_says_whose_side_it_was(
    town: Town, pair: tuple[Person, Person]
) -> None:
    ana, bo = pair
    await book(town, bo)
    await bo.press("Cancel")
    await bo.submit()
    assert "Move the session" in shown(bo)
    assert (await bo.submit({"When?": "2026-03-11 14:00"})).closed
    await town.settle()
    assert "has moved to" in town.said(ana, space(ana))
    await bo.command("/revmentor cancel")
    await bo.submit({"meet.what": "off", "meet.reason": "urgent"})
    assert "The session is off" in shown(bo)
    await bo.dismiss()
    await town.settle()
    said = town.said(ana, space(ana))
    assert "A session is off." in said and "urgent" not in said
    await ana.command("/revmentor sessions")
    general = next(c["id"] for c in ana.conversations() if c["name"] == "general")
    assert "cancelled on Bo Lindgren's side" in town.said(ana, general)


async def test_a_button_of_a_session_that_has_moved_says_that_it_is_gone(
    town: Town, pair: tuple[Person, Person]
) -> None:
    ana, bo = pair
    await book(town, bo)
    old = ana.messages(space(ana))[-1]
    await bo.press("Reschedule")
    await bo.submit({"When?": "2026-03-12 14:00"})
    await town.settle()
    await ana.press("Cancel", in_=old | {"channel": space(ana)})
    assert "no longer open" in shown(ana)


@thorough
async def test_moving_it_after_the_fact_changes_the_message_and_opens_the_booking(
    town: Town, pair: tuple[Person, Person]
) -> None:
    ana, bo = pair
    await book(town, bo)
    await town.until(EVENING)
    await ana.press("We moved it")
    assert "Noted: you moved it" in town.said(ana) and "Move the session" in shown(ana)
    assert (await ana.submit({"When?": "2026-03-12 14:00"})).closed
    await town.settle()
    assert "has moved to" in town.said(bo, space(bo))


@thorough
async def test_it_did_not_happen_asks_the_senior_for_a_date_and_undo_asks_again(
    town: Town, pair: tuple[Person, Person]
) -> None:
    ana, bo = pair
    await book(town, bo)
    await town.until(EVENING)
    await ana.press("It didn't happen")
    await ana.press("Bo couldn't make it")
    assert "Bo couldn't make it" in town.said(ana)
    await ana.press("Undo")
    assert "Did you and" in town.said(ana)
    await ana.press("It didn't happen")
    await town.until(datetime(2026, 3, 11, 11, tzinfo=UTC))
    assert "Would you suggest a new time?" in town.said(bo)
    assert "Would you suggest a new time?" not in town.said(ana)
    assert "meet.undo" in str(ana.messages())
    await ana.press("Undo")
    assert "Too late to take that back" in town.said(ana)
    assert "meet.undo" not in str(ana.messages()), "a button that does nothing any more goes"
    assert "meet.why:senior" in str(ana.messages()), "and the others stay"
    await bo.press("Suggest two times")
    assert "picks one with a single tap" in shown(bo)


async def test_a_session_logged_by_hand_can_be_taken_back(town: Town, pair: tuple[Person, Person]) -> None:
    ana, _ = pair
    await ana.command("/revmentor met")
    await ana.submit()
    assert "Logged" in shown(ana)
    await ana.press("Undo")
    assert "Taken back" in shown(ana)


@pytest.mark.parametrize("name", ["chi", "eli"])
@pytest.mark.parametrize("line", ["schedule", "sessions", "cancel", "met", "agenda", "park x", "icebreaker"])
async def test_who_is_not_paired_hears_what_to_do(
    town: Town, pair: tuple[Person, Person], name: str, line: str
) -> None:
    person = town.person(name)
    assert (await person.command(f"/revmentor {line}")).ok
    general = next(c["id"] for c in person.conversations() if c["name"] == "general")
    assert "You are not part of a programme yet" in shown(person) + town.said(person, general)


async def test_without_a_session_commands_say_how_to_book_one(town: Town, pair: tuple[Person, Person]) -> None:
    ana, _ = pair
    general = next(c["id"] for c in ana.conversations() if c["name"] == "general")
    for line in ("sessions", "cancel", "agenda", "agenda last"):
        await ana.command(f"/revmentor {line}")
        assert "/revmentor schedule" in shown(ana) + town.said(ana, general)
        if ana.modal:
            await ana.dismiss()


async def test_the_other_side_never_sees_what_one_side_said(town: Town, pair: tuple[Person, Person]) -> None:
    ana, bo = pair
    await book(town, bo)
    await town.until(EVENING)
    await ana.press("It didn't happen")
    await ana.press("Bo couldn't make it")
    await town.until(datetime(2026, 3, 11, 11, tzinfo=UTC))
    await bo.command("/revmentor sessions")
    general = next(c["id"] for c in bo.conversations() if c["name"] == "general")
    everything = town.said(bo) + town.said(bo, general) + town.said(bo, space(bo))
    assert "did not take place" in everything and "couldn't make it" not in everything
    with pytest.raises(NoSuchThing):
        await bo.press("Bo couldn't make it")
