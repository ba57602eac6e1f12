"""Lessons come before the session that they help with, once in a lifetime, over a real database."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from bot.domain.budget import OVER
from bot.domain.learn import LessonFacts
from bot.domain.meet import Booking
from bot.domain.messages import Kind
from bot.services import learn, meet
from bot.services.kit import Kit
from bot.services.learn import reading
from storage import content, enrol, tables
from storage import learn as lessons
from storage.records.content import ContentItem, ContentKind
from storage.records.delivery import LetterState
from storage.records.enrol import Side
from tests.clockwork import MovableClock
from tests.held import pair_up
from tests.services.prepare.steps import JUNIOR, SENIOR, TUESDAY, booked, letters
from tests.services.town_hall import JUNO, work_until
from tests.world import ANA, BO, TEAM, World

SATURDAY_BEFORE = TUESDAY - timedelta(days=3)
FRIDAY = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)


async def sent(kit: Kit) -> list[tuple[str, str]]:
    return [(letter.to, letter.params["lesson"]) for letter in await letters(kit, Kind.LESSON)]


async def drawn(kit: Kit) -> list[LessonFacts | None]:
    async with kit.store.read(TEAM) as tx:
        return [await learn.load_lesson(kit, tx, letter) for letter in await letters(kit, Kind.LESSON)]


async def test_each_of_the_pair_gets_their_own_lesson_on_the_working_day_before_t_minus_three(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await booked(kit, world)
    await work_until(kit, clock, FRIDAY - timedelta(hours=2))
    assert await sent(kit) == []
    await work_until(kit, clock, SATURDAY_BEFORE)
    assert await sent(kit) == [(ANA, "j1"), (BO, "s1")]
    assert [letter.stale_at for letter in await letters(kit, Kind.LESSON)] == [TUESDAY, TUESDAY]


async def test_a_session_booked_for_tomorrow_brings_its_lesson_at_once(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    clock.set(TUESDAY - timedelta(days=1))
    await booked(kit, world)
    await work_until(kit, clock, clock.now)
    assert await sent(kit) == [(ANA, "j1"), (BO, "s1")]


async def test_a_session_that_moves_takes_its_lesson_along_sent_or_not(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    session = await booked(kit, world)
    await work_until(kit, clock, SATURDAY_BEFORE)
    later = TUESDAY + timedelta(days=7)
    await meet.book(kit, SENIOR, Booking(world.pair.id, later, 60, ""), moves=session.id)
    await work_until(kit, clock, later - timedelta(days=2))
    old_a, old_b, new_a, new_b = await letters(kit, Kind.LESSON)
    assert {old_a.reason, old_b.reason} == {"the session was moved"}, "they were still in the outbox"
    assert [(one.to, one.params["lesson"], one.stale_at) for one in (new_a, new_b)] == [
        (ANA, "j1", later), (BO, "s1", later),
    ]  # fmt: skip


async def test_a_lesson_that_was_sent_does_not_come_again_with_the_next_date(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    async with kit.store.write(TEAM) as tx:
        for person, side in ((world.ana, Side.JUNIOR), (world.bo, Side.SENIOR)):
            assert await learn.first_for(kit, tx, person, side, clock.now)
            assert await learn.first_for(kit, tx, person, side, clock.now) == "", "the match brought it already"
    await booked(kit, world)
    await work_until(kit, clock, SATURDAY_BEFORE)
    assert await sent(kit) == []


async def test_the_same_lesson_never_comes_twice_to_somebody_in_two_pairs(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    async with kit.store.write(TEAM) as tx:
        juno = await enrol.meet_person(tx, JUNO, name="Juno", zone="Europe/Berlin", locale="en-US")
    second = await pair_up(kit, world, juno, world.bo)
    await booked(kit, world)
    await meet.book(kit, SENIOR, Booking(second.id, TUESDAY + timedelta(days=1), 60, ""))
    await work_until(kit, clock, TUESDAY)
    assert [lesson for to, lesson in await sent(kit) if to == BO] == ["s1"]
    assert len(await sent(kit)) == 3


async def test_what_was_read_or_switched_off_meanwhile_is_not_sent(kit: Kit, world: World, clock: MovableClock) -> None:
    await booked(kit, world)
    await work_until(kit, clock, SATURDAY_BEFORE)
    await reading.mark(kit, JUNIOR, "j1")
    off = ContentItem(ContentKind.LESSON, "s1", None, True, clock.now, clock.now)
    async with kit.store.write(TEAM) as tx:
        await content.save(tx, off)
    assert await drawn(kit) == [None, None]


async def test_a_cancelled_session_takes_its_lesson_back(kit: Kit, world: World, clock: MovableClock) -> None:
    session = await booked(kit, world)
    await work_until(kit, clock, SATURDAY_BEFORE)
    await meet.cancel(kit, SENIOR, session.id, None, None)
    assert await drawn(kit) == [None, None]
    async with kit.store.write(TEAM) as tx:
        bo = await enrol.find(tx, BO)
        assert bo is not None
        assert await learn.first_for(kit, tx, bo, Side.SENIOR, clock.now) == "s1", "it may still come"


async def test_a_lesson_that_a_full_week_left_out_comes_with_the_next_session_and_stays_first_on_the_home(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await booked(kit, world)
    await work_until(kit, clock, SATURDAY_BEFORE)
    c = tables.outbox.c
    async with kit.store.write(TEAM) as tx:
        lost = update(tables.outbox).where(c.kind == Kind.LESSON, c.to.in_((ANA, BO)))
        await tx.conn.execute(lost.values(state=LetterState.SKIPPED.value, reason=OVER))
        await lessons.mark_sent(tx, BO, "s2", clock.now)
        assert [shelf.next for shelf in await learn.shelves_of(kit, tx, ANA)] == ["j1"]
    later = TUESDAY + timedelta(days=14)
    await meet.book(kit, SENIOR, Booking(world.pair.id, later, 60, ""))
    await work_until(kit, clock, later - timedelta(days=3))
    assert (await sent(kit))[2:] == [(ANA, "j2"), (BO, "s1")], "whoever has had this session's gets what was missed"
    assert [one.missed for one in (await drawn(kit))[2:] if one is not None] == ["j1", ""]
    await reading.mark(kit, JUNIOR, "j1")
    assert [one.missed for one in (await drawn(kit))[2:] if one is not None] == ["", ""]
