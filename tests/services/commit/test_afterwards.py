"""What was promised outlives a pair that was completed, for sixty days."""

from datetime import date, timedelta

import pytest

from bot.domain.commit import AFTERWARDS
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import commit as commits
from bot.services.kit import Kit
from bot.views.commit import listed as drawn
from storage import match
from storage.records.commit import CommitmentState, Noticed
from storage.records.match import PairState
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, letters, pass_time
from tests.services.commit.steps import TEN_MINUTES, made, now_
from tests.world import BO, TEAM, World


async def over(kit: Kit, world: World, state: PairState = PairState.COMPLETED) -> None:
    async with kit.store.write(TEAM) as tx:
        assert await match.move(tx, world.pair.id, PairState.ACTIVE, state, ended_at=kit.clock())


async def test_a_promise_due_after_its_pair_was_completed_is_asked_about_kept_and_noticed(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    it = await made(kit, world)
    await pass_time(kit, clock, clock.now + TEN_MINUTES)
    await over(kit, world)
    await pass_time(kit, clock, clock.now + timedelta(days=19))
    asked = await letters(kit, Kind.COMMITMENT_DUE)
    assert [letter.to for letter in asked] == [BO, BO]
    async with kit.store.read(TEAM) as tx:
        assert await commits.load_due(kit, tx, asked[0]) is not None
    await commits.done(kit, SENIOR, it.id)
    await pass_time(kit, clock, clock.now + timedelta(days=4))
    (question,) = await letters(kit, Kind.NOTICED)
    async with kit.store.read(TEAM) as tx:
        assert await commits.load_noticing(kit, tx, question) is not None
    assert (await commits.notice(kit, JUNIOR, it.id, "yes")).answer is Noticed.YES


async def test_the_list_shows_what_is_still_open_and_offers_no_new_promise(kit: Kit, world: World) -> None:
    it = await made(kit, world)
    await over(kit, world)
    for actor in (SENIOR, JUNIOR):
        facts = await commits.listed(kit, actor)
        assert [one.id for _, _, promised in facts.pairs for one in promised] == [it.id]
        told = str([block.to_dict() for block in drawn(kit.words("en"), facts).blocks])
        assert ("commit.done" in told) == (actor is SENIOR)
        assert "commit.make" not in told and "commit.suggest" not in told
    await commits.drop(kit, SENIOR, it.id)
    with pytest.raises(Refusal, match="not_paired"):
        await commits.listed(kit, SENIOR)


async def test_after_sixty_days_nobody_is_asked_and_nothing_can_be_changed(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    it = await made(kit, world, due_on=date(2026, 5, 20))
    await over(kit, world)
    await pass_time(kit, clock, clock.now + AFTERWARDS + timedelta(days=25))
    assert await letters(kit, Kind.COMMITMENT_DUE) == []
    with pytest.raises(Refusal, match="pair_ended"):
        await commits.done(kit, SENIOR, it.id)
    kept = await now_(kit, it)
    assert kept is not None and kept.state is CommitmentState.OPEN


async def test_nobody_owes_anything_once_a_pair_was_ended_early(kit: Kit, world: World, clock: MovableClock) -> None:
    it = await made(kit, world)
    await over(kit, world, PairState.ENDED)
    await pass_time(kit, clock, clock.now + timedelta(days=30))
    assert await letters(kit, Kind.COMMITMENT_DUE) == []
    for act in (commits.done, commits.drop):
        with pytest.raises(Refusal, match="pair_ended"):
            await act(kit, SENIOR, it.id)
