"""What two sides say became of a session, and what follows from it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.when import UNDO
from bot.schedule.jobs import JOBS
from bot.schedule.sweeps import run_due
from bot.services import meet
from bot.services.kit import Actor, Kit
from storage.records.meet import Hindrance, Said, SessionState
from tests.clockwork import MovableClock
from tests.services.meet.steps import (
    JUNIOR,
    SENIOR,
    TEAM,
    TUESDAY,
    all_of,
    booked,
    letters,
    pending,
    state,
    wish,
)
from tests.world import ANA, BO, World


@pytest.mark.parametrize("order", [(JUNIOR, SENIOR), (SENIOR, JUNIOR)], ids=["junior first", "senior first"])
@pytest.mark.parametrize(
    ("what", "end"),
    [
        ((Said.MET, Said.NOT_MET), SessionState.HELD),
        ((Said.NOT_MET, Said.MET), SessionState.HELD),
        ((Said.MOVED, Said.NOT_MET), SessionState.MOVED),
        ((Said.NOT_MET, Said.NOT_MET), SessionState.CANCELLED),
    ],
)
async def test_what_two_sides_say_ends_the_same_in_either_order(
    kit: Kit, world: World, clock: MovableClock, order: Sequence[Actor], what: tuple[Said, Said], end: SessionState
) -> None:
    session = await booked(kit, world)
    clock.set(session.ends_at + timedelta(hours=2))
    says = {JUNIOR: what[0], SENIOR: what[1]}
    for actor in order:
        await meet.said(kit, actor, session.id, says[actor])
        clock.move(minutes=1)
    assert (await state(kit, session)).state is end
    assert await pending(kit, Job.CHECKIN, session) == (2 if end is SessionState.HELD else 0)


async def test_nothing_is_said_twice_when_both_say_that_it_did_not_happen(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    session = await booked(kit, world)
    clock.set(session.ends_at + timedelta(hours=2))
    for actor in (JUNIOR, SENIOR):
        await meet.said(kit, actor, session.id, Said.NOT_MET)
        await meet.because(kit, actor, session.id, Hindrance.SENIOR)
    (card,) = await letters(kit, Kind.REBOOK)
    assert card.to == BO and card.due_at >= clock.now + UNDO
    assert (await state(kit, session)).hindrance is Hindrance.SENIOR


async def test_an_answer_is_taken_back_within_ten_minutes_with_all_that_followed(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    session = await booked(kit, world)
    clock.set(session.ends_at + timedelta(hours=2))
    await meet.said(kit, JUNIOR, session.id, Said.MET)
    clock.move(minutes=9)
    again = await meet.undo(kit, JUNIOR, session.id)
    assert again is not None and again.said is None
    assert (await state(kit, session)).state is SessionState.PLANNED
    assert await pending(kit, Job.CHECKIN, session) == 0
    await meet.said(kit, JUNIOR, session.id, Said.MET)
    assert await pending(kit, Job.CHECKIN, session) == 2
    clock.move(minutes=11)
    with pytest.raises(Refusal, match="too_late"):
        await meet.undo(kit, JUNIOR, session.id)


async def test_a_rebook_card_is_not_sent_when_the_answer_changed(kit: Kit, world: World, clock: MovableClock) -> None:
    session = await booked(kit, world)
    clock.set(session.ends_at + timedelta(hours=2))
    await meet.said(kit, SENIOR, session.id, Said.NOT_MET)
    (card,) = await letters(kit, Kind.REBOOK)
    async with kit.store.read(TEAM) as tx:
        assert await meet.load_rebook(kit, tx, card) is not None
    await meet.said(kit, JUNIOR, session.id, Said.MET)
    async with kit.store.read(TEAM) as tx:
        assert await meet.load_rebook(kit, tx, card) is None


async def test_taking_it_back_and_saying_it_again_sends_one_card(kit: Kit, world: World, clock: MovableClock) -> None:
    session = await booked(kit, world)
    clock.set(session.ends_at + timedelta(hours=2))
    for minutes in (0, 3):
        await meet.said(kit, SENIOR, session.id, Said.NOT_MET)
        await meet.undo(kit, SENIOR, session.id)
        clock.move(minutes=minutes)
    await meet.said(kit, SENIOR, session.id, Said.NOT_MET)
    async with kit.store.read(TEAM) as tx:
        due_cards = [await meet.load_rebook(kit, tx, card) for card in await letters(kit, Kind.REBOOK)]
    assert len([card for card in due_cards if card is not None]) == 1


async def test_nothing_can_be_said_about_a_session_that_is_ahead(kit: Kit, world: World) -> None:
    session = await booked(kit, world)
    with pytest.raises(Refusal, match="not_yet"):
        await meet.said(kit, JUNIOR, session.id, Said.MET)


async def test_both_are_asked_twice_and_then_left_in_peace(kit: Kit, world: World, clock: MovableClock) -> None:
    session = await booked(kit, world)
    for day in range(8):
        clock.set(TUESDAY + timedelta(days=day, hours=4))
        await run_due(kit, 100, jobs=JOBS)
    asked = await letters(kit, Kind.DID_YOU_MEET)
    assert sorted(letter.to for letter in asked) == [ANA, ANA, BO, BO]
    assert (await state(kit, session)).state is SessionState.UNKNOWN


async def test_one_we_met_spares_the_other_side_the_question(kit: Kit, world: World, clock: MovableClock) -> None:
    session = await booked(kit, world)
    clock.set(session.ends_at + timedelta(minutes=5))
    await meet.said(kit, SENIOR, session.id, Said.MET)
    clock.move(days=3)
    await run_due(kit, 100, jobs=JOBS)
    assert await letters(kit, Kind.DID_YOU_MEET) == []


async def test_a_pair_without_a_next_date_hears_of_it_whoever_books_next_first(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    session = await booked(kit, world)
    clock.set(session.ends_at + timedelta(hours=2))
    await meet.said(kit, JUNIOR, session.id, Said.MET)
    clock.set(datetime(2026, 3, 17, 12, tzinfo=UTC))
    await run_due(kit, 100, jobs=JOBS)
    assert [letter.to for letter in await letters(kit, Kind.NEXT_MISSING)] == [ANA]
    clock.set(datetime(2026, 3, 20, 12, tzinfo=UTC))
    await run_due(kit, 100, jobs=JOBS)
    assert sorted(letter.to for letter in await letters(kit, Kind.NEXT_MISSING)) == [ANA, ANA, BO]


async def test_a_booked_session_silences_the_question_for_a_date(kit: Kit, world: World, clock: MovableClock) -> None:
    session = await booked(kit, world)
    clock.set(session.ends_at + timedelta(hours=2))
    await meet.said(kit, JUNIOR, session.id, Said.MET)
    await meet.book(kit, JUNIOR, wish(world, TUESDAY + timedelta(days=28)))
    clock.set(datetime(2026, 3, 24, 12, tzinfo=UTC))
    await run_due(kit, 100, jobs=JOBS)
    assert await letters(kit, Kind.NEXT_MISSING) == []


async def test_a_session_that_was_not_booked_can_be_logged_and_taken_back(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    done = await meet.log(kit, JUNIOR, wish(world, kit.clock() - timedelta(hours=2)))
    held = await state(kit, done.session)
    assert (held.state, held.number) == (SessionState.HELD, 1)
    assert await pending(kit, Job.CHECKIN, held) == 2
    with pytest.raises(Refusal, match="already_logged"):
        await meet.log(kit, SENIOR, wish(world, kit.clock() - timedelta(minutes=90)))
    assert await meet.undo(kit, JUNIOR, held.id) is None
    assert await all_of(kit, world) == []


async def test_logging_a_booked_hour_means_the_booked_session(kit: Kit, world: World, clock: MovableClock) -> None:
    session = await booked(kit, world)
    clock.set(session.ends_at + timedelta(hours=1))
    done = await meet.log(kit, JUNIOR, wish(world, TUESDAY + timedelta(minutes=10)))
    assert done.session.id == session.id
    assert [s.state for s in await all_of(kit, world)] == [SessionState.HELD]


async def test_having_met_early_replaces_the_planned_session_until_it_is_taken_back(kit: Kit, world: World) -> None:
    ahead = await booked(kit, world)
    assert await meet.already_met(kit, SENIOR, ahead.id) is not None
    done = await meet.log(kit, SENIOR, wish(world, kit.clock() - timedelta(hours=1)), early=ahead.id)
    assert [s.state for s in await all_of(kit, world)] == [SessionState.HELD, SessionState.MOVED]
    assert await meet.undo(kit, SENIOR, done.session.id) is None
    assert [(s.id, s.state, s.number) for s in await all_of(kit, world)] == [(ahead.id, SessionState.PLANNED, 1)]
