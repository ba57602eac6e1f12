"""Who was mainly learning, over a real database: said by each side, known to that side alone."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.domain.meet import Booking
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import checkin, meet
from bot.services.home import home_of
from bot.services.kit import Actor, Kit
from bot.services.meet import saying
from storage import learner
from storage import meet as sessions
from storage.ids import new_id
from storage.records.checkin import Learner
from storage.records.meet import Said, Session, SessionState
from storage.store import Tx
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, asked, hold, letters, pass_time, sheet, stored
from tests.world import ANA, BO, CHI, TEAM, World

ME, THEM, BOTH = Learner.ME, Learner.THEM, Learner.BOTH


async def test_the_second_me_in_a_row_offers_the_junior_a_way_back_and_tells_nobody(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    first = await hold(kit, world)
    clock.move(days=14)
    second = await hold(kit, world)
    assert not (await checkin.say_learner(kit, JUNIOR, first.id, ME)).turned
    before = (await _all(kit, "outbox"), await _all(kit, "due"), await _home(kit, BO))
    assert (await checkin.say_learner(kit, JUNIOR, second.id, ME)).turned
    assert (await _all(kit, "outbox"), await _all(kit, "due"), await _home(kit, BO)) == before
    assert not (await checkin.say_learner(kit, JUNIOR, second.id, BOTH)).turned, "it can be changed"
    assert (await checkin.say_learner(kit, JUNIOR, second.id, None)).said is None, "and taken back"


async def test_it_is_for_the_two_of_the_pair_each_alone_and_for_sessions_that_were_held(kit: Kit, world: World) -> None:
    session = await hold(kit, world)
    await checkin.say_learner(kit, JUNIOR, session.id, ME)
    await checkin.say_learner(kit, SENIOR, session.id, BOTH)
    async with kit.store.read(TEAM) as tx:
        for person, said in ((world.ana, ME), (world.bo, BOTH)):
            assert await learner.mine(tx, world.pair.id, person.id) == {session.id: said}
    with pytest.raises(Refusal, match=r"common.errors.gone"):
        await checkin.say_learner(kit, Actor(TEAM, CHI), session.id, ME)
    planned = await meet.book(kit, SENIOR, Booking(world.pair.id, kit.clock() + timedelta(days=3), 60, ""))
    with pytest.raises(Refusal, match=r"common.errors.gone"):
        await checkin.say_learner(kit, JUNIOR, planned.id, ME)


async def test_a_tap_before_the_check_in_stands_in_its_form_and_the_form_changes_it(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    hers, his = await asked(kit, world, clock)
    await checkin.say_learner(kit, JUNIOR, hers.session_id, THEM)
    await checkin.say_learner(kit, SENIOR, his.session_id, ME)
    form, mirror = await checkin.opened(kit, JUNIOR, hers.id), await checkin.opened(kit, SENIOR, his.id)
    assert (form.filled.learner, mirror.learner) == (THEM, ME)  # type: ignore[union-attr]
    thanks = await checkin.answer(kit, JUNIOR, hers.id, sheet())
    assert thanks.learner is not None
    assert thanks.learner.said is BOTH
    kept = await stored(kit, hers)
    assert kept is not None
    assert kept.learner is BOTH


async def test_logging_a_session_says_it_in_the_same_go_and_taking_the_session_back_forgets_it(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    booking = Booking(world.pair.id, clock.now - timedelta(hours=2), 60, "")
    done = await meet.log(kit, JUNIOR, booking, learner=ME)
    assert done.learner is not None
    assert done.learner.said is ME
    assert await saying.undo(kit, JUNIOR, done.session.id) is None
    assert await _all(kit, "learner") == []


async def test_every_senior_gets_the_lesson_on_leading_before_the_session_in_the_middle_whatever_was_said(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    clock.set(datetime(2026, 4, 13, 9, 0, tzinfo=UTC))
    async with kit.store.write(TEAM) as tx:
        for n in (1, 2, 3):
            await sessions.add(tx, _held(world, n, clock.now - timedelta(days=60 - n)))
    fourth = clock.now + timedelta(days=7)
    await meet.book(kit, SENIOR, Booking(world.pair.id, fourth, 60, ""))
    await pass_time(kit, clock, fourth - timedelta(days=2))
    sent = [(one.to, one.params["lesson"]) for one in await letters(kit, Kind.LESSON)]
    assert sorted(sent) == [(ANA, "j4"), (BO, "s4"), (BO, "s7")]


async def test_saying_that_they_met_asks_who_learned_in_the_same_message(kit: Kit, world: World) -> None:
    session = await hold(kit, world)
    facts = await saying.said(kit, JUNIOR, session.id, Said.MET)
    assert facts.learner is not None
    assert facts.learner.said is None


def _held(world: World, number: int, at: datetime) -> Session:
    return Session(
        id=new_id(), team_id=TEAM, pair_id=world.pair.id, number=number, starts_at=at, minutes=60, place="",
        state=SessionState.HELD, booked_by=world.bo.id, hindrance=None, decided_at=at,
    )  # fmt: skip


async def _all(kit: Kit, table: str) -> list[str]:
    async with kit.store.read(TEAM) as tx:
        return [str(row) for row in await _rows(tx, table)]


async def _rows(tx: Tx, table: str) -> list[object]:
    return list(await tx.conn.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2")))


async def _home(kit: Kit, user: str) -> object:
    async with kit.store.read(TEAM) as tx:
        return await home_of(kit, tx, user, None)
