"""The junior is asked whether she noticed, and the senior never learns what she answered."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import commit as commits
from bot.services.kit import Actor, Kit
from storage import commit, report
from storage.records.commit import Commitment, Noticed
from storage.records.report import FigureKind
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, letters, pass_time
from tests.services.commit.steps import made, now_
from tests.world import ANA, BO, CHI, TEAM, World


async def asked_about(kit: Kit, world: World, clock: MovableClock) -> Commitment:
    """Done on a Monday, so that the junior is asked on Thursday."""
    it = await made(kit, world)
    await commits.done(kit, SENIOR, it.id)
    await pass_time(kit, clock, clock.now + timedelta(days=4))
    return it


async def test_three_days_after_done_the_junior_alone_is_asked_whether_she_noticed(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    it = await asked_about(kit, world, clock)
    told = await letters(kit, Kind.NOTICED)
    assert [(letter.to, letter.due_at) for letter in told] == [(ANA, datetime(2026, 3, 5, 9, tzinfo=UTC))]
    assert told[0].params == {"commitment": it.id}


async def test_her_answer_goes_into_the_urn_and_can_be_changed(kit: Kit, world: World, clock: MovableClock) -> None:
    it = await asked_about(kit, world, clock)
    for answer in ("no", "yes"):
        await commits.notice(kit, JUNIOR, it.id, answer)
    async with kit.store.read(TEAM) as tx:
        assert await commit.noticed(tx, it.id, world.ana.id) is Noticed.YES
        waiting = await report.pool(tx, world.cohort.id, FigureKind.SAY_DO)
    assert [(one.person_id, one.source_id) for one in waiting] == [(world.ana.id, it.id)]


async def test_once_answered_the_question_is_not_sent_again(kit: Kit, world: World, clock: MovableClock) -> None:
    it = await asked_about(kit, world, clock)
    letter = (await letters(kit, Kind.NOTICED))[0]
    async with kit.store.read(TEAM) as tx:
        assert await commits.load_noticing(kit, tx, letter) is not None
    await commits.notice(kit, JUNIOR, it.id, "cant_tell")
    async with kit.store.read(TEAM) as tx:
        assert await commits.load_noticing(kit, tx, letter) is None


async def test_the_senior_never_learns_what_she_answered_nor_that_she_did(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    it = await asked_about(kit, world, clock)
    before = (await commits.listed(kit, SENIOR), await now_(kit, it), await _to_bo(kit))
    await commits.notice(kit, JUNIOR, it.id, "no")
    assert (await commits.listed(kit, SENIOR), await now_(kit, it), await _to_bo(kit)) == before
    for actor in (SENIOR, Actor(TEAM, CHI)):
        for attempt in (commits.ask_again(kit, actor, it.id), commits.notice(kit, actor, it.id, "yes")):
            with pytest.raises(Refusal, match=r"common.errors.gone"):
                await attempt
    async with kit.store.read(TEAM) as tx:
        assert await commit.noticed(tx, it.id, world.bo.id) is None


async def _to_bo(kit: Kit) -> list[str]:
    return [letter.id for letter in await letters(kit) if letter.to == BO]


async def test_what_is_not_done_cannot_be_noticed(kit: Kit, world: World) -> None:
    it = await made(kit, world)
    with pytest.raises(Refusal, match=r"common.errors.gone"):
        await commits.notice(kit, JUNIOR, it.id, "yes")
