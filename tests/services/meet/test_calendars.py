"""Calendar files, read back by the library that calendars are tested with: one event, moved and cancelled."""

from datetime import timedelta

import pytest
from icalendar import Calendar, Component

from bot.delivery.letters import LETTERS
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.schedule.jobs import JOBS
from bot.schedule.sweeps import run_due
from bot.services import meet
from bot.services.kit import Kit
from bot.services.meet.calendars import calendar_contents, calendar_shared, keep_calendar
from bot.views.meet.calendars import calendar_file, calendar_name
from storage import meet as sessions
from storage.records.meet import Hindrance, Said, Session
from tests.clockwork import MovableClock
from tests.services.meet.steps import COORDINATOR, JUNIOR, SENIOR, TUESDAY, booked, letters, state, wish
from tests.world import ANA, TEAM, World

LINK = "Room 4, or https://meet.example.org/r/4?x=1"


async def files(kit: Kit, session: Session, *, series: bool = False) -> list[Calendar]:
    """What Ana gets when she presses the button."""
    await meet.ask_calendar(kit, JUNIOR, session.id, series=series)
    letter = (await letters(kit, Kind.CALENDAR))[-1]
    found = await calendar_contents(kit, TEAM, letter.params["file"])
    assert found is not None
    made = [calendar_file(kit.words("en"), entry) for entry in found[1]]
    assert await keep_calendar(kit, TEAM, found[0].id, [f"F{found[0].id[-8:]}{n}" for n in range(len(made))])
    await calendar_shared(kit, TEAM, found[0].id)
    return [Calendar.from_ical(one) for one in made]


async def the_event(kit: Kit, session: Session) -> Component:
    (calendar,) = await files(kit, session)
    assert (str(calendar["VERSION"]), str(calendar["METHOD"])) == ("2.0", "PUBLISH")
    (event,) = calendar.walk("VEVENT")
    return event


async def test_one_event_is_created_moved_and_cancelled(kit: Kit, world: World, clock: MovableClock) -> None:
    session = await meet.book(kit, SENIOR, wish(world, place=LINK))
    made = await the_event(kit, session)
    clock.move(hours=1)
    later = await meet.book(kit, JUNIOR, wish(world, TUESDAY + timedelta(days=2), minutes=90), moves=session.id)
    moved = await the_event(kit, later)
    clock.move(hours=1)
    await meet.cancel(kit, JUNIOR, later.id, Hindrance.JUNIOR, None)
    off = await the_event(kit, later)
    assert {str(one["UID"]) for one in (made, moved, off)} == {f"{session.id}@revmentor"}
    assert made["SEQUENCE"] < moved["SEQUENCE"] < off["SEQUENCE"]
    assert made["DTSTAMP"].dt < moved["DTSTAMP"].dt < off["DTSTAMP"].dt
    assert [one["DTSTART"].dt for one in (made, moved, off)] == [TUESDAY, later.starts_at, later.starts_at]
    assert [one["DTEND"].dt - one["DTSTART"].dt for one in (made, moved)] == [timedelta(hours=1), timedelta(minutes=90)]
    assert [str(one["STATUS"]) for one in (made, moved, off)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [str(one["TRANSP"]) for one in (made, off)] == ["OPAQUE", "TRANSPARENT"]


async def test_a_calendar_shows_no_name_nor_agenda_but_where_to_go(kit: Kit, world: World) -> None:
    event = await the_event(kit, await meet.book(kit, SENIOR, wish(world, place=LINK)))
    assert str(event["SUMMARY"]) == "Reverse mentoring session" and str(event["CLASS"]) == "PRIVATE"
    assert (str(event["LOCATION"]), str(event["URL"])) == (LINK, "https://meet.example.org/r/4?x=1")
    assert str(event["DESCRIPTION"]).startswith("With Bo Lindgren.")
    assert not event.walk("VALARM") and "ATTENDEE" not in event and "ORGANIZER" not in event


async def test_times_are_utc_so_that_no_calendar_needs_a_zone_of_ours(kit: Kit, world: World) -> None:
    (calendar,) = await files(kit, await booked(kit, world))
    text = calendar.to_ical().decode()
    assert "DTSTART:20260310T130000Z" in text and "TZID" not in text and "\r\n" in text


async def test_an_old_button_gives_the_newest_time(kit: Kit, world: World) -> None:
    session = await booked(kit, world)
    later = await meet.book(kit, SENIOR, wish(world, TUESDAY + timedelta(days=2)), moves=session.id)
    assert (await the_event(kit, session))["DTSTART"].dt == later.starts_at


async def test_a_session_said_to_have_moved_is_off_until_it_has_a_time_and_then_it_is_on(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    session = await booked(kit, world)
    clock.set(session.ends_at + timedelta(hours=1))
    await meet.said(kit, SENIOR, session.id, Said.MOVED)
    off = await the_event(kit, session)
    later = await meet.book(kit, SENIOR, wish(world, TUESDAY + timedelta(days=9)), moves=session.id)
    on = await the_event(kit, later)
    assert (str(off["STATUS"]), str(on["STATUS"])) == ("CANCELLED", "CONFIRMED")
    assert off["SEQUENCE"] < on["SEQUENCE"] and off["UID"] == on["UID"]


async def test_a_series_is_a_file_for_each_session_and_one_of_it_can_go_or_all_that_follow(
    kit: Kit, world: World
) -> None:
    first = await meet.book(kit, SENIOR, wish(world), every=14)
    events = [one.walk("VEVENT")[0] for one in await files(kit, first, series=True)]
    assert len(events) == len({str(one["UID"]) for one in events}) == 6
    local = {one["DTSTART"].dt.astimezone(TUESDAY.tzinfo).hour for one in events}
    assert local == {12, 13}  # clocks go forward on 29 March; at Bo's it stays 14:00
    async with kit.store.read(TEAM) as tx:
        second = (await sessions.of_pair(tx, world.pair.id))[1]
    assert (await meet.cancel_form(kit, JUNIOR, second.id)).later == 4
    await meet.cancel(kit, JUNIOR, second.id, None, None, rest=True)
    async with kit.store.read(TEAM) as tx:
        left = [one.state.value for one in await sessions.of_pair(tx, world.pair.id)]
    assert left == ["planned", *["cancelled"] * 5]
    assert len(await letters(kit, Kind.CANCELLED)) == 1
    off = [one.walk("VEVENT")[0] for one in await files(kit, second, series=True)]
    assert {str(one["UID"]) for one in off} == {str(one["UID"]) for one in events[1:]}
    assert {str(one["STATUS"]) for one in off} == {"CANCELLED"}


async def test_files_are_asked_for_once_and_lie_in_slack_for_a_day(kit: Kit, world: World, clock: MovableClock) -> None:
    session = await booked(kit, world)
    await meet.ask_calendar(kit, JUNIOR, session.id)
    await meet.ask_calendar(kit, JUNIOR, session.id)
    (letter,) = await letters(kit, Kind.CALENDAR)
    assert (
        letter.to == ANA and calendar_name((await contents(kit, letter.params["file"]))[0]) == "session-2026-03-10.ics"
    )
    assert await keep_calendar(kit, TEAM, letter.params["file"], ["F1"])
    await calendar_shared(kit, TEAM, letter.params["file"])
    assert await calendar_contents(kit, TEAM, letter.params["file"]) is None
    async with kit.store.read(TEAM) as tx:
        facts = await LETTERS[Kind.CALENDAR].load(kit, tx, letter)
    assert facts is not None and facts.count == 1 and not facts.changed
    clock.move(hours=25)
    await run_due(kit, 100, jobs=JOBS)
    assert [one.to for one in await letters(kit, Kind.REMOVE_FILE)] == ["F1"]


async def contents(kit: Kit, file_id: str) -> list[object]:
    found = await calendar_contents(kit, TEAM, file_id)
    assert found is not None
    return list(found[1])


async def test_only_the_two_of_a_pair_get_a_file_and_only_for_what_a_calendar_has_use_for(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    session = await booked(kit, world)
    with pytest.raises(Refusal, match="gone"):
        await meet.ask_calendar(kit, COORDINATOR, session.id)
    clock.set(session.ends_at + timedelta(hours=1))
    await meet.said(kit, SENIOR, session.id, Said.MET)
    with pytest.raises(Refusal, match="not_for_calendar"):
        await meet.ask_calendar(kit, JUNIOR, (await state(kit, session)).id)
    assert await letters(kit, Kind.CALENDAR) == []
