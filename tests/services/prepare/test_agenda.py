"""Agendas and the parking lot over a real database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.match import PairPeople
from bot.domain.meet import Booking
from bot.domain.messages import Kind
from bot.domain.prepare import PARKED_MOST, line_fields
from bot.domain.refusals import Refusal
from bot.schedule.sweeps import run_due
from bot.services import commit, meet, prepare
from bot.services.kit import Kit
from bot.services.prepare import agenda, editing, icebreakers, lines
from storage import enrol, match, tables
from storage import prepare as stored
from storage.records.commit import CommitmentKind
from storage.records.match import PairState
from storage.records.prepare import LineKind
from tests.clockwork import MovableClock
from tests.held import pair_up
from tests.services.prepare.steps import (
    COORDINATOR,
    JUNIOR,
    SENIOR,
    TUESDAY,
    booked,
    fields,
    letters,
    shown,
)
from tests.world import CHI, TEAM, World


async def test_booked_for_tomorrow_everything_comes_at_once_and_within_the_hour_nothing_does(
    kit: Kit, world: World
) -> None:
    await booked(kit, world, kit.clock() + timedelta(hours=3))
    await run_due(kit)
    assert len(await letters(kit, Kind.ICEBREAKERS)) == len(await letters(kit, Kind.AGENDA)) == 1
    late = await booked(kit, world, kit.clock() + timedelta(minutes=50))
    await run_due(kit)
    assert not [letter for letter in await letters(kit, Kind.AGENDA) if letter.params["session"] == late.id]


async def test_a_parked_topic_gets_into_the_suggestion_and_the_rest_waits(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await booked(kit, world)
    for topic in ("the rota", "the *budget* <!channel>"):
        await lines.park(kit, JUNIOR, topic)
    await lines.bring(kit, SENIOR, world.pair.id, "hiring")
    clock.set(datetime(2026, 3, 8, 17, tzinfo=UTC))
    await run_due(kit)
    assert "hiring" in await shown(kit) and len(await shown(kit)) == 6
    form = await agenda.agenda_form(kit, JUNIOR)
    assert [line.text for line in form.parked] == ["the rota", "the *budget* <!channel>"]


async def test_the_first_session_is_for_getting_to_know_each_other_topics_wait(kit: Kit, world: World) -> None:
    await lines.park(kit, JUNIOR, "the rota")
    first = await booked(kit, world, early=False)
    second = await booked(kit, world, TUESDAY + timedelta(days=14), early=False)
    for session, expected in ((first, False), (second, True)):
        form = await agenda.agenda_form(kit, JUNIOR, session_id=session.id)
        assert ("the rota" in [line.text for line in form.agenda.lines]) is expected


async def test_nobody_reacts_and_the_suggestion_is_the_agenda(kit: Kit, world: World, clock: MovableClock) -> None:
    session = await booked(kit, world)
    clock.set(datetime(2026, 3, 8, 17, tzinfo=UTC))
    await run_due(kit)
    suggested = await shown(kit)
    async with kit.store.read(TEAM) as tx:
        kept = await prepare.agenda_of(kit, tx, session, world.pair)
    assert [line.text for line in kept.lines] == suggested and not kept.agreed


async def test_use_this_agrees_and_doing_it_twice_changes_nothing(kit: Kit, world: World) -> None:
    session = await booked(kit, world)
    first = await editing.agree(kit, JUNIOR, session.id)
    second = await editing.agree(kit, SENIOR, session.id)
    assert first.agenda.agreed and first.agenda.lines == second.agenda.lines


async def test_an_edited_agenda_is_sent_once_and_the_suggestion_stays_away(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    session = await booked(kit, world)
    for _ in range(2):
        await editing.save_agenda(kit, JUNIOR, session.id, fields("One thing", "  ", "Another"), [])
    clock.set(datetime(2026, 3, 8, 17, tzinfo=UTC))
    await run_due(kit)
    assert len(await letters(kit, Kind.AGENDA)) == 1
    assert await shown(kit) == ["One thing", "Another"]


async def test_a_line_taken_from_the_parking_lot_stays_its_authors(kit: Kit, world: World) -> None:
    session = await booked(kit, world)
    parked = await lines.park(kit, JUNIOR, "the rota")
    await editing.save_agenda(kit, SENIOR, session.id, fields("Hello"), [parked.line_id])
    async with kit.store.read(TEAM) as tx:
        kept = await stored.lines(tx, session.id)
        assert [(line.text, line.author_id) for line in kept] == [("Hello", world.bo.id), ("the rota", world.ana.id)]
        assert await stored.parked(tx, world.pair.id) == []


async def test_an_authors_line_reads_removed_once_she_is_erased(kit: Kit, world: World) -> None:
    session = await booked(kit, world)
    await editing.save_agenda(kit, JUNIOR, session.id, fields("Only hers"), [])
    async with kit.store.write(TEAM) as tx:
        await tx.conn.execute(tables.data_key.delete().where(tables.data_key.c.person_id == world.ana.id))
    assert await shown(kit) == ["removed"]


async def test_open_commitments_stand_at_the_top(kit: Kit, world: World) -> None:
    session = await booked(kit, world)
    async with kit.store.write(TEAM) as tx:
        people = PairPeople(world.pair, world.ana, world.bo)
        await commit.make(
            kit, tx, people, text="Raise the rota", due_on=date(2026, 3, 9), kind=CommitmentKind.OTHER,
            checkin_id=None, now=kit.clock(),
        )  # fmt: skip
    facts = await editing.agree(kit, SENIOR, session.id)
    assert [owed.text for owed in facts.commitments] == ["Raise the rota"]


async def test_the_agenda_goes_with_a_session_that_moves_and_topics_survive_one_that_is_off(
    kit: Kit, world: World
) -> None:
    old = await booked(kit, world)
    await editing.save_agenda(kit, JUNIOR, old.id, fields("Ours"), [])
    new = await meet.book(kit, SENIOR, Booking(world.pair.id, TUESDAY + timedelta(days=2), 60, ""), moves=old.id)
    async with kit.store.read(TEAM) as tx:
        assert [line.text for line in await stored.lines(tx, new.id)] == ["Ours"]
    brought = await lines.bring(kit, JUNIOR, world.pair.id, "an ask")
    assert brought.session is not None
    await meet.cancel(kit, SENIOR, new.id, None, None)
    async with kit.store.read(TEAM) as tx:
        left = await stored.parked(tx, world.pair.id)
        # The agreed agenda had room, so her line had joined it; it is the topics that were not in it that are parked.
        assert [line.text for line in left] == []
        assert [line.text for line in await stored.lines(tx, new.id)] == ["Ours", "an ask"]


async def test_without_a_session_a_line_is_parked(kit: Kit, world: World) -> None:
    assert (await prepare.bring(kit, JUNIOR, world.pair.id, "later")).session is None
    await booked(kit, world)
    assert (await prepare.bring(kit, JUNIOR, world.pair.id, "soon")).session is not None


@pytest.mark.parametrize(
    ("text", "key"), [("   ", "only_spaces"), ("\u00a0\n", "only_spaces"), ("x" * 301, "too_long")]
)
async def test_a_topic_needs_words_and_not_too_many(kit: Kit, world: World, text: str, key: str) -> None:
    with pytest.raises(Refusal, match=key):
        await lines.park(kit, JUNIOR, text, world.pair.id, field="prepare.topic")


async def test_a_full_parking_lot_says_so(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        for n in range(PARKED_MOST):
            await stored.add_line(tx, world.pair.id, world.ana.id, f"{n}", kit.clock(), kind=LineKind.PARKED)
    with pytest.raises(Refusal, match="full"):
        await lines.park(kit, JUNIOR, "one more")


async def test_only_its_author_takes_a_topic_back_and_only_for_ten_minutes(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    mine, late = await lines.park(kit, JUNIOR, "mine"), await lines.park(kit, JUNIOR, "late")
    with pytest.raises(Refusal, match="gone"):
        await lines.unpark(kit, SENIOR, mine.line_id)
    await lines.unpark(kit, JUNIOR, mine.line_id)
    clock.move(minutes=11)
    with pytest.raises(Refusal, match="back_late"):
        await lines.unpark(kit, JUNIOR, late.line_id)


async def test_an_agenda_is_nobody_elses_business(kit: Kit, world: World) -> None:
    session = await booked(kit, world)
    for attempt in (
        editing.agree(kit, COORDINATOR, session.id),
        editing.save_agenda(kit, COORDINATOR, session.id, fields("x"), []),
        lines.bring(kit, COORDINATOR, world.pair.id, "x"),
        icebreakers.more(kit, COORDINATOR, world.pair.id, ["warmup_01"]),
    ):
        with pytest.raises(Refusal, match="gone"):
            await attempt


async def test_someone_with_two_partners_says_which_one(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        chi = await enrol.meet_person(tx, CHI, name="Chi Okafor", zone="Europe/Berlin", locale="en-US")
    await pair_up(kit, world, chi, world.bo)
    with pytest.raises(Refusal, match="which_pair"):
        await lines.park(kit, SENIOR, "topic")
    form = await lines.park_form(kit, SENIOR)
    assert set(form.choices.values()) == {"Ana Silva", "Chi Okafor"}


async def test_a_pair_that_is_paused_or_over_prepares_nothing(kit: Kit, world: World, clock: MovableClock) -> None:
    session = await booked(kit, world)
    async with kit.store.write(TEAM) as tx:
        await match.move(tx, world.pair.id, PairState.ACTIVE, PairState.PAUSED)
    with pytest.raises(Refusal, match="pair_paused"):
        await editing.agree(kit, JUNIOR, session.id)
    clock.set(datetime(2026, 3, 9, 17, tzinfo=UTC))
    await run_due(kit)
    assert not await letters(kit, Kind.AGENDA) and not await letters(kit, Kind.ICEBREAKERS)


@pytest.mark.parametrize("purpose", ["sports", "<!channel>"])
async def test_an_unknown_purpose_is_named_as_such(kit: Kit, world: World, purpose: str) -> None:
    with pytest.raises(Refusal, match="purpose"):
        await agenda.agenda_form(kit, JUNIOR, purpose=purpose)


async def test_the_last_agenda_is_that_of_the_session_held_last(kit: Kit, world: World, clock: MovableClock) -> None:
    with pytest.raises(Refusal, match="no_session"):
        await agenda.last_agenda(kit, JUNIOR)
    await meet.log(kit, JUNIOR, Booking(world.pair.id, kit.clock() - timedelta(hours=2), 60, ""))
    assert (await agenda.last_agenda(kit, SENIOR)).agenda.title == "Getting to know each other"


async def test_an_extra_brings_its_lines_and_what_each_prepares_and_moves_with_the_session(
    kit: Kit, world: World
) -> None:
    session = await booked(kit, world)
    form = await agenda.agenda_form(kit, JUNIOR, purpose="visit")
    assert "presents to the other's team" in form.agenda.lines[1].text
    lines = dict(zip(line_fields("visit"), (line.text for line in form.agenda.lines), strict=False))
    await editing.save_agenda(kit, JUNIOR, session.id, lines, (), start="visit")
    facts = await editing.agree(kit, SENIOR, session.id)
    assert (facts.agenda.title, facts.agenda.agreed) == ("Visit", True)
    assert facts.agenda.junior_prepares.startswith("Decide whether you present")
    with pytest.raises(Refusal, match=r"prepare.refused.purpose"):
        await agenda.agenda_form(kit, JUNIOR, purpose="first")
