"""Both are asked halfway, at the end and months later; whoever is not there any more is not."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.schedule.sweeps import run_due
from bot.services import prefs
from bot.services import review as reviews
from bot.services.kit import Kit
from storage import enrol, tables
from storage.records.delivery import DueState
from storage.records.enrol import Enrolment
from storage.records.match import PairState
from storage.records.prefs import Prefs
from storage.records.review import ReviewKind
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, end_pair, letters, pass_time, planned
from tests.services.review.steps import asked, both, complete, halfway, met
from tests.world import ANA, BO, TEAM, World

ASKS = (Kind.MIDPOINT, Kind.END_SURVEY, Kind.OUTCOMES)


async def test_after_the_third_of_six_sessions_both_are_asked_in_the_same_hour(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await halfway(kit, world, clock)
    told = await letters(kit, *ASKS)
    assert {(one.kind, one.to) for one in told} == {(Kind.MIDPOINT, ANA), (Kind.MIDPOINT, BO)}
    assert len({one.due_at for one in told}) == 1


@pytest.mark.parametrize(("sessions", "kind"), [(3, Kind.MIDPOINT), (6, Kind.END_SURVEY)])
async def test_nobody_looks_back_on_the_day_of_a_check_in(
    kit: Kit, world: World, clock: MovableClock, sessions: int, kind: Kind
) -> None:
    clock.set(datetime(2026, 3, 6, 9, tzinfo=UTC))  # a Friday: two days later is the Monday of the check-in
    await met(kit, world, times=sessions, clock=clock)
    await pass_time(kit, clock, clock.now + timedelta(days=5))
    checkins = {one.due_at.date() for one in await letters(kit, Kind.CHECKIN)}
    assert {one.due_at.date() - max(checkins) for one in await letters(kit, kind)} == {timedelta(days=1)}


async def test_a_pair_that_meets_less_often_is_asked_in_the_middle_of_the_dates_and_once(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await met(kit, world, times=1, clock=clock)
    await pass_time(kit, clock, datetime(2026, 4, 24, 12, tzinfo=UTC))
    assert not await asked(kit, world, ReviewKind.MIDPOINT)
    await pass_time(kit, clock, datetime(2026, 4, 28, tzinfo=UTC))  # the middle, a Saturday, moved to Monday
    assert len(await asked(kit, world, ReviewKind.MIDPOINT)) == 2
    await met(kit, world, times=2, clock=clock)
    await pass_time(kit, clock, clock.now + timedelta(days=7))
    assert len(await letters(kit, Kind.MIDPOINT)) == 2


async def test_dates_that_moved_meanwhile_move_what_is_asked_in_their_middle(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await met(kit, world, times=1, clock=clock)
    async with kit.store.write(TEAM) as tx:
        later = update(tables.cohort).values(ends_on=world.cohort.ends_on + timedelta(days=28))
        await tx.conn.execute(later)
    await pass_time(kit, clock, datetime(2026, 4, 28, tzinfo=UTC))
    assert not await asked(kit, world, ReviewKind.MIDPOINT)
    await pass_time(kit, clock, datetime(2026, 5, 12, tzinfo=UTC))
    assert len(await asked(kit, world, ReviewKind.MIDPOINT)) == 2


async def test_three_days_later_the_pair_reads_what_to_talk_about_though_nobody_answered(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await halfway(kit, world, clock)
    assert not await letters(kit, Kind.CONTRACT_REVIEW)
    await pass_time(kit, clock, clock.now + timedelta(days=5))
    told = await letters(kit, Kind.CONTRACT_REVIEW)
    assert [(one.to, one.params["contract"]) for one in told] == [(world.pair.id, "")]


async def test_one_reminder_comes_and_then_it_closes(kit: Kit, world: World, clock: MovableClock) -> None:
    mine, theirs = await halfway(kit, world, clock)
    await reviews.answer(kit, SENIOR, theirs.id, {"midpoint_say": "4"})
    await pass_time(kit, clock, mine.closes_at + timedelta(days=1))
    assert [one.to for one in await letters(kit, Kind.REVIEW_REMINDER)] == [ANA]
    mine, theirs = await both(kit, world, ReviewKind.MIDPOINT)
    assert (mine.state, theirs.state) == ("expired", "answered")
    async with kit.store.read(TEAM) as tx:
        assert [await reviews.load_review(kit, tx, one) for one in await letters(kit, Kind.REVIEW_REMINDER)] == [None]


async def test_after_the_last_planned_session_both_are_asked_how_it_was_and_not_again_on_completion(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await met(kit, world, times=6, clock=clock)
    await pass_time(kit, clock, clock.now + timedelta(days=4))
    assert {one.to for one in await letters(kit, Kind.END_SURVEY)} == {ANA, BO}
    await complete(kit, world)
    await pass_time(kit, clock, clock.now + timedelta(days=10))
    assert len(await letters(kit, Kind.END_SURVEY)) == 2


async def test_a_pair_completed_earlier_is_asked_then_and_one_that_ended_is_not(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await complete(kit, world)
    await pass_time(kit, clock, clock.now + timedelta(days=4))
    assert len(await asked(kit, world, ReviewKind.END)) == 2
    async with kit.store.write(TEAM) as tx:
        await tx.conn.execute(update(tables.pair).values(state=PairState.ENDED.value))
    await pass_time(kit, clock, clock.now + timedelta(days=200))
    assert not await asked(kit, world, ReviewKind.LATER_90)


async def test_what_came_of_it_is_asked_twice_of_both_on_the_same_days(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await complete(kit, world)
    await pass_time(kit, clock, clock.now + timedelta(days=185))
    assert len(await asked(kit, world, ReviewKind.LATER_90)) == len(await asked(kit, world, ReviewKind.LATER_180)) == 2
    told = await letters(kit, Kind.OUTCOMES)
    # The 90th day is a Sunday, the 180th a Saturday; ten in the morning in Berlin.
    days = (datetime(2026, 6, 1, 8, tzinfo=UTC), datetime(2026, 8, 31, 8, tzinfo=UTC))
    assert [one.due_at for one in told] == [day for day in days for _ in range(2)]


async def test_who_left_the_programme_or_the_company_is_not_asked_and_the_other_is(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await complete(kit, world)
    async with kit.store.write(TEAM) as tx:
        await enrol.set_state(tx, world.ana.id, world.cohort.id, Enrolment.LEFT)
    await pass_time(kit, clock, clock.now + timedelta(days=95))
    assert await asked(kit, world, ReviewKind.LATER_90) == {world.bo.id}
    async with kit.store.write(TEAM) as tx:
        await enrol.set_person(tx, world.bo.id, deactivated=True)
    await pass_time(kit, clock, clock.now + timedelta(days=95))
    assert not await asked(kit, world, ReviewKind.LATER_180)


async def test_who_leaves_while_a_question_is_open_is_neither_reminded_nor_asked_on(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await complete(kit, world)
    await pass_time(kit, clock, clock.now + timedelta(days=4))
    mine, _ = await both(kit, world, ReviewKind.END)
    async with kit.store.write(TEAM) as tx:
        await enrol.set_state(tx, world.ana.id, world.cohort.id, Enrolment.LEFT)
    with pytest.raises(Refusal, match=r"review.refused.closed"):
        await reviews.answer(kit, JUNIOR, mine.id, {"end_junior_again": "yes"})
    await pass_time(kit, clock, clock.now + timedelta(days=12))
    assert [one.to for one in await letters(kit, Kind.REVIEW_REMINDER)] == [BO]
    assert await reviews.instead(kit, JUNIOR) is None


async def test_half_a_year_of_downtime_asks_nothing_late(kit: Kit, world: World, clock: MovableClock) -> None:
    await complete(kit, world)
    clock.move(days=150)
    await run_due(kit)
    assert not await letters(kit, *ASKS)
    states = {one.state for one in await planned(kit, Job.OUTCOMES, world.pair.id)}
    assert states == {DueState.SKIPPED, DueState.PENDING}


async def test_a_pair_that_ended_meanwhile_is_not_asked_halfway(kit: Kit, world: World, clock: MovableClock) -> None:
    await met(kit, world, times=3, clock=clock)
    await end_pair(kit, world)
    await pass_time(kit, clock, clock.now + timedelta(days=7))
    assert not await letters(kit, *ASKS, Kind.CONTRACT_REVIEW)


async def test_a_question_on_its_way_when_the_pair_ends_is_not_sent(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await halfway(kit, world, clock)
    await end_pair(kit, world)
    async with kit.store.read(TEAM) as tx:
        assert [await reviews.load_review(kit, tx, one) for one in await letters(kit, Kind.MIDPOINT)] == [None, None]


async def test_preferences_move_what_is_planned_for_both_of_a_pair(kit: Kit, world: World, clock: MovableClock) -> None:
    await complete(kit, world)
    await prefs.save(kit, JUNIOR, Prefs(checkin_hour=15), "")
    due = [one for one in await planned(kit, Job.OUTCOMES, world.pair.id) if one.occurrence.startswith("later_90")]
    assert {one.due_at for one in due} == {datetime(2026, 6, 1, 13, tzinfo=UTC)}
