"""A match from the database: what is read, who is suggested to whom, and who is left out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.match import Solved, Terms, Why
from bot.domain.refusals import Refusal
from bot.services.kit import Kit
from bot.services.match import solving
from storage import enrol as people
from storage import match as pairs
from storage import programme
from storage.ids import new_id
from storage.records.enrol import Confided, Person, Side
from storage.records.match import PairState
from tests.clockwork import MovableClock
from tests.services.match.steps import propose, say
from tests.services.town_hall import JUNO, MAX, work_until
from tests.world import TEAM, World


async def solve(kit: Kit, world: World) -> Solved:
    async with kit.store.read(TEAM) as tx:
        return await solving.solve(kit, tx, world.cohort.id, Terms())


def why(found: Solved) -> dict[tuple[str, Side], Why]:
    return {(one.person.user_id, one.side): one.why for one in found.unmatched}


async def test_two_who_wait_are_suggested_and_a_running_pair_is_left_in_peace(
    kit: Kit, world: World, couple: tuple[Person, Person]
) -> None:
    found = await solve(kit, world)
    assert [(one.junior.user_id, one.senior.user_id) for one in found.proposals] == [(JUNO, MAX)]
    assert (found.pairs, found.total, found.unmatched) == (1, found.proposals[0].score, ())
    assert found.proposals[0].because == ("purpose_technology", "department")


@pytest.mark.parametrize("shy", [0, 1])
async def test_whom_somebody_avoids_shows_neither_in_a_suggestion_nor_in_a_reason(
    kit: Kit, world: World, couple: tuple[Person, Person], shy: int
) -> None:
    async with kit.store.write(TEAM) as tx:
        told = Confided(avoid=(couple[1 - shy].user_id,))
        await people.confide(tx, couple[shy].id, told, kit.clock())
    found = await solve(kit, world)
    assert found.proposals == ()
    assert why(found) == {(JUNO, Side.JUNIOR): Why.NO_MATCH, (MAX, Side.SENIOR): Why.NO_MATCH}


async def test_who_declined_is_not_suggested_again_and_who_is_asked_has_no_time_for_another(
    kit: Kit, world: World, couple: tuple[Person, Person], clock: MovableClock
) -> None:
    pair = await propose(kit, couple)
    assert (await solve(kit, world)).proposals == ()
    await say(kit, JUNO, pair, yes=False)
    assert (await solve(kit, world)) == Solved((), (), 0, 0)
    await work_until(kit, clock, clock.now + timedelta(days=12))
    assert why(await solve(kit, world)) == {(JUNO, Side.JUNIOR): Why.FORMER, (MAX, Side.SENIOR): Why.FORMER}


async def test_who_was_a_pair_once_is_not_one_again_and_what_lapsed_may_come_again(
    kit: Kit, world: World, couple: tuple[Person, Person]
) -> None:
    old = replace(world.pair, id=new_id(), junior_id=couple[0].id, senior_id=couple[1].id, state=PairState.EXPIRED)
    async with kit.store.write(TEAM) as tx:
        await pairs.add(tx, old)
    assert (await solve(kit, world)).pairs == 1
    async with kit.store.write(TEAM) as tx:
        await pairs.add(tx, replace(old, id=new_id(), state=PairState.ENDED))
    assert (await solve(kit, world)).pairs == 0


async def test_who_has_no_account_any_more_is_left_out_with_the_reason(
    kit: Kit, world: World, couple: tuple[Person, Person]
) -> None:
    async with kit.store.write(TEAM) as tx:
        await people.set_person(tx, couple[1].id, deactivated=True)
    assert why(await solve(kit, world)) == {(JUNO, Side.JUNIOR): Why.NOBODY, (MAX, Side.SENIOR): Why.GONE}


async def test_a_full_pilot_takes_nobody_and_a_cohort_that_is_not_there_is_refused(
    kit: Kit, world: World, couple: tuple[Person, Person]
) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.set_cohort(tx, world.cohort.id, pilot=True)
        for _ in range(11):
            await pairs.add(tx, replace(world.pair, id=new_id()))
    assert why(await solve(kit, world))[(JUNO, Side.JUNIOR)] is Why.PILOT_FULL
    async with kit.store.read(TEAM) as tx:
        with pytest.raises(Refusal, match="gone"):
            await solving.solve(kit, tx, "elsewhere", Terms())
