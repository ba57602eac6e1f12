"""Suggestions from both sides, on a real database: asked in turn, undone, expired, raced, started."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import match
from bot.services.kit import Kit
from storage import enrol as people
from storage import meet
from storage.ids import new_id
from storage.records.enrol import Enrolment, Person, Side
from storage.records.match import PairState
from storage.records.meet import Session, SessionState
from tests.clockwork import MovableClock
from tests.services.match.steps import propose, say, started, state
from tests.services.town_hall import (
    COORDINATOR,
    JUNO,
    MAX,
    actor,
    letters,
    receivers,
    work_until,
)
from tests.world import ANA, CHI, NOOR, TEAM, World


async def test_the_junior_is_asked_first_and_the_senior_hears_nothing(kit: Kit, couple: tuple[Person, Person]) -> None:
    pair = await propose(kit, couple)
    assert pair.why == "purpose_technology department"
    assert await receivers(kit, Kind.PROPOSAL_JUNIOR) == [JUNO]
    assert await receivers(kit, Kind.PROPOSAL_SENIOR) == []


async def test_ten_minutes_after_the_junior_s_yes_the_senior_is_asked(
    kit: Kit, couple: tuple[Person, Person], clock: MovableClock
) -> None:
    pair = await propose(kit, couple)
    await say(kit, JUNO, pair)
    await work_until(kit, clock, clock.now + timedelta(minutes=9))
    assert await receivers(kit, Kind.PROPOSAL_SENIOR) == []
    await work_until(kit, clock, clock.now + timedelta(minutes=1))
    assert await receivers(kit, Kind.PROPOSAL_SENIOR) == [MAX]


async def test_a_yes_taken_back_in_time_leaves_the_senior_in_peace(
    kit: Kit, couple: tuple[Person, Person], clock: MovableClock
) -> None:
    pair = await propose(kit, couple)
    await say(kit, JUNO, pair)
    clock.move(minutes=5)
    assert await match.undo(kit, actor(JUNO), pair.id) is Side.JUNIOR
    assert (await match.proposal_again(kit, actor(JUNO), pair.id)).asked is Side.JUNIOR
    await work_until(kit, clock, clock.now + timedelta(hours=1))
    assert await receivers(kit, Kind.PROPOSAL_SENIOR) == []
    await say(kit, JUNO, pair)
    await work_until(kit, clock, clock.now + timedelta(minutes=10))
    assert await receivers(kit, Kind.PROPOSAL_SENIOR) == [MAX]


async def test_after_ten_minutes_nothing_is_taken_back(
    kit: Kit, couple: tuple[Person, Person], clock: MovableClock
) -> None:
    pair = await propose(kit, couple)
    await say(kit, JUNO, pair)
    await work_until(kit, clock, clock.now + timedelta(minutes=10))
    with pytest.raises(Refusal, match="too_late"):
        await match.undo(kit, actor(JUNO), pair.id)


async def test_a_junior_s_no_is_invisible_to_the_senior(
    kit: Kit, couple: tuple[Person, Person], clock: MovableClock
) -> None:
    pair = await propose(kit, couple)
    await say(kit, JUNO, pair, yes=False)
    await work_until(kit, clock, clock.now + timedelta(days=12))
    assert await state(kit, pair) is PairState.DECLINED
    about_it = {to for kind, to, _ in await letters(kit) if kind.startswith("match.")}
    assert about_it == {JUNO}


async def test_a_no_can_be_taken_back_for_ten_minutes(
    kit: Kit, couple: tuple[Person, Person], clock: MovableClock
) -> None:
    pair = await propose(kit, couple)
    await say(kit, JUNO, pair, yes=False)
    clock.move(minutes=10)
    await match.undo(kit, actor(JUNO), pair.id)
    assert await state(kit, pair) is PairState.PROPOSED
    await say(kit, JUNO, pair, yes=False)
    clock.move(minutes=11)
    with pytest.raises(Refusal, match="too_late"):
        await match.undo(kit, actor(JUNO), pair.id)


async def test_after_the_senior_s_no_the_junior_hears_neutrally_unless_it_is_taken_back(
    kit: Kit, couple: tuple[Person, Person], clock: MovableClock
) -> None:
    pair = await propose(kit, couple)
    await say(kit, JUNO, pair)
    await work_until(kit, clock, clock.now + timedelta(minutes=10))
    for _ in range(2):
        await say(kit, MAX, pair, yes=False)
        await match.undo(kit, actor(MAX), pair.id)
    await work_until(kit, clock, clock.now + timedelta(minutes=10))
    assert await letters(kit, Kind.PROPOSAL_CLOSED) == []
    await say(kit, MAX, pair, yes=False)
    await work_until(kit, clock, clock.now + timedelta(minutes=10))
    assert await receivers(kit, Kind.PROPOSAL_CLOSED) == [JUNO]


async def test_nobody_answers_one_reminder_then_back_to_the_pool(
    kit: Kit, couple: tuple[Person, Person], clock: MovableClock
) -> None:
    pair = await propose(kit, couple)
    await work_until(kit, clock, datetime(2026, 3, 9, 8, tzinfo=UTC))
    assert await letters(kit, Kind.PROPOSAL_REMINDER) == [
        (Kind.PROPOSAL_REMINDER, JUNO, datetime(2026, 3, 4, 9, tzinfo=UTC))
    ]
    assert await state(kit, pair) is PairState.PROPOSED
    await work_until(kit, clock, datetime(2026, 3, 9, 10, tzinfo=UTC))
    assert await state(kit, pair) is PairState.DECLINED
    assert await receivers(kit, Kind.PROPOSAL_CLOSED) == [JUNO]
    with pytest.raises(Refusal, match="closed"):
        await say(kit, JUNO, pair)


async def test_a_senior_who_does_not_answer_looks_to_the_junior_like_one_who_said_no(
    kit: Kit, couple: tuple[Person, Person], clock: MovableClock
) -> None:
    pair = await propose(kit, couple)
    await say(kit, JUNO, pair)
    await work_until(kit, clock, datetime(2026, 3, 10, tzinfo=UTC))
    assert await state(kit, pair) is PairState.DECLINED
    assert sorted(await receivers(kit, Kind.PROPOSAL_CLOSED)) == sorted([JUNO, MAX])


async def test_undoing_on_the_last_day_leaves_time_to_answer(
    kit: Kit, couple: tuple[Person, Person], clock: MovableClock
) -> None:
    pair = await propose(kit, couple)
    clock.set(datetime(2026, 3, 9, 8, 58, tzinfo=UTC))
    await say(kit, JUNO, pair)
    await work_until(kit, clock, datetime(2026, 3, 9, 9, 2, tzinfo=UTC))
    await match.undo(kit, actor(JUNO), pair.id)
    await work_until(kit, clock, datetime(2026, 3, 10, 8, tzinfo=UTC))
    assert await state(kit, pair) is PairState.PROPOSED
    await work_until(kit, clock, datetime(2026, 3, 10, 10, tzinfo=UTC))
    assert await state(kit, pair) is PairState.DECLINED


async def test_the_same_answer_twice_is_one_and_another_one_is_refused(
    kit: Kit, couple: tuple[Person, Person], clock: MovableClock
) -> None:
    pair = await propose(kit, couple)
    await say(kit, JUNO, pair)
    clock.move(minutes=1)
    await say(kit, JUNO, pair)
    with pytest.raises(Refusal, match="answered"):
        await say(kit, JUNO, pair, yes=False)
    await work_until(kit, clock, clock.now + timedelta(minutes=20))
    assert await receivers(kit, Kind.PROPOSAL_SENIOR) == [MAX]


async def test_a_senior_cannot_answer_before_being_asked(kit: Kit, couple: tuple[Person, Person]) -> None:
    pair = await propose(kit, couple)
    for _ in range(2):
        with pytest.raises(Refusal):
            await say(kit, MAX, pair)
        await say(kit, JUNO, pair)
    assert await state(kit, pair) is PairState.ASKING_SENIOR


async def test_somebody_else_s_suggestion_and_one_that_does_not_exist_look_alike(
    kit: Kit, couple: tuple[Person, Person]
) -> None:
    pair = await propose(kit, couple)
    for use in (
        match.answer(kit, actor(ANA), pair.id, yes=True),
        match.answer(kit, actor(CHI), pair.id, yes=True),
        match.answer(kit, actor(ANA), "no-such-pair", yes=True),
        match.undo(kit, actor(ANA), pair.id),
        match.ask_coordinator(kit, actor(ANA), pair.id),
        match.withdraw(kit, COORDINATOR, "no-such-pair"),
    ):
        with pytest.raises(Refusal, match=r"common\.errors\.gone"):
            await use


async def test_a_pair_starts_ten_minutes_after_the_senior_s_yes(
    kit: Kit, couple: tuple[Person, Person], clock: MovableClock, world: World
) -> None:
    pair = await started(kit, clock, couple)
    assert await state(kit, pair) is PairState.ACTIVE
    assert await receivers(kit, Kind.PAIR_STARTED) == [pair.id]
    assert await receivers(kit, Kind.SENIOR_GOES_FIRST) == [MAX]
    assert await receivers(kit, Kind.JUNIOR_WELCOME) == [JUNO]
    async with kit.store.read(TEAM) as tx:
        places = [await people.place(tx, one.id, world.cohort.id) for one in couple]
    assert [p.state for p in places if p] == [Enrolment.PAIRED, Enrolment.PAIRED]
    with pytest.raises(Refusal, match="started"):
        await say(kit, MAX, pair)
    with pytest.raises(Refusal, match="too_late"):
        await match.undo(kit, actor(MAX), pair.id)


async def test_the_senior_s_yes_taken_back_starts_nothing(
    kit: Kit, couple: tuple[Person, Person], clock: MovableClock
) -> None:
    pair = await propose(kit, couple)
    await say(kit, JUNO, pair)
    await work_until(kit, clock, clock.now + timedelta(minutes=10))
    await say(kit, MAX, pair)
    await match.undo(kit, actor(MAX), pair.id)
    await work_until(kit, clock, clock.now + timedelta(hours=1))
    assert await state(kit, pair) is PairState.ASKING_SENIOR
    assert await letters(kit, Kind.PAIR_STARTED) == []


@pytest.mark.parametrize("obstacle", ["line", "conflict"])
async def test_what_becomes_known_on_the_way_stops_a_suggestion(
    kit: Kit, couple: tuple[Person, Person], clock: MovableClock, obstacle: str
) -> None:
    pair = await propose(kit, couple)
    await say(kit, JUNO, pair)
    if obstacle == "line":
        assert (await match.set_line(kit, COORDINATOR, NOOR, MAX)).touched
    else:
        assert (await match.declare(kit, COORDINATOR, JUNO, MAX)).touched
    await work_until(kit, clock, clock.now + timedelta(minutes=10))
    assert await state(kit, pair) is PairState.EXPIRED
    assert await receivers(kit, Kind.PROPOSAL_SENIOR) == []
    assert await receivers(kit, Kind.PROPOSAL_CLOSED) == [JUNO]


async def test_at_night_people_are_asked_in_the_morning(
    kit: Kit, couple: tuple[Person, Person], clock: MovableClock
) -> None:
    clock.set(datetime(2026, 3, 6, 22, tzinfo=UTC))
    await propose(kit, couple)
    assert [at for _, _, at in await letters(kit, Kind.PROPOSAL_JUNIOR)] == [datetime(2026, 3, 9, 9, tzinfo=UTC)]


async def test_without_a_date_the_senior_is_reminded_and_then_both(
    kit: Kit, couple: tuple[Person, Person], clock: MovableClock
) -> None:
    await started(kit, clock, couple)
    await work_until(kit, clock, datetime(2026, 3, 5, tzinfo=UTC))
    assert await receivers(kit, Kind.FIRST_CONTACT) == [MAX]
    await work_until(kit, clock, datetime(2026, 3, 11, tzinfo=UTC))
    both = await letters(kit, Kind.FIRST_CONTACT)
    assert [to for _, to, _ in both] == [MAX, MAX, JUNO]
    assert both[1][2] == both[2][2]


async def test_with_a_date_nobody_is_reminded(kit: Kit, couple: tuple[Person, Person], clock: MovableClock) -> None:
    pair = await started(kit, clock, couple)
    session = Session(
        new_id(),
        TEAM,
        pair.id,
        1,
        clock.now + timedelta(days=9),
        60,
        "",
        SessionState.PLANNED,
        couple[1].id,
        None,
        None,
    )
    async with kit.store.write(TEAM) as tx:
        await meet.add(tx, session)
    await work_until(kit, clock, datetime(2026, 3, 11, tzinfo=UTC))
    assert await letters(kit, Kind.FIRST_CONTACT) == []
