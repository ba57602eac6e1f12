"""The junior's answers on a real database: hers alone, once each, changed until the check-in closes."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest

from bot.domain.checkin import Mirror, Sheet
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, Refusals
from bot.services import checkin as checkins
from bot.services.kit import Actor, Kit
from storage import enrol, report
from storage.records.checkin import CheckinState
from storage.records.report import FigureKind
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, asked, end_pair, hold, letters, pair_up, pass_time, sheet, state_of, stored
from tests.world import ANA, BO, CHI, TEAM, World

INVITES = (Kind.CHECKIN, Kind.REFLECTION)


async def test_answers_are_kept_and_go_into_the_urn(kit: Kit, world: World, clock: MovableClock) -> None:
    mine, _ = await asked(kit, world, clock)
    await checkins.answer(kit, JUNIOR, mine.id, sheet(example="He asked first"))
    assert await stored(kit, mine) == sheet(example="He asked first")
    assert await state_of(kit, mine) is CheckinState.ANSWERED
    async with kit.store.read(TEAM) as tx:
        waiting = await report.pool(tx, world.cohort.id, FigureKind.RECIPROCITY)
    assert [(one.person_id, one.source_id) for one in waiting] == [(world.ana.id, mine.id)]


async def test_a_hundred_submissions_at_once_store_one_answer(kit: Kit, world: World, clock: MovableClock) -> None:
    mine, _ = await asked(kit, world, clock)
    await asyncio.gather(*(checkins.answer(kit, JUNIOR, mine.id, sheet()) for _ in range(100)))
    async with kit.store.read(TEAM) as tx:
        rows = (await tx.conn.exec_driver_sql("select count(*), count(distinct question) from answer")).one()
        waiting = await report.pool(tx, world.cohort.id, FigureKind.RECIPROCITY)
    assert tuple(rows) == (4, 4)
    assert len(waiting) == 1


async def test_answers_can_be_changed_until_the_check_in_closes(kit: Kit, world: World, clock: MovableClock) -> None:
    mine, _ = await asked(kit, world, clock)
    await checkins.answer(kit, JUNIOR, mine.id, sheet())
    clock.set(mine.closes_at - timedelta(seconds=1))
    await checkins.answer(kit, JUNIOR, mine.id, sheet(learn="learned"))
    clock.set(mine.closes_at)
    with pytest.raises(Refusal, match=r"checkin.refused.closed"):
        await checkins.answer(kit, JUNIOR, mine.id, sheet(learn="no"))
    assert await stored(kit, mine) == sheet(learn="learned")


async def test_after_the_pair_has_ended_nothing_is_stored(kit: Kit, world: World, clock: MovableClock) -> None:
    mine, theirs = await asked(kit, world, clock)
    await end_pair(kit, world)
    with pytest.raises(Refusal, match=r"common.errors.pair_ended"):
        await checkins.answer(kit, JUNIOR, mine.id, sheet())
    with pytest.raises(Refusal, match=r"common.errors.pair_ended"):
        await checkins.reflect(kit, SENIOR, theirs.id, learned="x", shared=True, text="", due_on=None)
    assert await stored(kit, mine) is None


async def test_what_is_wrong_is_said_under_each_field_and_nothing_is_stored(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    mine, _ = await asked(kit, world, clock)
    with pytest.raises(Refusals) as refused:
        await checkins.answer(kit, JUNIOR, mine.id, sheet(learn="", help="promised"))
    fields = [problem.field for problem in refused.value.problems]
    assert fields == ["checkin.option:learn", "checkin.by_when:help"]
    assert await stored(kit, mine) is None


Try = Callable[[Kit, Actor, str], Awaitable[object]]
TRIES: dict[str, Try] = {
    "open": checkins.opened,
    "answer": lambda kit, actor, key: checkins.answer(kit, actor, key, sheet()),
    "nothing new": checkins.nothing_new,
    "redraw": lambda kit, actor, key: checkins.sheet_for(kit, actor, key, sheet()),
    "tomorrow": checkins.tomorrow,
    "skip": checkins.skip,
}


@pytest.mark.parametrize("attempt", TRIES.values(), ids=TRIES)
async def test_anybody_else_is_told_what_a_missing_check_in_would_say(
    kit: Kit, world: World, clock: MovableClock, attempt: Try
) -> None:
    mine, _ = await asked(kit, world, clock)
    await checkins.answer(kit, JUNIOR, mine.id, sheet())
    async with kit.store.write(TEAM) as tx:
        zoe = await enrol.meet_person(tx, "U07ZOE0000", name="Zoe", zone="Europe/Berlin", locale="en")
    await pair_up(kit, world, zoe, world.bo)
    strangers = [SENIOR, Actor(TEAM, zoe.user_id), Actor(TEAM, CHI), Actor(TEAM, "U0NOBODY"), Actor("T0OTHER", ANA)]
    for actor, key in [*((who, mine.id) for who in strangers), (JUNIOR, "no-such-id")]:
        with pytest.raises(Refusal) as refused:
            await attempt(kit, actor, key)
        assert (refused.value.key, refused.value.params) == ("common.errors.gone", {})


async def test_neither_side_can_answer_in_the_other_sides_form(kit: Kit, world: World, clock: MovableClock) -> None:
    mine, theirs = await asked(kit, world, clock)
    with pytest.raises(Refusal, match=r"common.errors.gone"):
        await checkins.answer(kit, SENIOR, theirs.id, sheet())
    with pytest.raises(Refusal, match=r"common.errors.gone"):
        await checkins.reflect(kit, JUNIOR, mine.id, learned="x", shared=True, text="", due_on=None)


async def test_nothing_new_copies_the_last_answers_in_one_tap(kit: Kit, world: World, clock: MovableClock) -> None:
    first, _ = await asked(kit, world, clock)
    await checkins.answer(kit, JUNIOR, first.id, sheet(example="then"))
    second, _ = await asked(kit, world, clock)
    shown = await checkins.opened(kit, JUNIOR, second.id)
    assert isinstance(shown, Sheet)
    assert (shown.again, shown.copyable) == (True, True)
    await checkins.nothing_new(kit, JUNIOR, second.id)
    copy = await stored(kit, second)
    assert copy is not None
    assert [(a.option, a.example) for a in copy.answers] == [(a.option, "") for a in sheet().answers]


async def test_nothing_new_pressed_in_an_old_window_does_not_undo_an_answer(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    first, _ = await asked(kit, world, clock)
    await checkins.answer(kit, JUNIOR, first.id, sheet())
    second, _ = await asked(kit, world, clock)
    await checkins.answer(kit, JUNIOR, second.id, sheet(learn="no"))
    await checkins.nothing_new(kit, JUNIOR, second.id)
    assert await stored(kit, second) == sheet(learn="no")


async def test_the_first_time_and_after_a_passed_promise_there_is_nothing_to_copy(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    first, _ = await asked(kit, world, clock)
    with pytest.raises(Refusal, match=r"checkin.refused.ask_again"):
        await checkins.nothing_new(kit, JUNIOR, first.id)
    await checkins.answer(kit, JUNIOR, first.id, sheet(help="promised", by_when=date(2026, 3, 4)))
    clock.move(days=5)
    second, _ = await asked(kit, world, clock)
    shown = await checkins.opened(kit, JUNIOR, second.id)
    assert isinstance(shown, Sheet)
    assert (shown.again, shown.copyable) == (True, False)
    with pytest.raises(Refusal, match=r"checkin.refused.ask_again"):
        await checkins.nothing_new(kit, JUNIOR, second.id)


async def test_the_command_opens_the_last_session_before_anybody_is_asked(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await hold(kit, world)
    early = await checkins.current(kit, JUNIOR)
    mirror = await checkins.current(kit, SENIOR)
    assert isinstance(early, Sheet)
    assert isinstance(mirror, Mirror)
    await checkins.answer(kit, JUNIOR, early.checkin.id, sheet())
    await pass_time(kit, clock, clock.now + timedelta(days=2))
    assert [letter.to for letter in await letters(kit, *INVITES)] == [BO]


async def test_the_command_opens_answers_that_can_still_be_changed(kit: Kit, world: World, clock: MovableClock) -> None:
    mine, _ = await asked(kit, world, clock)
    await checkins.answer(kit, JUNIOR, mine.id, sheet(example="mine"))
    shown = await checkins.current(kit, JUNIOR)
    assert isinstance(shown, Sheet)
    assert (shown.checkin.id, shown.filled, shown.again) == (mine.id, sheet(example="mine"), False)


async def test_the_command_says_so_when_nothing_is_open(kit: Kit, world: World, clock: MovableClock) -> None:
    with pytest.raises(Refusal, match=r"common.errors.no_session"):
        await checkins.current(kit, JUNIOR)
    await hold(kit, world)
    clock.move(days=15)
    with pytest.raises(Refusal, match=r"checkin.refused.nothing_open"):
        await checkins.current(kit, JUNIOR)
    with pytest.raises(Refusal, match=r"common.errors.not_enrolled"):
        await checkins.current(kit, Actor(TEAM, CHI))
