"""Leaving: ten minutes to think again, the same words to both, and completed only if both say so."""

from datetime import timedelta

import pytest

from bot.domain.jobs import Job
from bot.domain.leave import ALL
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import enrol as enrolling
from bot.services import home, leave
from bot.services.kit import Actor, Kit
from storage import enrol, match
from storage.records.enrol import Enrolment
from storage.records.leave import LeaveReason
from storage.records.match import PairState
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, hold, letters, pair_up, pass_time, planned
from tests.services.town_hall import COORDINATOR
from tests.world import ANA, BO, CHI, ELI, TEAM, World

ELEVEN = timedelta(minutes=11)


async def state(kit: Kit, world: World) -> PairState:
    async with kit.store.read(TEAM) as tx:
        pair = await match.get(tx, world.pair.id)
    assert pair is not None
    return pair.state


async def places(kit: Kit, world: World) -> list[Enrolment]:
    """Where Ana and Bo stand in the cohort."""
    async with kit.store.read(TEAM) as tx:
        found = [await enrol.place(tx, who.id, world.cohort.id) for who in (world.ana, world.bo)]
    return [place.state for place in found if place is not None]


async def gone(kit: Kit, world: World, clock: MovableClock, actor: Actor = JUNIOR, what: str = "") -> None:
    await leave.ask(kit, actor, what or world.pair.id, reason=None, note="")
    await pass_time(kit, clock, clock.now + ELEVEN)


async def test_for_ten_minutes_nothing_happens_and_it_can_be_taken_back(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    asked = await leave.ask(kit, JUNIOR, world.pair.id, reason=None, note="")
    clock.move(minutes=9)
    assert (await home.today(kit, JUNIOR)).leaving == (await enrolling.status(kit, JUNIOR)).leaving == (asked,)
    assert (await home.today(kit, SENIOR)).leaving == (await enrolling.status(kit, SENIOR)).leaving == ()
    await leave.undo(kit, JUNIOR, asked.leaving.id)
    assert (await home.today(kit, JUNIOR)).leaving == ()
    await pass_time(kit, clock, clock.now + ELEVEN)
    assert await state(kit, world) is PairState.ACTIVE
    assert await letters(kit, Kind.PAIR_ENDED, Kind.LEFT) == []


async def test_after_that_it_cannot_and_nobody_else_can_take_it_back(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    asked = await leave.ask(kit, JUNIOR, world.pair.id, reason=None, note="")
    with pytest.raises(Refusal, match="gone"):
        await leave.undo(kit, SENIOR, asked.leaving.id)
    await pass_time(kit, clock, clock.now + ELEVEN)
    with pytest.raises(Refusal, match="too_late"):
        await leave.undo(kit, JUNIOR, asked.leaving.id)


@pytest.mark.parametrize("who", [JUNIOR, SENIOR])
async def test_a_pair_ends_with_the_same_words_to_both_whoever_asked(
    kit: Kit, world: World, clock: MovableClock, who: Actor
) -> None:
    await gone(kit, world, clock, who)
    assert await state(kit, world) is PairState.ENDED
    assert await places(kit, world) == [Enrolment.WAITING, Enrolment.WAITING]
    told = await letters(kit, Kind.PAIR_ENDED)
    assert sorted(letter.to for letter in told) == sorted([ANA, BO])
    async with kit.store.read(TEAM) as tx:
        facts = [await leave.load_ended(kit, tx, letter) for letter in told]
    assert {(f.asks, f.held, f.said) for f in facts if f} == {(False, 0, None)}
    for place in (world.ana, world.bo):
        async with kit.store.read(TEAM) as tx:
            mine = await enrol.place(tx, place.id, world.cohort.id)
        assert mine is not None and len(await planned(kit, Job.NO_MATCH_YET, mine.id)) == 1


async def test_who_leaves_the_programme_is_written_to_no_more_and_every_pair_ends(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    other = await pair_up(kit, world, world.bo, world.ana)
    await gone(kit, world, clock, JUNIOR, ALL)
    assert await state(kit, world) is PairState.ENDED
    async with kit.store.read(TEAM) as tx:
        ended = await match.get(tx, other.id)
    assert ended is not None and ended.state is PairState.ENDED
    assert await places(kit, world) == [Enrolment.LEFT, Enrolment.WAITING]
    await pass_time(kit, clock, clock.now + timedelta(days=40))
    assert {letter.kind for letter in await letters(kit) if letter.to == ANA} <= {Kind.PAIR_ENDED}


async def test_coordinators_read_the_reason_and_the_line_and_nobody_else_does(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await leave.ask(kit, SENIOR, ALL, reason=None, note="too busy")
    await leave.ask(kit, SENIOR, ALL, reason=LeaveReason.WORK, note="too many evenings")  # said better
    await pass_time(kit, clock, clock.now + ELEVEN)
    told = await letters(kit, Kind.LEFT)
    assert [letter.to for letter in told] == [CHI]
    assert set(told[0].params) == {"leaving"}
    async with kit.store.read(TEAM) as tx:
        facts = await leave.load_told(kit, tx, told[0])
    assert facts is not None and facts.person is not None and facts.person.user_id == BO
    assert (facts.reason, facts.note, [p.user_id for p in facts.waiting]) == (
        LeaveReason.WORK, "too many evenings", [ANA],
    )  # fmt: skip


async def test_asking_twice_is_once_and_a_pair_of_others_is_not_there(kit: Kit, world: World) -> None:
    one = await leave.ask(kit, JUNIOR, world.pair.id, reason=None, note="")
    two = await leave.ask(kit, JUNIOR, world.pair.id, reason=None, note="")
    assert one.leaving.id == two.leaving.id
    for pair_id in (world.pair.id, "no-such-pair", ""):
        with pytest.raises(Refusal):
            await leave.ask(kit, COORDINATOR, pair_id, reason=None, note="")
    with pytest.raises(Refusal, match="gone"):
        await leave.ask(kit, JUNIOR, "no-such-pair", reason=None, note="")


async def ended_after(kit: Kit, world: World, clock: MovableClock, sessions: int) -> None:
    for _ in range(sessions):
        await hold(kit, world)
    await gone(kit, world, clock)


async def test_after_three_sessions_it_is_completed_if_both_say_so(kit: Kit, world: World, clock: MovableClock) -> None:
    await ended_after(kit, world, clock, 3)
    assert (await leave.question(kit, JUNIOR, world.pair.id)).asks
    await leave.say(kit, JUNIOR, world.pair.id, completed=True)
    assert await state(kit, world) is PairState.ENDED
    await leave.say(kit, SENIOR, world.pair.id, completed=True)
    assert await state(kit, world) is PairState.COMPLETED
    await leave.say(kit, SENIOR, world.pair.id, completed=False)
    assert await state(kit, world) is PairState.ENDED


async def test_after_two_sessions_or_two_weeks_nobody_is_asked(kit: Kit, world: World, clock: MovableClock) -> None:
    await ended_after(kit, world, clock, 2)
    with pytest.raises(Refusal, match="gone"):
        await leave.say(kit, JUNIOR, world.pair.id, completed=True)
    await hold(kit, world)
    await leave.say(kit, JUNIOR, world.pair.id, completed=True)
    clock.move(days=15)
    with pytest.raises(Refusal, match="gone"):
        await leave.say(kit, SENIOR, world.pair.id, completed=True)
    with pytest.raises(Refusal, match="gone"):
        await leave.say(kit, Actor(TEAM, ELI), world.pair.id, completed=True)
