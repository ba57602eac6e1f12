"""Booking, moving and cancelling over a real database."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.jobs import Job
from bot.domain.meet import Booking
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.schedule.jobs import JOBS
from bot.schedule.sweeps import run_due
from bot.services import meet
from bot.services.kit import Actor, Kit
from bot.services.meet import letters as letters_of
from bot.services.post import post
from bot.services.timing import judge
from storage import enrol, match
from storage import meet as sessions
from storage.records.match import PairState
from storage.records.meet import CancelReason, Hindrance, Said, SessionState
from tests.clockwork import MovableClock
from tests.held import pair_up
from tests.services.meet.steps import (
    COORDINATOR,
    JUNIOR,
    SENIOR,
    STRANGER,
    TUESDAY,
    all_of,
    booked,
    letters,
    pending,
    state,
    wish,
)
from tests.world import ELI, TEAM, World


async def test_a_booking_plans_everything_around_the_session(kit: Kit, world: World) -> None:
    session = await booked(kit, world)
    assert (session.number, session.state, session.place) == (1, SessionState.PLANNED, "Room 4")
    planned = {job: await pending(kit, job, session) for job in Job if job.startswith(("meet.", "prepare."))}
    assert {job: n for job, n in planned.items() if n} == {
        Job.ICEBREAKERS: 1, Job.AGENDA: 1, Job.REMINDER: 1, Job.DID_YOU_MEET: 4, Job.SESSION_UNKNOWN: 1,
    }  # fmt: skip
    assert [letter.to for letter in await letters(kit, Kind.BOOKED)] == [world.pair.id]


async def test_what_is_booked_in_the_evening_is_not_told_before_that_there_is_a_pair(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    clock.set(TUESDAY - timedelta(days=5) + timedelta(hours=9))
    async with kit.store.write(TEAM) as tx:
        await post(tx, Kind.PAIR_STARTED, world.pair.id, world.pair.id, clock(), pair=world.pair.id)
    (waits,) = await letters(kit, Kind.PAIR_STARTED)
    assert waits.due_at > clock() + timedelta(hours=5), "it is ten in the evening"
    await booked(kit, world)
    (starts,), (told,) = await letters(kit, Kind.PAIR_STARTED), await letters(kit, Kind.BOOKED)
    assert (starts.due_at, starts.id) < (told.due_at, told.id)
    assert starts.priority == told.priority
    async with kit.store.read(TEAM) as tx:
        assert (await judge(tx, starts, clock())).goes, "the courier does not put it off again"


async def test_the_same_booking_twice_is_one(kit: Kit, world: World) -> None:
    first, second = await asyncio.gather(booked(kit, world), booked(kit, world))
    assert first.id == second.id
    assert len(await all_of(kit, world)) == len(await letters(kit, Kind.BOOKED)) == 1


async def test_two_people_booking_the_same_hour_at_once_get_one_session(kit: Kit, world: World) -> None:
    both = await asyncio.gather(
        meet.book(kit, SENIOR, wish(world)), meet.book(kit, JUNIOR, wish(world)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in both) == ["Refusal", "Session"]
    assert len(await all_of(kit, world)) == 1


@pytest.mark.parametrize("actor", [COORDINATOR, STRANGER], ids=["coordinator", "stranger"])
async def test_other_peoples_sessions_look_as_if_they_did_not_exist(kit: Kit, world: World, actor: Actor) -> None:
    session = await booked(kit, world)
    attempts = [
        meet.book(kit, actor, wish(world, TUESDAY + timedelta(days=7))),
        meet.cancel_form(kit, actor, session.id),
        meet.cancel(kit, actor, session.id, None, None),
        meet.said(kit, actor, session.id, Said.MET),
        meet.undo(kit, actor, session.id),
        meet.because(kit, actor, session.id, Hindrance.SENIOR),
        meet.log(kit, actor, wish(world, kit.clock() - timedelta(hours=2))),
        meet.said(kit, JUNIOR, "no-such-session", Said.MET),
    ]
    for attempt in attempts:
        with pytest.raises(Refusal) as refused:
            await attempt
        assert refused.value.key == "common.errors.gone"
    assert (await state(kit, session)).state is SessionState.PLANNED


async def test_moving_keeps_one_session_with_its_number(kit: Kit, world: World) -> None:
    old = await booked(kit, world)
    new = await meet.book(kit, JUNIOR, wish(world, TUESDAY + timedelta(days=1)), moves=old.id)
    assert (await state(kit, old)).state is SessionState.MOVED
    assert new.number == 1
    assert await pending(kit, Job.DID_YOU_MEET, old) == await pending(kit, Job.AGENDA, old) == 0
    assert await pending(kit, Job.DID_YOU_MEET, new) == 4
    assert [letter.params for letter in await letters(kit, Kind.MOVED)] == [{"session": new.id, "old": old.id}]
    with pytest.raises(Refusal, match="gone"):
        await meet.book(kit, SENIOR, wish(world, TUESDAY + timedelta(days=2)), moves=old.id)


async def test_a_session_may_move_into_its_own_hour(kit: Kit, world: World) -> None:
    old = await booked(kit, world)
    new = await meet.book(kit, SENIOR, wish(world, TUESDAY + timedelta(minutes=15)), moves=old.id)
    assert new.starts_at == TUESDAY + timedelta(minutes=15)


async def test_a_cancellation_says_whose_it_was_and_counts_apart_for_seniors(kit: Kit, world: World) -> None:
    session = await booked(kit, world)
    await meet.cancel(kit, SENIOR, session.id, None, CancelReason.URGENT)
    await meet.cancel(kit, SENIOR, session.id, None, None)
    off = await state(kit, session)
    assert (off.state, off.hindrance, off.reason) == (
        SessionState.CANCELLED, Hindrance.SENIOR, CancelReason.URGENT,
    )  # fmt: skip
    async with kit.store.read(TEAM) as tx:
        assert await sessions.senior_cancellations(tx, world.cohort.id) == {world.pair.id: 1}
        assert await sessions.record_of_senior(tx, world.bo.id) == (0, 1)
    assert len(await letters(kit, Kind.CANCELLED)) == 1
    other = await meet.book(kit, JUNIOR, wish(world))
    await meet.cancel(kit, JUNIOR, other.id, None, None)
    async with kit.store.read(TEAM) as tx:
        assert await sessions.senior_cancellations(tx, world.cohort.id) == {world.pair.id: 1}


async def test_nothing_happens_any_more_once_the_pair_has_ended(kit: Kit, world: World, clock: MovableClock) -> None:
    session = await booked(kit, world)
    async with kit.store.write(TEAM) as tx:
        await match.move(tx, world.pair.id, PairState.ACTIVE, PairState.ENDED)
    for attempt in (
        meet.book(kit, SENIOR, wish(world, TUESDAY + timedelta(days=7))),
        meet.cancel(kit, SENIOR, session.id, None, None),
        meet.said(kit, SENIOR, session.id, Said.MET),
    ):
        with pytest.raises(Refusal, match="pair_ended"):
            await attempt
    clock.set(session.ends_at + timedelta(days=9))
    await run_due(kit, 100, jobs=JOBS)
    for kind in (Kind.REMINDER, Kind.DID_YOU_MEET, Kind.AGENDA, Kind.ICEBREAKERS):
        assert await letters(kit, kind) == []


async def test_numbers_follow_what_was_held(kit: Kit, world: World, clock: MovableClock) -> None:
    first = await booked(kit, world)
    later = await booked(kit, world, TUESDAY + timedelta(days=14))
    assert (first.number, later.number) == (1, 2)
    await meet.cancel(kit, SENIOR, first.id, None, None)
    assert (await state(kit, later)).number == 1
    clock.set(TUESDAY + timedelta(days=1))
    await meet.log(kit, JUNIOR, wish(world, TUESDAY))
    assert (await state(kit, later)).number == 2


async def test_a_session_overlapping_one_of_the_partners_other_pair_is_refused(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        eli = await enrol.meet_person(tx, ELI, name="Eli Morgan", zone="America/New_York", locale="en-US")
    other = await pair_up(kit, world, eli, world.bo)
    await meet.book(kit, SENIOR, Booking(other.id, TUESDAY, 60, ""))
    with pytest.raises(Refusal) as refused:
        await meet.book(kit, JUNIOR, wish(world, TUESDAY + timedelta(minutes=30)))
    assert (refused.value.key, refused.value.field) == ("meet.refused.overlap", "meet.when")


async def test_a_typed_time_is_read_on_the_persons_clock(kit: Kit, world: World) -> None:
    for text in ("2026-03-10 14:00", "10 March 2pm"):
        assert (await meet.book_form(kit, JUNIOR, text=text)).starts_at == TUESDAY
    before = TUESDAY - timedelta(days=14)
    assert (await meet.log_form(kit, JUNIOR, text="last Tue 14:00")).starts_at == before


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2026-03-29 02:30", "common.errors.clock_gap"),
        ("next tuesday", "meet.refused.no_time"),
        ("Tue 11 March 10:00", "meet.refused.other_weekday"),
        ("some day", "meet.refused.not_a_time"),
        ("2026-02-30 10:00", "meet.refused.not_a_time"),
        ("'; drop table session", "meet.refused.not_a_time"),
    ],
)
async def test_a_typed_time_that_is_none_is_refused(kit: Kit, world: World, text: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        await meet.book_form(kit, JUNIOR, text=text)
    assert refused.value.key == key


async def test_a_session_that_moves_is_offered_the_next_day_at_its_hour(kit: Kit, world: World) -> None:
    first = await meet.book(kit, SENIOR, wish(world, TUESDAY))
    await meet.book(kit, SENIOR, wish(world, TUESDAY + timedelta(days=14)))
    form = await meet.book_form(kit, JUNIOR, moves=first.id)
    assert form.starts_at == TUESDAY + timedelta(days=1)


async def test_whoever_books_another_one_sees_what_is_booked_already(kit: Kit, world: World) -> None:
    assert (await meet.book_form(kit, JUNIOR)).ahead is None
    first = await meet.book(kit, SENIOR, wish(world, TUESDAY))
    form = await meet.book_form(kit, JUNIOR)
    assert form.ahead is not None and form.ahead.id == first.id


async def test_without_any_session_the_list_says_how_to_book(kit: Kit, world: World) -> None:
    with pytest.raises(Refusal, match="no_session"):
        await meet.sessions_of(kit, JUNIOR)
    with pytest.raises(Refusal, match="no_session_ahead"):
        await meet.cancel_form(kit, JUNIOR)


async def test_a_booking_that_repeats_keeps_the_hour_leaves_out_holidays_and_is_told_once(
    kit: Kit, world: World
) -> None:
    first = await meet.book(kit, SENIOR, replace(wish(world), starts_at=datetime(2026, 3, 9, 14, tzinfo=UTC)), every=28)
    planned = [session.starts_at for session in await all_of(kit, world)]
    days = ((3, 9, 14), (5, 4, 13), (6, 1, 13))  # 15:00 in Berlin, whose clocks change; 6 April is Easter Monday
    assert planned == [datetime(2026, month, day, hour, tzinfo=UTC) for month, day, hour in days]
    (told,) = await letters(kit, Kind.BOOKED)
    assert told.params["session"] == first.id and len(told.params["then"].split(",")) == 2
    async with kit.store.read(TEAM) as tx:
        facts = await letters_of.load_booked(kit, tx, told)
    assert facts is not None
    assert [session.number for session in facts.then] == [2, 3]


async def test_a_series_ends_with_the_sessions_of_the_cohort_and_knows_two_rhythms(kit: Kit, world: World) -> None:
    await meet.book(kit, SENIOR, wish(world), every=14)
    assert len(await all_of(kit, world)) == world.cohort.sessions
    with pytest.raises(Refusal, match=r"pick_one"):
        await meet.book(kit, SENIOR, replace(wish(world), starts_at=TUESDAY + timedelta(days=1)), every=1)
