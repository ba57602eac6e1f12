"""The senior answers, moves and makes introductions; the junior takes up or lets go; each can be undone."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from bot.domain.intro import Draft, meant
from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, Refusals
from bot.services import intro as intros
from bot.services import pause as pauses
from bot.services.kit import Actor, Kit
from storage import intro
from storage.records.delivery import DueState
from storage.records.intro import Introduction, IntroState
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, end_pair, letters, pass_time, planned
from tests.services.commit.steps import TEN_MINUTES
from tests.services.intro.steps import DAY, MAX, account, asked, now_
from tests.world import ANA, BO, CHI, TEAM, World

Act = Callable[[Kit, Actor, str], Awaitable[object]]
REASON = "They are in the middle of a move; ask me again in May"
INSTEAD = Draft(user=MAX)


def agree(kit: Kit, actor: Actor, intro_id: str) -> Awaitable[object]:
    return intros.agree(kit, actor, intro_id, DAY)


def better(kit: Kit, actor: Actor, intro_id: str) -> Awaitable[object]:
    return intros.better(kit, actor, intro_id, INSTEAD, "He plans the rota there", account(MAX))


def decline(kit: Kit, actor: Actor, intro_id: str) -> Awaitable[object]:
    return intros.decline(kit, actor, intro_id, REASON)


ANSWERS: dict[str, Act] = {"agreed": agree, "better": better, "declined": decline, "made": intros.made}


async def heard(kit: Kit, world: World, clock: MovableClock) -> Introduction:
    """Asked for, and the senior has heard of it."""
    it = await asked(kit, world)
    await pass_time(kit, clock, clock.now + TEN_MINUTES)
    return it


async def pending(kit: Kit, job: Job, it: Introduction) -> int:
    return len([item for item in await planned(kit, job, it.id) if item.state is DueState.PENDING])


@pytest.mark.parametrize("what", ANSWERS)
async def test_each_answer_reaches_the_junior_after_ten_minutes_and_undone_it_never_does(
    kit: Kit, world: World, clock: MovableClock, what: str
) -> None:
    it = await heard(kit, world, clock)
    await ANSWERS[what](kit, SENIOR, it.id)
    clock.move(minutes=9)
    seen = (await intros.listed(kit, JUNIOR)).pairs[0][2]
    assert [one.state for one in seen] == [IntroState.ASKED]
    await intros.undo(kit, SENIOR, it.id, what)
    back = await now_(kit, it)
    assert (back.state, back.due_on, back.made_at, back.answer) == (IntroState.ASKED, None, None, None)
    await pass_time(kit, clock, clock.now + TEN_MINUTES)
    assert await letters(kit, Kind.INTRO_TOLD) == []
    await ANSWERS[what](kit, SENIOR, it.id)
    await pass_time(kit, clock, clock.now + TEN_MINUTES)
    assert [letter.to for letter in await letters(kit, Kind.INTRO_TOLD)] == [ANA]
    with pytest.raises(Refusal, match=r"too_late"):
        await intros.undo(kit, SENIOR, it.id, what)


@pytest.mark.parametrize("what", ANSWERS)
async def test_only_the_senior_of_the_pair_answers(kit: Kit, world: World, clock: MovableClock, what: str) -> None:
    it = await heard(kit, world, clock)
    for actor, key in ((JUNIOR, it.id), (Actor(TEAM, CHI), it.id), (Actor("T0OTHER", BO), it.id), (SENIOR, "none")):
        with pytest.raises(Refusal, match=r"common.errors.gone"):
            await ANSWERS[what](kit, actor, key)
    for act in (intros.let_go, intros.take):
        with pytest.raises(Refusal, match=r"common.errors.gone|settled"):
            await act(kit, SENIOR, it.id)
    await end_pair(kit, world)
    with pytest.raises(Refusal, match=r"pair_ended"):
        await ANSWERS[what](kit, SENIOR, it.id)


async def test_of_two_devices_the_first_counts(kit: Kit, world: World, clock: MovableClock) -> None:
    it = await heard(kit, world, clock)
    await decline(kit, SENIOR, it.id)
    for what in ANSWERS:
        with pytest.raises(Refusal, match=r"settled"):
            await ANSWERS[what](kit, SENIOR, it.id)
    assert (await now_(kit, it)).state is IntroState.DECLINED


async def test_not_now_needs_a_reason_and_a_day_must_lie_ahead(kit: Kit, world: World, clock: MovableClock) -> None:
    it = await heard(kit, world, clock)
    with pytest.raises(Refusals, match=r"common.errors.empty"):
        await intros.decline(kit, SENIOR, it.id, "  ")
    for day in (None, date(2020, 1, 1), clock.now.date(), date(2030, 1, 1)):
        with pytest.raises(Refusals):
            await intros.agree(kit, SENIOR, it.id, day)
    assert (await now_(kit, it)).state is IntroState.ASKED


async def test_a_day_is_reminded_of_before_and_on_it_and_a_week_after_and_a_moved_one_instead(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    it = await heard(kit, world, clock)
    await agree(kit, SENIOR, it.id)
    with pytest.raises(Refusals, match=r"same_day"):
        await agree(kit, SENIOR, it.id)
    await intros.agree(kit, SENIOR, it.id, date(2026, 4, 15))
    await pass_time(kit, clock, clock.now.replace(month=4, day=30))
    told = [(letter.to, letter.params["moment"], letter.due_at.day) for letter in await letters(kit, Kind.INTRO_DUE)]
    assert told == [(BO, "before", 13), (BO, "day", 15), (BO, "after", 22)]
    assert [letter.params["at"] for letter in await letters(kit, Kind.INTRO_TOLD)] == [told_at(await now_(kit, it))]


def told_at(it: Introduction) -> str:
    return f"{it.changed_at:%Y%m%dT%H%M%S%f}"


async def test_the_junior_takes_up_whom_the_senior_named_and_he_is_asked_again(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    it = await heard(kit, world, clock)
    await better(kit, SENIOR, it.id)
    with pytest.raises(Refusal, match=r"settled"):
        await intros.made(kit, SENIOR, it.id)
    await pass_time(kit, clock, clock.now + TEN_MINUTES)
    await intros.take(kit, JUNIOR, it.id)
    assert meant(await now_(kit, it)) == (MAX, "")
    await pass_time(kit, clock, clock.now + TEN_MINUTES)
    assert [letter.to for letter in await letters(kit, Kind.INTRO_ASKED)] == [BO, BO]
    with pytest.raises(Refusal, match=r"better_twice"):
        await better(kit, SENIOR, it.id)
    await decline(kit, SENIOR, it.id)
    await intros.undo(kit, SENIOR, it.id, "declined")
    again = await now_(kit, it)
    assert again.answer is not None and (again.answer.to_user, again.answer.why_not) == (MAX, "")


async def test_the_senior_cannot_name_himself_or_somebody_above_the_junior(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    it = await heard(kit, world, clock)
    for user, key in ((BO, "yourself"), (ANA, "your_junior")):
        with pytest.raises(Refusals, match=key):
            await intros.better(kit, SENIOR, it.id, Draft(user=user), "", account(user))
    assert (await now_(kit, it)).answer is None


async def test_let_rest_it_stops_and_undone_it_goes_on(kit: Kit, world: World, clock: MovableClock) -> None:
    it = await heard(kit, world, clock)
    await agree(kit, SENIOR, it.id)
    await pass_time(kit, clock, clock.now + TEN_MINUTES)
    await intros.let_go(kit, JUNIOR, it.id)
    assert await pending(kit, Job.INTRO_DUE, it) == 0
    await intros.undo(kit, JUNIOR, it.id, "rested")
    assert await pending(kit, Job.INTRO_DUE, it) == 3
    assert (await now_(kit, it)).due_on == DAY
    await pass_time(kit, clock, clock.now + TEN_MINUTES)
    assert await letters(kit, Kind.INTRO_LET_GO) == []


async def test_what_nobody_answers_is_reminded_of_once_and_rests_after_four_weeks(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    it = await heard(kit, world, clock)
    await pass_time(kit, clock, clock.now.replace(month=4, day=20))
    assert [(letter.to, letter.due_at.day) for letter in await letters(kit, Kind.INTRO_WAITING)] == [(BO, 5)]
    assert (await now_(kit, it)).state is IntroState.LAPSED
    assert [letter.to for letter in await letters(kit, Kind.INTRO_TOLD)] == [ANA]
    await intros.made(kit, SENIOR, it.id)
    assert (await now_(kit, it)).state is IntroState.MADE


async def test_a_pause_holds_what_is_planned_and_the_end_of_the_pair_stops_it(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    it = await heard(kit, world, clock)
    await agree(kit, SENIOR, it.id)
    await pauses.pause(kit, JUNIOR, date(2026, 3, 25), "")
    held = [item for item in await planned(kit, Job.INTRO_DUE, it.id) if item.state is DueState.PENDING]
    assert [item.planned_at is not None for item in held] == [True, True, False]
    await pauses.resume(kit, JUNIOR)
    await end_pair(kit, world)
    await pass_time(kit, clock, clock.now.replace(month=4, day=30))
    assert await letters(kit, Kind.INTRO_DUE) == []


async def test_made_is_counted_for_the_senior(kit: Kit, world: World, clock: MovableClock) -> None:
    it = await heard(kit, world, clock)
    await intros.made(kit, SENIOR, it.id)
    async with kit.store.read(TEAM) as tx:
        assert await intro.made_by(tx, world.bo.id) == 1
        assert await intro.made_by(tx, world.ana.id) == 0
