"""Reading lessons at any time: which somebody has, marks, undo, and what coordinators are offered when."""

from datetime import timedelta

import pytest

from bot.domain.learn import Track
from bot.domain.refusals import Refusal
from bot.services import learn
from bot.services.kit import Actor, Kit
from bot.services.learn import reading
from storage import learn as stored
from storage import match, programme
from storage.records.match import PairState
from storage.records.programme import CohortState
from tests.clockwork import MovableClock
from tests.services.prepare.steps import COORDINATOR, JUNIOR, SENIOR
from tests.world import CHI, TEAM, World


async def refused(wanted: str, kit: Kit, actor: Actor) -> str:
    with pytest.raises(Refusal) as caught:
        await reading.open_(kit, actor, wanted)
    return caught.value.key


async def test_each_has_the_track_of_their_side_and_nobody_elses(kit: Kit, world: World) -> None:
    tracks = {actor: [shelf.track for shelf in (await reading.all_of(kit, actor)).shelves]
              for actor in (JUNIOR, SENIOR, COORDINATOR)}  # fmt: skip
    assert tracks == {JUNIOR: [Track.JUNIOR], SENIOR: [Track.SENIOR], COORDINATOR: [Track.COORDINATOR]}
    assert await refused("s1", kit, JUNIOR) == await refused("nowhere", kit, JUNIOR) == "common.errors.gone"


async def test_somebody_who_takes_no_part_is_told_how_to(kit: Kit, world: World) -> None:
    assert await refused("j1", kit, Actor(TEAM, "U07NOBODY0")) == "common.errors.not_enrolled"


async def test_the_command_opens_the_next_one_or_the_one_that_is_named(kit: Kit, world: World) -> None:
    found = [await reading.named(kit, JUNIOR, wanted) for wanted in ("", "3", "J6")]
    assert [one.lesson for one in found if one] == ["j1", "j3", "j6"]
    with pytest.raises(Refusal):
        await reading.named(kit, JUNIOR, "9")
    for n in range(1, 7):
        await reading.mark(kit, JUNIOR, f"j{n}")
    assert await reading.named(kit, JUNIOR, "") is None, "everything is read: the list helps more"


async def test_a_mark_can_be_taken_back_for_ten_minutes_and_is_nobody_elses(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    assert (await reading.mark(kit, JUNIOR, "j1")).shelf.done == 1
    assert (await reading.mark(kit, JUNIOR, "j1")).shelf.done == 1
    assert (await reading.undo(kit, JUNIOR, "j1")).shelf.done == 0
    await reading.mark(kit, JUNIOR, "j1")
    clock.set(clock.now + timedelta(minutes=11))
    with pytest.raises(Refusal, match="undo_late"):
        await reading.undo(kit, JUNIOR, "j1")
    async with kit.store.read(TEAM) as tx:
        assert await stored.marks(tx, SENIOR.user_id) == []


async def test_before_there_is_a_programme_its_first_lesson_is_open(kit: Kit) -> None:
    found = await reading.open_(kit, Actor(TEAM, "U07FIRST00"), "c1")
    assert found.shelf.track is Track.COORDINATOR


async def test_coordinators_are_offered_a_lesson_at_its_moment(kit: Kit, world: World) -> None:
    async def offered() -> str | None:
        async with kit.store.read(TEAM) as tx:
            return (await learn.offer_of(kit, tx, CHI, await programme.get(tx), kit.clock())).lesson

    assert await offered() == "c2", "a cohort is open"
    async with kit.store.write(TEAM) as tx:
        await match.move(tx, world.pair.id, PairState.ACTIVE, PairState.PAUSED)
    assert await offered() == "c4", "a pair pauses for the first time"
    async with kit.store.write(TEAM) as tx:
        await programme.set_cohort(tx, world.cohort.id, pilot=True, state=CohortState.CLOSED)
    assert await offered() == "c5", "the pilot is over"
    await reading.mark(kit, COORDINATOR, "c5")
    assert await offered() == "c4"
