"""Nudges go to an audience once in two weeks, announcements to a cohort; both can be taken back for ten minutes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.schedule.sweeps import run_due
from bot.services import privacy, tell
from bot.services.kit import Actor, Kit
from storage import enrol, programme, tables
from storage import tell as told
from storage.records.enrol import Enrolment
from storage.records.tell import Audience, Delivery, Readers
from tests.clockwork import MovableClock
from tests.services.many import add_pairs, hold
from tests.services.town_hall import COORDINATOR, actor, receivers
from tests.world import ANA, BO, CHI, NOOR, TEAM, World

HOUR = "keep_the_hour"


async def pass_time(kit: Kit, clock: MovableClock, **delta: float) -> None:
    clock.set(clock.now + timedelta(**delta))
    await run_due(kit)


async def test_a_nudge_goes_to_all_seniors_ten_minutes_later_and_not_all_at_once(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await add_pairs(kit, world.cohort, 4)
    desk = await tell.nudge_desk(kit, COORDINATOR, Audience.SENIORS)
    assert (desk.receivers, desk.lately, len(desk.templates)) == (5, 0, 6)
    done = await tell.nudge(kit, COORDINATOR, Audience.SENIORS, HOUR)
    assert done.receivers == 5
    await pass_time(kit, clock, minutes=9)
    assert await receivers(kit, Kind.NUDGE) == []
    await pass_time(kit, clock, minutes=1)
    assert sorted(await receivers(kit, Kind.NUDGE)) == sorted([BO, *(f"U07S{n:05}" for n in range(4))])
    async with kit.store.read(TEAM) as tx:
        letters = select(tables.outbox.c.due_at).where(tables.outbox.c.kind == Kind.NUDGE)
        due = set((await tx.conn.scalars(letters)).all())
    assert len(due) == 5
    assert max(due) - min(due) > timedelta(minutes=20)


async def test_nobody_gets_a_second_nudge_within_two_weeks(kit: Kit, world: World, clock: MovableClock) -> None:
    await tell.nudge(kit, COORDINATOR, Audience.SENIORS, HOUR)
    await pass_time(kit, clock, minutes=10)
    desk = await tell.nudge_desk(kit, COORDINATOR, Audience.ALL)
    assert (desk.receivers, desk.lately) == (1, 1)
    with pytest.raises(Refusal, match="nobody_to_nudge"):
        await tell.nudge(kit, COORDINATOR, Audience.SENIORS, "offer_help")
    clock.move(days=14)
    assert (await tell.nudge_desk(kit, COORDINATOR, Audience.SENIORS)).receivers == 1


async def test_two_nudges_at_once_reach_everybody_once(kit: Kit, world: World, clock: MovableClock) -> None:
    await tell.nudge(kit, COORDINATOR, Audience.SENIORS, HOUR)
    await tell.nudge(kit, COORDINATOR, Audience.ALL, "what_to_keep")
    await pass_time(kit, clock, minutes=10)
    assert sorted(await receivers(kit, Kind.NUDGE)) == [ANA, BO]


async def test_a_nudge_can_be_taken_back_for_ten_minutes(kit: Kit, world: World, clock: MovableClock) -> None:
    done = await tell.nudge(kit, COORDINATOR, Audience.SENIORS, HOUR)
    assert (await tell.undo_nudge(kit, COORDINATOR, done.nudge_id)).undone
    await pass_time(kit, clock, minutes=11)
    assert await receivers(kit, Kind.NUDGE) == []
    assert (await tell.nudge_desk(kit, COORDINATOR, Audience.SENIORS)).receivers == 1
    late = await tell.nudge(kit, COORDINATOR, Audience.SENIORS, HOUR)
    await pass_time(kit, clock, minutes=10)
    with pytest.raises(Refusal, match="too_late"):
        await tell.undo_nudge(kit, COORDINATOR, late.nudge_id)


async def test_the_unbooked_are_those_with_no_date_and_words_about_a_junior_are_not_for_them(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    two = (await add_pairs(kit, world.cohort, 1))[0]
    await hold(kit, two, clock.now)
    desk = await tell.nudge_desk(kit, COORDINATOR, Audience.UNBOOKED)
    assert desk.receivers == 4
    assert {"find_an_hour", "what_to_keep"} <= set(desk.templates)
    assert HOUR not in desk.templates
    with pytest.raises(Refusal, match="pick_one"):
        await tell.nudge(kit, COORDINATOR, Audience.UNBOOKED, HOUR)
    one = await tell.nudge(kit, COORDINATOR, Audience.PAIR, "find_an_hour", pair_id=world.pair.id)
    assert one.receivers == 2


async def test_a_pair_that_has_had_all_its_sessions_lacks_no_date(kit: Kit, world: World, clock: MovableClock) -> None:
    two = (await add_pairs(kit, world.cohort, 1))[0]
    for days in range(world.cohort.sessions - 1):
        await hold(kit, two, clock.now - timedelta(days=days))
    await tell.nudge(kit, COORDINATOR, Audience.UNBOOKED, "find_an_hour")
    assert (await tell.nudge_desk(kit, COORDINATOR, Audience.UNBOOKED)).receivers == 4
    await hold(kit, two, clock.now)
    assert (await tell.nudge_desk(kit, COORDINATOR, Audience.UNBOOKED)).receivers == 2
    await pass_time(kit, clock, minutes=10)
    assert sorted(await receivers(kit, Kind.NUDGE)) == [ANA, BO]


async def test_an_announcement_reaches_everybody_of_the_cohort_in_ten_minutes(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    made = await tell.announce(kit, COORDINATOR, "", Readers.EVERYBODY, "  The canteen talk is on Friday. ")
    assert made.announcement.text == "The canteen talk is on Friday."
    await pass_time(kit, clock, minutes=10)
    assert sorted(await receivers(kit, Kind.ANNOUNCEMENT)) == [ANA, BO]
    desk = await tell.announce_desk(kit, COORDINATOR)
    assert desk.latest[0].delivery == Delivery(waiting=2)
    async with kit.store.read(TEAM) as tx:
        lines = [line for line in await programme.audit_since(tx, world.programme.created_at)]
    assert "canteen" not in str(lines)
    assert {line.action for line in lines} >= {"tell.announced"}


@pytest.mark.parametrize(("readers", "who"), [(Readers.JUNIORS, [ANA]), (Readers.SENIORS, [BO])])
async def test_an_announcement_may_go_to_one_side(
    kit: Kit, world: World, clock: MovableClock, readers: Readers, who: list[str]
) -> None:
    await tell.announce(kit, COORDINATOR, world.cohort.id, readers, "Hello")
    await pass_time(kit, clock, minutes=10)
    assert await receivers(kit, Kind.ANNOUNCEMENT) == who


async def test_many_get_it_in_batches_and_nobody_twice(
    kit: Kit, world: World, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.tell.announcing.BATCH", 1)
    await tell.announce(kit, COORDINATOR, "", Readers.EVERYBODY, "Hello")
    await pass_time(kit, clock, minutes=10)
    await run_due(kit)
    await run_due(kit)
    assert sorted(await receivers(kit, Kind.ANNOUNCEMENT)) == [ANA, BO]


async def test_an_announcement_can_be_taken_back_and_then_nobody_gets_it(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    made = await tell.announce(kit, COORDINATOR, "", Readers.EVERYBODY, "Oops")
    await tell.undo_announcement(kit, COORDINATOR, made.announcement.id)
    again = await tell.undo_announcement(kit, COORDINATOR, made.announcement.id)
    assert again.announcement.undone_at is not None
    await pass_time(kit, clock, minutes=11)
    assert await receivers(kit, Kind.ANNOUNCEMENT) == []


@pytest.mark.parametrize(
    ("text", "why"), [("   ", "empty"), ("x" * 2001, "too_long")]
)  # fmt: skip
async def test_what_cannot_be_sent_is_refused_under_its_field(kit: Kit, world: World, text: str, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        await tell.announce_preview(kit, COORDINATOR, "", Readers.EVERYBODY, text)


async def test_whoever_left_gets_nothing_and_an_erased_authors_words_go(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.add_coordinator(tx, NOOR, CHI, clock.now)
        await enrol.set_state(tx, world.ana.id, world.cohort.id, Enrolment.LEFT)
    made = await tell.announce(kit, COORDINATOR, "", Readers.EVERYBODY, "My own words")
    await pass_time(kit, clock, minutes=10)
    assert await receivers(kit, Kind.ANNOUNCEMENT) == [BO]
    await privacy.erase(kit, COORDINATOR)
    async with kit.store.read(TEAM) as tx:
        after = await told.announcement(tx, made.announcement.id)
    assert after is not None
    assert after.text is None


async def test_nobody_but_coordinators_sends_anything(kit: Kit, world: World) -> None:
    ana: Actor = actor(ANA)
    for use in (
        tell.nudge_desk(kit, ana, Audience.ALL),
        tell.nudge(kit, ana, Audience.SENIORS, HOUR),
        tell.undo_nudge(kit, ana, "n"),
        tell.announce_desk(kit, ana),
        tell.announce_preview(kit, ana, "", Readers.EVERYBODY, "Hello"),
        tell.announce(kit, ana, "", Readers.EVERYBODY, "Hello"),
        tell.undo_announcement(kit, ana, "a"),
    ):
        with pytest.raises(Refusal, match="not_coordinator"):
            await use
