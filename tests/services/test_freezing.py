"""A Slack account is closed and opened again: pairs stop without a day and go on, on a real database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.enrol import SlackProfile
from bot.domain.jobs import Job
from bot.domain.match import Proposed, Reason
from bot.domain.meet import Booking
from bot.domain.messages import Kind
from bot.services import match as match_services
from bot.services import meet, pause
from bot.services.enrol import keep_in_step
from bot.services.kit import Kit
from bot.services.leave import part
from bot.services.timing import judge
from storage import due, enrol, match
from storage import meet as sessions
from storage.records.delivery import DueState
from storage.records.enrol import Side
from storage.records.match import PairState
from storage.records.meet import Hindrance, SessionState
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, hold, letters, pass_time
from tests.services.town_hall import COORDINATOR, about, account, join
from tests.world import ANA, BO, CHI, TEAM, World


async def slack_says(kit: Kit, user: str, *, closed: bool) -> None:
    told: SlackProfile = replace(account(user), deactivated=closed)
    async with kit.store.write(TEAM) as tx:
        await keep_in_step(kit, tx, told, locale=None)


async def state(kit: Kit, pair_id: str) -> PairState:
    async with kit.store.read(TEAM) as tx:
        pair = await match.get(tx, pair_id)
    assert pair is not None
    return pair.state


async def booked(kit: Kit, world: World, clock: MovableClock) -> str:
    starts = clock.now + timedelta(days=6)
    done = await meet.book(kit, JUNIOR, Booking(world.pair.id, starts, 60, ""))
    return done.id


async def test_a_closed_account_stops_the_pair_and_says_why_to_coordinators_only(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    held = await hold(kit, world)
    session_id = await booked(kit, world, clock)
    await slack_says(kit, ANA, closed=True)
    await slack_says(kit, ANA, closed=True)  # the nightly look finds nothing new
    assert await state(kit, world.pair.id) is PairState.PAUSED
    async with kit.store.read(TEAM) as tx:
        off = await sessions.get(tx, session_id)
        waits = [item for item in await due.about(tx, Job.CHECKIN, held.id) if item.state is DueState.PENDING]
    assert off is not None
    assert (off.state, off.hindrance) == (SessionState.CANCELLED, Hindrance.OTHER)
    assert {item.due_at.year for item in waits} == {9999}

    told, flagged = await letters(kit, Kind.FROZEN), await letters(kit, Kind.ACCOUNT_GONE)
    assert ([one.to for one in told], [one.to for one in flagged]) == ([BO], [CHI])
    async with kit.store.read(TEAM) as tx:
        facts = await pause.load_frozen(kit, tx, told[0])
        gone = await pause.load_account_gone(kit, tx, flagged[0])
        assert (await judge(tx, told[0], clock.now + timedelta(hours=20))).reason != "paused"
    assert facts is not None
    assert [one.id for one in facts.called_off] == [session_id]
    assert gone is not None
    assert (gone.person.user_id, [one.pair.id for one in gone.pairs]) == (ANA, [world.pair.id])


async def test_an_account_that_opens_again_goes_on_where_it_was(kit: Kit, world: World, clock: MovableClock) -> None:
    await hold(kit, world)
    await booked(kit, world, clock)
    await slack_says(kit, ANA, closed=True)
    frozen = (await letters(kit, Kind.FROZEN))[0]
    clock.set(clock.now + timedelta(hours=1))
    await slack_says(kit, ANA, closed=False)
    assert await state(kit, world.pair.id) is PairState.ACTIVE
    told = (await letters(kit, Kind.THAWED))[0]
    async with kit.store.read(TEAM) as tx:
        facts = await pause.load_thawed(kit, tx, told)
        assert await pause.load_frozen(kit, tx, frozen) is None  # whoever has not read it need not
        assert await pause.load_account_gone(kit, tx, (await letters(kit, Kind.ACCOUNT_GONE))[0]) is None
        off = (await sessions.of_pair(tx, world.pair.id, SessionState.CANCELLED))[0]
        asks = [item for item in await due.about(tx, Job.NEXT_MISSING, off.id) if item.state is DueState.PENDING]
    assert facts is not None
    assert (told.to, facts.partners) == (BO, (ANA,))
    assert asks and all(item.due_at < clock.now + timedelta(days=21) for item in asks)


async def test_a_pause_of_the_one_outlasts_the_return_of_the_other(kit: Kit, world: World, clock: MovableClock) -> None:
    await slack_says(kit, ANA, closed=True)
    until = date(2026, 3, 23)
    await pause.pause(kit, SENIOR, until, "")
    await pass_time(kit, clock, clock.now + timedelta(minutes=11))
    await slack_says(kit, ANA, closed=False)
    assert await state(kit, world.pair.id) is PairState.PAUSED
    assert await letters(kit, Kind.THAWED) == []
    await slack_says(kit, ANA, closed=True)
    await pause.resume(kit, SENIOR)
    assert await state(kit, world.pair.id) is PairState.PAUSED
    await slack_says(kit, ANA, closed=False)
    assert await state(kit, world.pair.id) is PairState.ACTIVE


async def test_a_letter_about_a_frozen_pair_waits_and_a_suggestion_to_a_closed_account_ends(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    juno = await join(kit, world, "U07JUNO000", about())
    await join(kit, world, "U07MAX0000", about(Side.SENIOR, manager="U07OTTO000", level=4))
    made = await match_services.propose(kit, COORDINATOR, juno.user_id, "U07MAX0000", reason=Reason.WANTED)
    assert isinstance(made, Proposed)
    await slack_says(kit, juno.user_id, closed=True)
    assert await state(kit, made.people.pair.id) is PairState.EXPIRED
    assert await letters(kit, Kind.ACCOUNT_GONE) == []

    await slack_says(kit, BO, closed=True)
    waiting = replace((await letters(kit, Kind.FROZEN))[0], kind=Kind.NEXT_MISSING, params={"pair": world.pair.id})
    async with kit.store.read(TEAM) as tx:
        verdict = await judge(tx, waiting, clock.now)
    assert (verdict.goes, verdict.reason) == (False, "paused")
    assert verdict.at is not None
    assert verdict.at.year == 9999


@pytest.mark.parametrize("user", [ANA, BO])
async def test_coordinators_find_somebody_new_for_whoever_is_left(
    kit: Kit, world: World, clock: MovableClock, user: str
) -> None:
    held = await hold(kit, world)
    await slack_says(kit, user, closed=True)
    await part(kit, COORDINATOR, world.pair.id, rematch=True)
    await pass_time(kit, clock, clock.now + timedelta(minutes=11))
    assert await state(kit, world.pair.id) is PairState.ENDED
    async with kit.store.read(TEAM) as tx:
        left = [item for item in await due.about(tx, Job.CHECKIN, held.id) if item.state is DueState.PENDING]
        assert await pause.load_frozen(kit, tx, (await letters(kit, Kind.FROZEN))[0]) is None
        me = await enrol.find(tx, user)
    assert left == [] or {item.due_at.year for item in left} == {2026}
    assert me is not None
    assert me.zone == "Europe/Berlin"  # Slack tells no zone of a closed account
