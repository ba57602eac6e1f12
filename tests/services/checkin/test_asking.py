"""When both sides are asked, reminded and left in peace, on a real database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.checkin import Mirror
from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.schedule.sweeps import run_due
from bot.services import checkin as checkins
from bot.services.kit import Actor, Kit
from storage import checkin, enrol, programme
from storage.records.checkin import CheckinState
from storage.records.delivery import DueState
from storage.records.enrol import Side
from storage.records.match import PairState
from tests.clockwork import MovableClock
from tests.held import (
    JUNIOR,
    SENIOR,
    asked,
    end_pair,
    hold,
    letters,
    pair_up,
    pass_time,
    planned,
    sheet,
    state_of,
    stored,
)
from tests.world import ANA, BO, TEAM, World

INVITES = (Kind.CHECKIN, Kind.REFLECTION)
REMINDERS = (Kind.CHECKIN_REMINDER, Kind.REFLECTION_REMINDER)


async def test_both_are_asked_in_the_same_minute_of_the_next_morning(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    mine, theirs = await asked(kit, world, clock)
    invites = await letters(kit, *INVITES)
    assert {(letter.kind, letter.to) for letter in invites} == {(Kind.CHECKIN, ANA), (Kind.REFLECTION, BO)}
    assert invites[0].due_at == invites[1].due_at
    assert abs(invites[0].due_at - datetime(2026, 3, 3, 9, tzinfo=UTC)) <= timedelta(minutes=20)
    assert [await state_of(kit, one) for one in (mine, theirs)] == [CheckinState.SENT] * 2


async def test_a_letter_carries_the_id_of_the_check_in_and_nothing_else(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    mine, _ = await asked(kit, world, clock)
    letter = next(iter(await letters(kit, Kind.CHECKIN)))
    assert letter.params == {"checkin": mine.id}


async def test_two_reminders_then_silence_and_the_end(kit: Kit, world: World, clock: MovableClock) -> None:
    mine, _ = await asked(kit, world, clock)
    await pass_time(kit, clock, clock.now + timedelta(days=30))
    to_ana = [letter.due_at for letter in await letters(kit, Kind.CHECKIN_REMINDER)]
    assert to_ana == [datetime(2026, 3, 5, 9, tzinfo=UTC), datetime(2026, 3, 10, 9, tzinfo=UTC)]
    assert len(await letters(kit, Kind.REFLECTION_REMINDER)) == 2
    assert await state_of(kit, mine) is CheckinState.EXPIRED


async def test_once_the_pair_has_met_again_nobody_is_reminded_of_the_older_one(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    older = await asked(kit, world, clock)
    newer = await hold(kit, world)
    await pass_time(kit, clock, clock.now + timedelta(days=30))
    reminded = {letter.params["checkin"] for letter in await letters(kit, *REMINDERS)}
    async with kit.store.read(TEAM) as tx:
        both = [await checkin.of_session(tx, newer.id, who.id) for who in (world.ana, world.bo)]
    assert reminded == {one.id for one in both if one is not None} and not reminded & {one.id for one in older}


async def test_whoever_has_answered_or_skipped_is_not_reminded(kit: Kit, world: World, clock: MovableClock) -> None:
    mine, theirs = await asked(kit, world, clock)
    await checkins.answer(kit, JUNIOR, mine.id, sheet())
    await checkins.skip(kit, SENIOR, theirs.id)
    await pass_time(kit, clock, clock.now + timedelta(days=30))
    assert await letters(kit, *REMINDERS) == []
    assert [await state_of(kit, one) for one in (mine, theirs)] == [CheckinState.ANSWERED, CheckinState.SKIPPED]


async def test_a_skipped_one_can_still_be_answered(kit: Kit, world: World, clock: MovableClock) -> None:
    mine, _ = await asked(kit, world, clock)
    await checkins.skip(kit, JUNIOR, mine.id)
    await checkins.answer(kit, JUNIOR, mine.id, sheet())
    with pytest.raises(Refusal, match=r"checkin.refused.answered"):
        await checkins.skip(kit, JUNIOR, mine.id)
    assert await stored(kit, mine) == sheet()


async def test_tomorrow_asks_again_once_however_often_it_is_pressed(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    mine, _ = await asked(kit, world, clock)
    for _ in range(3):
        _, at, _ = await checkins.tomorrow(kit, JUNIOR, mine.id)
    assert at == datetime(2026, 3, 4, 9, tzinfo=UTC)
    await pass_time(kit, clock, at)
    assert [letter.due_at for letter in await letters(kit, Kind.CHECKIN)][1:] == [at]


async def test_tomorrow_is_refused_when_it_closes_before(kit: Kit, world: World, clock: MovableClock) -> None:
    mine, _ = await asked(kit, world, clock)
    clock.set(mine.closes_at - timedelta(hours=1))
    with pytest.raises(Refusal, match=r"checkin.refused.no_tomorrow"):
        await checkins.tomorrow(kit, JUNIOR, mine.id)


@pytest.mark.parametrize("state", [PairState.PAUSED, PairState.ENDED])
async def test_a_pair_that_is_paused_or_over_is_left_in_peace(
    kit: Kit, world: World, clock: MovableClock, state: PairState
) -> None:
    session = await hold(kit, world)
    await end_pair(kit, world, state)
    await pass_time(kit, clock, clock.now + timedelta(days=2))
    assert await letters(kit, *INVITES) == []
    skipped = await planned(kit, Job.CHECKIN, session.id)
    assert {(item.state, item.reason) for item in skipped} == {(DueState.SKIPPED, "the pair is paused or has ended")}


async def test_a_deactivated_account_is_not_written_to(kit: Kit, world: World, clock: MovableClock) -> None:
    await hold(kit, world)
    async with kit.store.write(TEAM) as tx:
        await enrol.set_person(tx, world.ana.id, deactivated=True)
    await pass_time(kit, clock, clock.now + timedelta(days=2))
    assert [letter.to for letter in await letters(kit, *INVITES)] == [BO]


async def test_work_that_was_done_late_in_the_night_wakes_nobody(kit: Kit, world: World, clock: MovableClock) -> None:
    await hold(kit, world)
    clock.set(datetime(2026, 3, 4, 2, tzinfo=UTC))  # the bot was down all day
    await run_due(kit)
    assert {letter.due_at for letter in await letters(kit, *INVITES)} == {datetime(2026, 3, 4, 9, tzinfo=UTC)}


async def test_a_session_taken_back_asks_nobody_and_said_again_asks_each_once(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    session = await hold(kit, world)
    mirror = await checkins.current(kit, SENIOR)
    assert isinstance(mirror, Mirror)
    async with kit.store.write(TEAM) as tx:
        await checkins.unplan_for(tx, session.id, "taken back")
        assert await checkin.of_session(tx, session.id, world.bo.id) is None
    async with kit.store.write(TEAM) as tx:
        await checkins.plan_for(kit, tx, session, mirror.people, clock.now)
    await pass_time(kit, clock, clock.now + timedelta(days=2))
    assert sorted(letter.to for letter in await letters(kit, *INVITES)) == [ANA, BO]


async def test_a_session_that_was_answered_about_cannot_be_taken_back(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    mine, _ = await asked(kit, world, clock)
    await checkins.answer(kit, JUNIOR, mine.id, sheet())
    with pytest.raises(Refusal, match=r"cannot_take_back"):
        async with kit.store.write(TEAM) as tx:
            await checkins.unplan_for(tx, mine.session_id, "taken back")
    assert await stored(kit, mine) == sheet()


async def test_a_promised_day_that_passes_is_asked_about_once_and_can_be_answered(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    mine, _ = await asked(kit, world, clock)
    await checkins.answer(kit, JUNIOR, mine.id, sheet(help="promised", by_when=date(2026, 3, 24)))
    await pass_time(kit, clock, datetime(2026, 4, 10, tzinfo=UTC))
    asked_again = await letters(kit, Kind.PROMISE_PASSED)
    assert [letter.due_at for letter in asked_again] == [datetime(2026, 3, 26, 9, tzinfo=UTC)]
    clock.set(datetime(2026, 4, 8, tzinfo=UTC))
    async with kit.store.read(TEAM) as tx:
        assert await checkins.load_passed(kit, tx, asked_again[0]) is not None
    await checkins.answer(kit, JUNIOR, mine.id, sheet())
    async with kit.store.read(TEAM) as tx:
        assert await checkins.load_passed(kit, tx, asked_again[0]) is None


async def test_the_plan_does_not_show_who_was_promised_something(kit: Kit, world: World, clock: MovableClock) -> None:
    async with kit.store.write(TEAM) as tx:
        zoe = await enrol.meet_person(tx, "U07ZOE0000", name="Zoe", zone="Europe/Berlin", locale="en")
    other = await pair_up(kit, world, zoe, world.bo)
    mine, _ = await asked(kit, world, clock)
    session = await hold(kit, world, pair=other)
    await pass_time(kit, clock, clock.now + timedelta(days=1))
    async with kit.store.read(TEAM) as tx:
        hers = await checkin.of_session(tx, session.id, zoe.id)
    assert hers is not None
    await checkins.answer(kit, JUNIOR, mine.id, sheet(help="promised", by_when=date(2026, 6, 1)))
    await checkins.answer(kit, Actor(TEAM, zoe.user_id), hers.id, sheet())
    await pass_time(kit, clock, clock.now + timedelta(days=40))
    looks = [await planned(kit, Job.PROMISE_PASSED, pair.id) for pair in (world.pair, other)]
    shapes = [[(item.due_at, item.occurrence, item.state, item.reason) for item in plan] for plan in looks]
    assert shapes[0] == shapes[1]
    assert len(shapes[0]) > 4


async def test_an_hour_after_the_session_where_the_coordinators_chose_hours(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.save(tx, replace(world.programme, checkin_after_hours=3))
    await hold(kit, world)
    await pass_time(kit, clock, clock.now + timedelta(hours=4))
    assert sorted(letter.to for letter in await letters(kit, *INVITES)) == [ANA, BO]


async def test_sides_are_told_apart_by_the_pair_not_by_the_person(kit: Kit, world: World, clock: MovableClock) -> None:
    upside_down = await pair_up(kit, world, world.bo, world.ana)
    session = await hold(kit, world, pair=upside_down)
    await pass_time(kit, clock, clock.now + timedelta(days=2))
    async with kit.store.read(TEAM) as tx:
        bos = await checkin.of_session(tx, session.id, world.bo.id)
    assert bos is not None
    assert bos.side is Side.JUNIOR
