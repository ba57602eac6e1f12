"""Commitments on a real database: made, moved, kept, undone, and listed."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.commit import Changed, What
from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, Refusals
from bot.services import commit as commits
from bot.services.kit import Actor, Kit
from storage import commit, enrol
from storage.records.commit import CommitmentKind, CommitmentState
from storage.records.delivery import DueState
from storage.records.enrol import Side
from storage.report import recent
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, end_pair, letters, pair_up, pass_time, planned
from tests.services.commit.steps import DAY, TEN_MINUTES, TEXT, made, now_
from tests.world import BO, CHI, TEAM, World


async def test_the_senior_is_reminded_before_on_the_day_and_a_week_after(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await made(kit, world)
    await pass_time(kit, clock, datetime(2026, 4, 30, tzinfo=UTC))
    told = [
        (letter.to, letter.params["moment"], letter.due_at.day) for letter in await letters(kit, Kind.COMMITMENT_DUE)
    ]
    assert told == [(BO, "before", 18), (BO, "day", 20), (BO, "after", 27)]


async def test_nobody_is_reminded_of_what_is_done_or_dropped(kit: Kit, world: World, clock: MovableClock) -> None:
    one, other = await made(kit, world), await made(kit, world)
    await commits.done(kit, SENIOR, one.id)
    await commits.drop(kit, SENIOR, other.id)
    await pass_time(kit, clock, datetime(2026, 4, 30, tzinfo=UTC))
    assert await letters(kit, Kind.COMMITMENT_DUE) == []


async def test_a_moved_day_is_reminded_of_instead(kit: Kit, world: World, clock: MovableClock) -> None:
    it = await made(kit, world)
    await commits.move(kit, SENIOR, it.id, date(2026, 4, 15))
    await pass_time(kit, clock, datetime(2026, 4, 30, tzinfo=UTC))
    assert [letter.due_at.day for letter in await letters(kit, Kind.COMMITMENT_DUE)] == [13, 15, 22]


async def test_moved_twice_is_slipping(kit: Kit, world: World) -> None:
    it = await made(kit, world)
    for day in (date(2026, 3, 27), date(2026, 4, 3)):
        await commits.move(kit, SENIOR, it.id, day)
    moved = await now_(kit, it)
    assert moved is not None
    assert (moved.slipping, moved.moved, moved.due_on) == (True, 2, date(2026, 4, 3))


@pytest.mark.parametrize("day", [DAY, date(2026, 3, 2), date(2020, 1, 1), date(2030, 1, 1), None])
async def test_a_day_that_is_the_same_past_or_far_is_refused(kit: Kit, world: World, day: date | None) -> None:
    it = await made(kit, world)
    with pytest.raises(Refusals) as refused:
        await commits.move(kit, SENIOR, it.id, day)
    assert [problem.field for problem in refused.value.problems] == ["commit.due_on"]
    assert await now_(kit, it) == it


Act = Callable[[Kit, Actor, str], Awaitable[object]]
ACTS: dict[str, Act] = {
    "done": commits.done,
    "drop": commits.drop,
    "move": lambda kit, actor, key: commits.move(kit, actor, key, date(2026, 4, 1)),
    "to move": commits.to_move,
    "undo": lambda kit, actor, key: commits.undo(kit, actor, key, "made"),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
async def test_only_the_senior_who_made_it_can_change_it(kit: Kit, world: World, act: Act) -> None:
    it = await made(kit, world)
    strangers = [(JUNIOR, it.id), (Actor(TEAM, CHI), it.id), (Actor("T0OTHER", BO), it.id), (SENIOR, "no-such-id")]
    for actor, key in strangers:
        with pytest.raises(Refusal, match=r"common.errors.gone"):
            await act(kit, actor, key)
    assert await now_(kit, it) == it


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
async def test_after_the_pair_has_ended_it_stays_as_it_is(kit: Kit, world: World, act: Act) -> None:
    it = await made(kit, world)
    await end_pair(kit, world)
    with pytest.raises(Refusal, match=r"common.errors.pair_ended"):
        await act(kit, SENIOR, it.id)
    assert await now_(kit, it) == it


async def test_pressing_done_twice_does_it_once(kit: Kit, world: World) -> None:
    it = await made(kit, world)
    await commits.done(kit, SENIOR, it.id)
    with pytest.raises(Refusal, match=r"already_done"):
        await commits.done(kit, SENIOR, it.id)
    assert len(await letters(kit, Kind.COMMITMENT_CHANGED)) == 1
    assert len(await planned(kit, Job.ASK_NOTICED, it.id)) == 1


@pytest.mark.parametrize("what", ["done", "dropped", "moved"])
async def test_each_change_can_be_undone_and_then_nobody_hears_of_it(
    kit: Kit, world: World, clock: MovableClock, what: str
) -> None:
    it = await made(kit, world)
    clock.move(minutes=11)
    acts = {"done": commits.done, "dropped": commits.drop, "moved": ACTS["move"]}
    await acts[what](kit, SENIOR, it.id)
    clock.move(minutes=9)
    restored = await commits.undo(kit, SENIOR, it.id, what)
    assert restored is not None
    after = restored.commitment
    assert (after.state, after.due_on, after.moved, after.done_at) == (CommitmentState.OPEN, DAY, 0, None)
    await pass_time(kit, clock, clock.now + timedelta(days=10))
    assert await letters(kit, Kind.COMMITMENT_CHANGED, Kind.NOTICED) == []
    pending = [d for d in await planned(kit, Job.COMMITMENT_DUE, it.id) if d.state is DueState.PENDING]
    assert len(pending) == 3


async def test_after_ten_minutes_it_is_too_late_to_undo(kit: Kit, world: World, clock: MovableClock) -> None:
    it = await made(kit, world)
    await commits.done(kit, SENIOR, it.id)
    clock.move(minutes=10, seconds=1)
    with pytest.raises(Refusal, match=r"commit.refused.too_late"):
        await commits.undo(kit, SENIOR, it.id, "done")


async def test_undo_pressed_twice_takes_back_one_change_only(kit: Kit, world: World) -> None:
    it = await made(kit, world)
    await commits.done(kit, SENIOR, it.id)
    await commits.undo(kit, SENIOR, it.id, "done")
    with pytest.raises(Refusal, match=r"already_done"):
        await commits.undo(kit, SENIOR, it.id, "done")
    assert await now_(kit, it) is not None


async def test_a_new_one_can_be_forgotten_and_the_pair_space_never_hears_of_it(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    it = await made(kit, world)
    assert await commits.undo(kit, SENIOR, it.id, "made") is None
    await pass_time(kit, clock, clock.now + timedelta(days=30))
    assert await now_(kit, it) is None
    assert await letters(kit, Kind.COMMITMENT_MADE, Kind.COMMITMENT_DUE) == []


async def test_dropped_before_anybody_heard_is_silent_and_taken_back_is_told_after_all(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    it = await made(kit, world)
    await commits.drop(kit, SENIOR, it.id)
    assert await letters(kit, Kind.COMMITMENT_MADE, Kind.COMMITMENT_CHANGED) == []
    await commits.undo(kit, SENIOR, it.id, "dropped")
    assert len(await letters(kit, Kind.COMMITMENT_MADE)) == 1


async def test_two_changes_within_ten_minutes_are_one_message(kit: Kit, world: World, clock: MovableClock) -> None:
    it = await made(kit, world)
    await commits.move(kit, SENIOR, it.id, date(2026, 4, 1))
    await commits.done(kit, SENIOR, it.id)
    told = await letters(kit, Kind.COMMITMENT_CHANGED)
    assert [round((letter.due_at - clock.now) / TEN_MINUTES, 3) for letter in told] == [1]


async def test_only_seniors_commit_and_each_in_their_own_pair(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        zoe = await enrol.meet_person(tx, "U07ZOE0000", name="Zoe", zone="Europe/Berlin", locale="en")
    other = await pair_up(kit, world, world.ana, zoe)
    for actor, pair in ((JUNIOR, world.pair), (SENIOR, other), (Actor(TEAM, CHI), world.pair)):
        with pytest.raises(Refusal, match=r"common.errors.gone"):
            await commits.add(kit, actor, pair.id, kind=CommitmentKind.HELP, text=TEXT, due_on=DAY)
    assert (await commits.draft_for(kit, JUNIOR, "")).side is Side.JUNIOR


async def test_both_sides_see_the_same_list(kit: Kit, world: World) -> None:
    it = await made(kit, world)
    theirs, hers = await commits.listed(kit, SENIOR), await commits.listed(kit, JUNIOR)
    assert [p[2] for p in theirs.pairs] == [p[2] for p in hers.pairs] == [(it,)]


async def test_a_restored_commitment_says_so(kit: Kit, world: World) -> None:
    it = await made(kit, world)
    assert (await commits.done(kit, SENIOR, it.id)).what is What.DONE
    restored = await commits.undo(kit, SENIOR, it.id, "done")
    assert isinstance(restored, Changed)
    assert restored.what is What.RESTORED


async def test_figures_for_coordinators_hold_no_text(kit: Kit, world: World) -> None:
    await made(kit, world)
    async with kit.store.read(TEAM) as tx:
        known = await commit.of_cohort(tx, world.cohort.id)
        assert await recent.promises(tx, world.cohort.id, date(2026, 3, 16), date(2026, 3, 22)) == (1, 0, 0)
        assert await recent.promises(tx, world.cohort.id, date(2026, 3, 1), date(2026, 3, 19)) == (0, 0, 0)
    assert [(c.text, c.due_on) for c in known] == [(None, DAY)]


async def test_the_pair_that_a_button_names_is_offered_first(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        zoe = await enrol.meet_person(tx, "U07ZOE0000", name="Zoe", zone="Europe/Berlin", locale="en")
    other = await pair_up(kit, world, zoe, world.bo)
    draft = await commits.draft_for(kit, SENIOR, "", other.id)
    assert [people.pair.id for people in draft.pairs] == [other.id, world.pair.id]
