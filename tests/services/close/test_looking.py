"""A pair wraps up, is thanked and completed; and goes on where it wants to."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import close as closing
from bot.services import home, leave, meet
from bot.services.kit import Kit
from storage import close, enrol, match, tables
from storage import meet as sessions
from storage.records.delivery import Due, DueState
from storage.records.enrol import Enrolment
from storage.records.match import PairState
from storage.store import Tx
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, hold
from tests.services.close.steps import book, ended, holds, look, stands
from tests.world import ANA, BO, TEAM, World


async def test_two_weeks_before_the_cohort_ends_the_two_read_what_is_left_to_do(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await holds(kit, world, 2)
    clock.set(datetime(2026, 6, 3, 9, tzinfo=UTC))  # the cohort ends on 19 June
    await look(kit, clock, hours=23)
    assert await ended(kit) == []
    booked = await book(kit, world, datetime(2026, 6, 16, 12, tzinfo=UTC), 3)
    await look(kit, clock, days=2)
    (told,) = await ended(kit)
    assert (told.kind, told.to) == (Kind.WRAPPING, world.pair.id)
    async with kit.store.read(TEAM) as tx:
        facts = await closing.load_wrapping(kit, tx, told)
        last = await sessions.get(tx, booked.id)
    assert facts is not None and facts.session is not None and facts.until == world.cohort.ends_on
    content = kit.words("en").content
    assert last is not None and last.template == content.agenda("technology", 6).id
    await look(kit, clock, days=3)
    assert len(await ended(kit)) == 1


async def test_a_pair_that_never_met_has_nothing_to_wrap_up(kit: Kit, world: World, clock: MovableClock) -> None:
    clock.set(datetime(2026, 6, 10, 9, tzinfo=UTC))
    await look(kit, clock, days=30)
    assert await stands(kit, world) == (PairState.ACTIVE, None)


async def test_before_its_last_planned_session_it_wraps_up_and_after_it_both_are_thanked(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await holds(kit, world, 5)
    await look(kit, clock)
    assert await ended(kit) == []
    await book(kit, world, clock.now + timedelta(days=9), 6)
    await look(kit, clock)
    assert [letter.kind for letter in await ended(kit)] == [Kind.WRAPPING]
    async with kit.store.write(TEAM) as tx:
        for one in await sessions.of_pair(tx, world.pair.id):
            if one.number == 6:
                await sessions.remove(tx, one.id)
    await hold(kit, world)
    await look(kit, clock, hours=12)
    assert await ended(kit, Kind.THANKS) == [], "first they are asked about the session"
    await look(kit, clock, days=2)
    thanks = await ended(kit, Kind.THANKS)
    assert sorted(letter.to for letter in thanks) == sorted([ANA, BO])
    async with kit.store.read(TEAM) as tx:
        facts = [await closing.load_thanks(kit, tx, letter) for letter in thanks]
    assert {(f.held, f.stays, f.both) for f in facts if f} == {(6, False, False)}


async def test_two_weeks_later_it_is_completed_and_its_two_are_not_matched_again(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await holds(kit, world, 6)
    await look(kit, clock, days=3)
    await look(kit, clock, days=10)
    assert (await stands(kit, world))[0] is PairState.ACTIVE
    await look(kit, clock, days=6)
    state, wrap_up = await stands(kit, world)
    assert state is PairState.COMPLETED and wrap_up is not None and wrap_up.completed_at is not None
    async with kit.store.read(TEAM) as tx:
        places = [await enrol.place(tx, who.id, world.cohort.id) for who in (world.ana, world.bo)]
    assert [place.state for place in places if place] == [Enrolment.FINISHED] * 2
    for who in (JUNIOR, SENIOR):
        (past,) = (await home.today(kit, who)).past
        assert (past.held, past.completed, past.both) == (6, True, False)
    await look(kit, clock, days=10)
    assert (await stands(kit, world))[0] is PairState.COMPLETED


async def test_a_completed_pair_cannot_be_called_ended_early(kit: Kit, world: World, clock: MovableClock) -> None:
    await holds(kit, world, 6)
    await look(kit, clock, days=20)
    with pytest.raises(Refusal, match="gone"):
        await leave.say(kit, JUNIOR, world.pair.id, completed=False)
    assert (await stands(kit, world))[0] is PairState.COMPLETED


async def test_a_pair_that_agrees_on_more_sessions_goes_on_and_wraps_up_again_later(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await holds(kit, world, 6)
    await look(kit, clock, days=3)
    assert len(await ended(kit, Kind.THANKS)) == 2
    await meet.propose_rhythm(kit, JUNIOR, world.pair.id, 14, 8)
    async with kit.store.read(TEAM) as tx:
        made = await _rhythm(tx)
    await meet.answer_rhythm(kit, SENIOR, made, yes=True)
    await look(kit, clock)
    assert await stands(kit, world) == (PairState.ACTIVE, None)
    async with kit.store.read(TEAM) as tx:
        for letter in await ended(kit, Kind.THANKS):
            assert await closing.load_thanks(kit, tx, letter) is None
    await holds(kit, world, 2)
    await look(kit, clock, days=20)
    assert (await stands(kit, world))[0] is PairState.COMPLETED


async def _rhythm(tx: Tx) -> str:
    return str(await tx.conn.scalar(select(tables.rhythm.c.id)))


async def test_after_the_cohorts_last_day_three_sessions_are_enough_and_two_are_not(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await holds(kit, world, 2)
    clock.set(datetime(2026, 6, 20, 5, tzinfo=UTC))
    await look(kit, clock, days=20)
    state, wrap_up = await stands(kit, world)
    assert state is PairState.ACTIVE and wrap_up is not None and wrap_up.thanked_at is not None
    await hold(kit, world)
    await look(kit, clock)
    assert (await stands(kit, world))[0] is PairState.COMPLETED


async def test_a_paused_pair_waits(kit: Kit, world: World, clock: MovableClock) -> None:
    await holds(kit, world, 6)
    async with kit.store.write(TEAM) as tx:
        await match.move(tx, world.pair.id, PairState.ACTIVE, PairState.PAUSED)
    await look(kit, clock, days=5)
    assert await stands(kit, world) == (PairState.PAUSED, None)


async def test_looking_twice_on_a_day_changes_nothing(kit: Kit, world: World, clock: MovableClock) -> None:
    await holds(kit, world, 6)
    item = Due("d", TEAM, "close.look", TEAM, "", "", clock.now, None, DueState.PENDING, 0, None)
    for _ in range(2):
        async with kit.store.write(TEAM) as tx:
            await closing.do_look(kit, tx, item)
    assert len(await ended(kit, Kind.WRAPPING)) == 1
    async with kit.store.read(TEAM) as tx:
        assert await close.wrap_up(tx, world.pair.id) is not None
