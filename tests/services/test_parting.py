"""Coordinators end a pair: in ten minutes, in the words that both always read, and matched again unless they say no."""

from datetime import timedelta

import pytest

from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import leave, match
from bot.services.kit import Kit
from bot.views import leave as views
from storage import enrol, meet
from storage import match as pairs
from storage.ids import new_id
from storage.records.enrol import Enrolment
from storage.records.match import Fit, Help, PairState
from storage.records.meet import Hindrance, Session, SessionState
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, hold, letters, pass_time
from tests.services.town_hall import COORDINATOR, JUNO, about, join
from tests.world import ANA, BO, TEAM, World

ELEVEN = timedelta(minutes=11)


async def state(kit: Kit, world: World) -> PairState:
    async with kit.store.read(TEAM) as tx:
        pair = await pairs.get(tx, world.pair.id)
    assert pair is not None
    return pair.state


async def place(kit: Kit, world: World, person_id: str) -> Enrolment:
    async with kit.store.read(TEAM) as tx:
        found = await enrol.place(tx, person_id, world.cohort.id)
    assert found is not None
    return found.state


async def parted(kit: Kit, world: World, clock: MovableClock, *, rematch: bool = False) -> None:
    await leave.part(kit, COORDINATOR, world.pair.id, rematch=rematch)
    await pass_time(kit, clock, clock.now + ELEVEN)


async def words_of_the_end(kit: Kit) -> list[str]:
    """What both read, without their names."""
    words = kit.words("en")
    async with kit.store.read(TEAM) as tx:
        facts = [await leave.load_ended(kit, tx, letter) for letter in await letters(kit, Kind.PAIR_ENDED)]
    drawn = [str(views.ended(words, one).payload()) for one in facts if one]
    return [text.replace(ANA, "?").replace(BO, "?") for text in drawn]


async def test_for_ten_minutes_any_coordinator_can_take_it_back_and_nobody_knows(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await leave.part(kit, COORDINATOR, world.pair.id, rematch=False)
    await leave.part(kit, COORDINATOR, world.pair.id, rematch=False)  # asked twice is once
    clock.move(minutes=9)
    await leave.undo_part(kit, COORDINATOR, world.pair.id)
    await pass_time(kit, clock, clock.now + ELEVEN)
    assert await state(kit, world) is PairState.ACTIVE
    assert await letters(kit, Kind.PAIR_ENDED) == []
    with pytest.raises(Refusal, match="too_late"):
        await leave.undo_part(kit, COORDINATOR, world.pair.id)


async def test_both_read_the_same_whoever_ended_it(kit: Kit, world: World, clock: MovableClock) -> None:
    await parted(kit, world, clock, rematch=True)
    by_coordinator = await words_of_the_end(kit)
    assert by_coordinator[0] == by_coordinator[1]
    async with kit.store.write(TEAM) as tx:
        await pairs.move(tx, world.pair.id, PairState.ENDED, PairState.ACTIVE)
        await tx.conn.exec_driver_sql(f"DELETE FROM outbox WHERE kind = '{Kind.PAIR_ENDED}'")
    await leave.ask(kit, SENIOR, world.pair.id, reason=None, note="")
    await pass_time(kit, clock, clock.now + ELEVEN)
    assert await words_of_the_end(kit) == by_coordinator


async def test_what_was_booked_is_called_off_on_nobody_s_account(kit: Kit, world: World, clock: MovableClock) -> None:
    ahead = Session(
        id=new_id(), team_id=TEAM, pair_id=world.pair.id, number=1, starts_at=clock.now + timedelta(days=3),
        minutes=60, place="", state=SessionState.PLANNED, booked_by=world.bo.id, hindrance=None, decided_at=None,
    )  # fmt: skip
    async with kit.store.write(TEAM) as tx:
        await meet.add(tx, ahead)
    await parted(kit, world, clock)
    async with kit.store.read(TEAM) as tx:
        found = await meet.get(tx, ahead.id)
    assert found is not None and (found.state, found.hindrance) == (SessionState.CANCELLED, Hindrance.OTHER)
    await pass_time(kit, clock, clock.now + timedelta(days=5))
    assert await letters(kit, Kind.CANCELLED, Kind.REMINDER, Kind.DID_YOU_MEET, Kind.NEXT_MISSING) == []


async def test_both_wait_again_unless_one_says_not_for_now(kit: Kit, world: World, clock: MovableClock) -> None:
    await parted(kit, world, clock)
    assert [await place(kit, world, who.id) for who in (world.ana, world.bo)] == [Enrolment.WAITING] * 2
    assert (await leave.look_again(kit, JUNIOR, world.pair.id, yes=False)).looks is False
    assert [await place(kit, world, who.id) for who in (world.ana, world.bo)] == [Enrolment.PAUSED, Enrolment.WAITING]
    assert (await leave.look_again(kit, JUNIOR, world.pair.id, yes=True)).looks is True
    await leave.look_again(kit, JUNIOR, world.pair.id, yes=False)
    await leave.back_to_pool(kit, COORDINATOR, ANA)
    assert await place(kit, world, world.ana.id) is Enrolment.WAITING


async def test_the_next_match_never_brings_the_same_two_together_again(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await parted(kit, world, clock, rematch=True)
    run, _ = await match.begin(kit, COORDINATOR, world.cohort.id)
    await match.compute(kit, TEAM, run.id)
    found = await match.match_desk(kit, COORDINATOR, world.cohort.id)
    assert (found.juniors, found.seniors, found.waiting) == (1, 1, 0)


async def test_a_wish_for_somebody_else_is_dealt_with_when_the_pair_ends(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await hold(kit, world)
    await match.say_fit(kit, JUNIOR, world.pair.id, Fit.NOT_GOOD, Help.SOMEONE_ELSE)
    await pass_time(kit, clock, clock.now + ELEVEN)
    assert len(await match.wish_list(kit, COORDINATOR)) == 1
    await parted(kit, world, clock, rematch=True)
    assert await match.wish_list(kit, COORDINATOR) == []


async def test_only_coordinators_part_and_only_pairs_that_run(kit: Kit, world: World, clock: MovableClock) -> None:
    await join(kit, world, JUNO, about())
    for attempt in (
        leave.part(kit, JUNIOR, world.pair.id, rematch=False), leave.undo_part(kit, SENIOR, world.pair.id),
        leave.part_form(kit, JUNIOR, (BO,), rematch=False), leave.back_to_pool(kit, JUNIOR, ANA),
    ):  # fmt: skip
        with pytest.raises(Refusal, match="not_coordinator"):
            await attempt
    for users in ((JUNO,), (ANA, JUNO), ("U07NOBODY0",)):
        with pytest.raises(Refusal, match="no_pair"):
            await leave.part_form(kit, COORDINATOR, users, rematch=False)
    assert len((await leave.part_form(kit, COORDINATOR, (BO, ANA), rematch=False)).pairs) == 1
    await parted(kit, world, clock)
    with pytest.raises(Refusal, match="gone"):
        await leave.part(kit, COORDINATOR, world.pair.id, rematch=False)
