"""Somebody is deleted in the middle of things: nothing of them is left, and nothing that goes on breaks."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.match.review import Place, Shelf
from bot.domain.refusals import Refusal
from bot.domain.report.pairs import PairFilter
from bot.services import match, meet, privacy
from bot.services.kit import Kit
from bot.services.prepare import contract
from bot.services.report import pairs as report_pairs
from storage import enrol
from storage import meet as sessions
from storage import tables as t
from storage.ids import new_id
from storage.match import fits
from storage.records.enrol import Confided, Invitation, Person
from storage.records.match import Fit, FitAnswer, Help
from storage.records.meet import Session, SessionState
from tests.clockwork import MovableClock
from tests.services.match.conftest import crowd
from tests.services.match.steps import matched, one_of
from tests.services.prepare.test_contract import write
from tests.services.town_hall import COORDINATOR, IVY, JUNO, MAX, OTTO, actor, work_until
from tests.world import ANA, BO, TEAM, World

__all__ = ["crowd"]
KEPT = {"consent", "audit", "calendar_file", "export_file", "outbox"}
"""Tables in which a Slack id may stay: proofs, and what has to be taken out of Slack yet."""
WORDS = "offered-place-otter-3307"


async def where(kit: Kit, *users: str) -> set[str]:
    """The tables that name these accounts anywhere."""
    found = set()
    async with kit.store.read(TEAM) as tx:
        for table in t.metadata.sorted_tables:
            rows = (await tx.conn.execute(select(table))).all()
            if any(user in str(tuple(row)) for row in rows for user in users):
                found.add(table.name)
    return found


async def test_people_of_a_run_an_approval_and_an_invitation_go_and_the_others_go_on(
    kit: Kit, world: World, crowd: dict[str, Person], clock: MovableClock
) -> None:
    review = await matched(kit, world)
    approved, left = one_of(review, JUNO), one_of(review, IVY)
    await match.approve(kit, COORDINATOR, [approved])
    async with kit.store.write(TEAM) as tx:
        asked = Invitation(new_id(), TEAM, world.cohort.id, IVY, "Ivy", "UTC", "en-US", COORDINATOR.user_id, clock.now)
        await enrol.add_invitations(tx, [asked])
        await enrol.confide(tx, crowd[IVY].id, Confided(avoid=(OTTO,)), clock.now)
    for user in (JUNO, IVY):
        await privacy.erase(kit, actor(user))
    assert await where(kit, JUNO, IVY) <= KEPT
    with pytest.raises(Refusal, match="gone"):
        await match.approve(kit, COORDINATOR, [left])
    with pytest.raises(Refusal):
        await match.undo_approval(kit, COORDINATOR, approved)
    await work_until(kit, clock, clock.now + timedelta(days=15))
    for shelf in Shelf:
        await match.review(kit, COORDINATOR, Place(world.cohort.id, shelf))
    await report_pairs.pair_page(kit, COORDINATOR, PairFilter())
    assert (await matched(kit, world)).cards == ()
    assert await where(kit, JUNO, IVY) <= KEPT and MAX in crowd


async def test_an_offer_a_contract_an_answer_ahead_and_a_wish_go_with_their_person(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    ana, pair = actor(ANA), world.pair.id
    held = Session(
        new_id(), TEAM, pair, 1, clock.now - timedelta(days=1), 60, "", SessionState.HELD, world.bo.id, None, None
    )
    async with kit.store.write(TEAM) as tx:
        await enrol.confide(tx, world.ana.id, Confided(avoid=(BO,)), clock.now)
        await sessions.add(tx, held)
        answer = FitAnswer(pair, world.ana.id, held.id, Fit.NOT_GOOD, Help.TALK, clock.now)
        await fits.save(tx, answer)
    times = (clock.now + timedelta(days=3), clock.now + timedelta(days=4))
    await meet.offer(kit, ana, pair, times, 60, WORDS)
    await meet.propose_rhythm(kit, ana, pair, 28, 5)
    view = await write(kit, world)
    await contract.agree(kit, ana, view.facts.contract.id)
    await privacy.erase(kit, ana)
    assert await where(kit, ANA) <= KEPT
    with pytest.raises(Refusal):
        await contract.agree(kit, actor(BO), view.facts.contract.id)
    await work_until(kit, clock, clock.now + timedelta(days=30))
    assert await match.wish_list(kit, COORDINATOR) == []
    await report_pairs.pair_card(kit, COORDINATOR, pair)
    await privacy.own_data(kit, actor(BO))
    async with kit.store.read(TEAM) as tx:
        assert (await tx.conn.execute(select(t.fit.c.wants))).all() == []
        assert (await tx.conn.execute(select(t.session_offer.c.id))).all() == []
