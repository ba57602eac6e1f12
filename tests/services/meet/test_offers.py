"""Two times to pick from, how often a pair meets, and whose turn it is, over a real database."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.schedule.jobs import JOBS
from bot.schedule.sweeps import run_due
from bot.services import home, meet
from bot.services.kit import Kit
from bot.services.meet import letters as letters_of
from bot.services.meet.rhythm import met_enough, rhythm_of
from bot.services.post import plan
from storage import meet as sessions
from storage.records.enrol import Side
from storage.records.meet import Hindrance, Offer, OfferState, Said, Session, SessionState
from tests.clockwork import MovableClock
from tests.services.meet.steps import (
    COORDINATOR,
    JUNIOR,
    SENIOR,
    TUESDAY,
    all_of,
    booked,
    letters,
    wish,
)
from tests.world import ANA, BO, TEAM, World

THURSDAY = TUESDAY + timedelta(days=2)


async def offered(kit: Kit, world: World) -> Offer:
    """Bo suggests Tuesday and Thursday."""
    await meet.offer(kit, SENIOR, world.pair.id, (THURSDAY, TUESDAY), 45, "Room 4")
    return await waiting(kit, world)


async def waiting(kit: Kit, world: World) -> Offer:
    async with kit.store.read(TEAM) as tx:
        found = await sessions.open_offer(tx, world.pair.id)
    assert found is not None
    return found


async def held(kit: Kit, world: World, clock: MovableClock, at: datetime = TUESDAY) -> Session:
    session = await booked(kit, world, at)
    clock.set(session.ends_at + timedelta(hours=2))
    await meet.said(kit, JUNIOR, session.id, Said.MET)
    return session


async def test_the_form_offers_two_times_that_suit_both(kit: Kit, world: World) -> None:
    form = await meet.offer_form(kit, SENIOR)
    assert form.slots.shared and form.times == form.slots.times[:2] and form.outside == (False, False)


async def test_one_tap_on_one_of_two_times_books_it_as_it_was_suggested(kit: Kit, world: World) -> None:
    offer = await offered(kit, world)
    assert offer.times == (TUESDAY, THURSDAY)
    assert [letter.to for letter in await letters(kit, Kind.OFFERED)] == [world.pair.id]
    facts = await meet.take(kit, JUNIOR, offer.id, 1)
    assert facts.taken is not None
    assert (facts.taken.starts_at, facts.taken.minutes, facts.taken.place) == (THURSDAY, 45, "Room 4")
    assert facts.taken.booked_by == world.bo.id and len(await letters(kit, Kind.BOOKED)) == 1
    with pytest.raises(Refusal, match="gone"):
        await meet.take(kit, JUNIOR, offer.id, 0)
    assert len(await all_of(kit, world)) == 1


async def test_the_one_who_suggests_does_not_pick_but_may_suggest_others(kit: Kit, world: World) -> None:
    offer = await offered(kit, world)
    with pytest.raises(Refusal, match="own_offer"):
        await meet.take(kit, SENIOR, offer.id, 0)
    with pytest.raises(Refusal, match="gone"):
        await meet.take(kit, COORDINATOR, offer.id, 0)
    assert (await meet.neither(kit, JUNIOR, offer.id)).declined
    await meet.offer(kit, JUNIOR, world.pair.id, (THURSDAY, THURSDAY + timedelta(days=1)), 60, "")
    assert (await waiting(kit, world)).person_id == world.ana.id


async def test_suggesting_the_same_again_is_once_and_others_take_its_place(kit: Kit, world: World) -> None:
    first = await offered(kit, world)
    assert (await offered(kit, world)).id == first.id
    await meet.offer(kit, SENIOR, world.pair.id, (THURSDAY, THURSDAY + timedelta(days=1)), 60, "")
    assert (await waiting(kit, world)).id != first.id
    async with kit.store.read(TEAM) as tx:
        old = await sessions.offer(tx, first.id)
    assert old is not None and old.state is OfferState.LAPSED


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ((datetime(2026, 3, 2, 6, tzinfo=UTC), THURSDAY), "meet.first"),
        ((THURSDAY, TUESDAY + timedelta(days=900)), "meet.second"),
        ((THURSDAY, THURSDAY + timedelta(minutes=30)), "meet.second"),
    ],
    ids=["past", "too far", "one and the same hour"],
)
async def test_a_time_that_cannot_be_is_refused_under_its_field(
    kit: Kit, world: World, times: tuple[datetime, datetime], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await meet.offer(kit, SENIOR, world.pair.id, times, 60, "")
    assert refused.value.field == field


async def test_who_is_to_pick_is_asked_once_more_and_who_suggested_hears_when_nobody_did(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await offered(kit, world)
    clock.set(datetime(2026, 3, 4, 12, tzinfo=UTC))
    await run_due(kit, 100, jobs=JOBS)
    assert [letter.to for letter in await letters(kit, Kind.OFFER_WAITING)] == [ANA]
    clock.set(THURSDAY + timedelta(minutes=1))
    await run_due(kit, 100, jobs=JOBS)
    (lapsed,) = await letters(kit, Kind.OFFER_LAPSED)
    async with kit.store.read(TEAM) as tx:
        assert lapsed.to == BO and await meet.load_lapsed(kit, tx, lapsed) is not None


async def test_a_booking_by_hand_ends_the_waiting_and_its_reminders(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    offer = await offered(kit, world)
    await meet.book(kit, JUNIOR, wish(world, THURSDAY))
    clock.set(THURSDAY + timedelta(days=1))
    await run_due(kit, 100, jobs=JOBS)
    assert await letters(kit, Kind.OFFER_WAITING) == await letters(kit, Kind.OFFER_LAPSED) == []
    with pytest.raises(Refusal, match="gone"):
        await meet.take(kit, JUNIOR, offer.id, 0)


async def test_while_two_times_wait_nobody_is_asked_for_a_first_date(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    async with kit.store.write(TEAM) as tx:
        await plan(tx, Job.FIRST_CONTACT, world.pair.id, kit.clock() + timedelta(days=2), occurrence="senior")
    await offered(kit, world)
    clock.move(days=2, hours=4)
    await run_due(kit, 100, jobs=JOBS)
    assert await letters(kit, Kind.FIRST_CONTACT) == []


async def test_after_a_session_it_is_said_whose_turn_it_is_and_the_home_and_status_say_so_too(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    session = await held(kit, world, clock)
    assert (await meet.said(kit, SENIOR, session.id, Said.MET)).turn is Side.JUNIOR
    for actor in (JUNIOR, SENIOR):
        assert (await home.today(kit, actor)).pairs[0].turn is Side.JUNIOR
    later = TUESDAY + timedelta(days=14)
    await meet.offer(kit, SENIOR, world.pair.id, (later, later + timedelta(days=1)), 60, "")
    card = (await home.today(kit, JUNIOR)).pairs[0]
    assert card.turn is None and card.offer is not None and card.offer.to.id == world.ana.id


async def test_a_senior_who_cancels_is_asked_after_three_working_days_and_both_after_eight(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    session = await booked(kit, world)
    clock.set(datetime(2026, 3, 9, 10, tzinfo=UTC))
    await meet.cancel(kit, SENIOR, session.id, Hindrance.SENIOR, None)
    clock.set(datetime(2026, 3, 12, 9, 30, tzinfo=UTC))
    await run_due(kit, 100, jobs=JOBS)
    (letter,) = await letters(kit, Kind.NEXT_MISSING)
    async with kit.store.read(TEAM) as tx:
        facts = await letters_of.load_missing(kit, tx, letter)
    assert letter.to == BO and facts is not None and facts.owed and facts.turn is facts.side is Side.SENIOR
    clock.set(datetime(2026, 3, 19, 12, tzinfo=UTC))
    await run_due(kit, 100, jobs=JOBS)
    assert sorted(one.to for one in await letters(kit, Kind.NEXT_MISSING)) == [ANA, BO, BO]


async def test_a_rhythm_holds_as_soon_as_the_other_one_agrees(kit: Kit, world: World, clock: MovableClock) -> None:
    form = await meet.rhythm_form(kit, JUNIOR)
    assert (form.every_days, form.sessions, form.held) == (14, 6, 0)
    assert not await meet.propose_rhythm(kit, JUNIOR, world.pair.id, 14, 6)
    assert await meet.propose_rhythm(kit, JUNIOR, world.pair.id, 28, 2)
    (letter,) = await letters(kit, Kind.RHYTHM)
    with pytest.raises(Refusal, match="own_rhythm"):
        await meet.answer_rhythm(kit, JUNIOR, letter.params["rhythm"], yes=True)
    await meet.answer_rhythm(kit, SENIOR, letter.params["rhythm"], yes=True)
    with pytest.raises(Refusal, match="gone"):
        await meet.answer_rhythm(kit, SENIOR, letter.params["rhythm"], yes=False)
    await meet.book(kit, SENIOR, wish(world), every=28)
    assert [one.state for one in await all_of(kit, world)] == [SessionState.PLANNED] * 2
    async with kit.store.read(TEAM) as tx:
        assert (await rhythm_of(tx, world.pair)).every_days == 28 and not await met_enough(tx, world.pair.id)


async def test_times_for_the_next_session_follow_the_rhythm_of_the_two(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    session = await held(kit, world, clock)
    await meet.said(kit, SENIOR, session.id, Said.MET)
    assert await days_suggested(kit, session) <= set(range(10, 20))
    await meet.propose_rhythm(kit, JUNIOR, world.pair.id, 28, 6)
    await meet.answer_rhythm(kit, SENIOR, (await letters(kit, Kind.RHYTHM))[0].params["rhythm"], yes=True)
    assert await days_suggested(kit, session) <= set(range(24, 39))


async def days_suggested(kit: Kit, after: Session) -> set[int]:
    """Days from a session to those that each of the two is shown."""
    slots = [(await meet.offer_form(kit, SENIOR)).slots, (await meet.book_form(kit, JUNIOR)).slots]
    assert all(len(one.times) == 3 for one in slots)
    return {(at - after.starts_at).days for one in slots for at in one.times}


async def test_a_pair_that_met_as_often_as_it_wanted_is_not_asked_for_a_date(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await meet.propose_rhythm(kit, JUNIOR, world.pair.id, 14, 2)
    await meet.answer_rhythm(kit, SENIOR, (await letters(kit, Kind.RHYTHM))[0].params["rhythm"], yes=True)
    await held(kit, world, clock)
    second = await held(kit, world, clock, TUESDAY + timedelta(days=14))
    assert (await meet.said(kit, SENIOR, second.id, Said.MET)).turn is None
    clock.move(days=20)
    await run_due(kit, 200, jobs=JOBS)
    assert await letters(kit, Kind.NEXT_MISSING) == []


@pytest.mark.parametrize(("every", "sessions_", "field"), [(10, 6, "meet.every"), (14, 40, "meet.sessions")])
async def test_a_rhythm_that_is_none_is_refused_under_its_field(
    kit: Kit, world: World, every: int, sessions_: int, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await meet.propose_rhythm(kit, JUNIOR, world.pair.id, every, sessions_)
    assert refused.value.field == field


async def test_the_partners_clock_and_hours_are_said_while_one_chooses(kit: Kit, world: World) -> None:
    form = await meet.book_form(kit, SENIOR)
    assert form.starts_at == form.slots.times[0] and not form.outside
    early = wish(world, datetime(2026, 3, 10, 5, tzinfo=UTC))
    again = await meet.book_form_again(kit, SENIOR, early, moves="", every=14, picker="meet.when.1")
    assert again.outside and (again.starts_at, again.place, again.every) == (early.starts_at, "Room 4", 14)


async def test_where_the_two_meant_to_meet_last_is_remembered_whatever_became_of_it(kit: Kit, world: World) -> None:
    session = await booked(kit, world)
    await meet.cancel(kit, SENIOR, session.id, None, None)
    assert (await meet.book_form(kit, JUNIOR)).place == (await meet.offer_form(kit, JUNIOR)).place == "Room 4"
