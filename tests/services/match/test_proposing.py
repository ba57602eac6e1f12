"""Coordinators suggest, withdraw, are warned and stopped; lines and conflicts are looked after."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.match import Check, Desk, Proposed, Reason
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import match
from bot.services.kit import Kit
from storage import match as pairs
from storage import programme
from storage.ids import new_id
from storage.records.enrol import Person, Side
from storage.records.match import PairState
from tests.clockwork import MovableClock
from tests.services.match.steps import propose, say, state
from tests.services.town_hall import (
    COORDINATOR,
    IVY,
    JUNO,
    MAX,
    OTTO,
    about,
    actor,
    join,
    receivers,
    work_until,
)
from tests.world import ANA, BO, CHI, NOOR, TEAM, World


async def test_a_question_goes_to_the_coordinator_who_suggested_once(kit: Kit, couple: tuple[Person, Person]) -> None:
    pair = await propose(kit, couple)
    assert await match.ask_coordinator(kit, actor(JUNO), pair.id) == CHI
    assert await match.ask_coordinator(kit, actor(JUNO), pair.id) == CHI
    assert await receivers(kit, Kind.PROPOSAL_QUESTION) == [CHI]
    assert await state(kit, pair) is PairState.PROPOSED


async def test_a_question_reaches_another_coordinator_when_the_first_has_left(
    kit: Kit, couple: tuple[Person, Person]
) -> None:
    pair = await propose(kit, couple)
    async with kit.store.write(TEAM) as tx:
        await programme.add_coordinator(tx, NOOR, CHI, kit.clock())
        await programme.remove_coordinator(tx, CHI)
    assert await match.ask_coordinator(kit, actor(JUNO), pair.id) == NOOR


async def test_a_coordinator_withdraws_and_only_those_who_knew_hear_of_it(
    kit: Kit, couple: tuple[Person, Person], clock: MovableClock
) -> None:
    pair = await propose(kit, couple)
    await say(kit, JUNO, pair)
    await match.withdraw(kit, COORDINATOR, pair.id)
    await work_until(kit, clock, clock.now + timedelta(days=8))
    assert await receivers(kit, Kind.PROPOSAL_CLOSED) == [JUNO]
    assert await receivers(kit, Kind.PROPOSAL_SENIOR) == []
    with pytest.raises(Refusal, match="gone"):
        await match.withdraw(kit, COORDINATOR, pair.id)


async def test_two_coordinators_at_once_make_one_pair(kit: Kit, couple: tuple[Person, Person]) -> None:
    await propose(kit, couple)
    with pytest.raises(Refusal, match="already"):
        await match.propose(kit, COORDINATOR, JUNO, MAX)
    assert await receivers(kit, Kind.PROPOSAL_JUNIOR) == [JUNO]


async def test_the_twelfth_pair_of_a_pilot_is_the_last(kit: Kit, world: World, couple: tuple[Person, Person]) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.set_cohort(tx, world.cohort.id, pilot=True)
        for _ in range(11):
            await pairs.add(tx, replace(world.pair, id=new_id()))
    with pytest.raises(Refusal, match="pilot_full"):
        await match.propose(kit, COORDINATOR, JUNO, MAX)
    async with kit.store.write(TEAM) as tx:
        await pairs.move(tx, world.pair.id, PairState.ACTIVE, PairState.ENDED)
    await propose(kit, couple)


async def test_a_warning_wants_a_reason_which_goes_into_the_log(kit: Kit, world: World) -> None:
    await join(kit, world, IVY, about(Side.JUNIOR, manager=None))
    await join(kit, world, OTTO, about(Side.SENIOR, level=5))
    desk = await match.propose(kit, COORDINATOR, IVY, OTTO)
    assert isinstance(desk, Desk)
    assert desk.verdict is not None
    assert desk.verdict.soft == (Check.JUNIOR_LINE_UNKNOWN,)
    assert await receivers(kit, Kind.PROPOSAL_JUNIOR) == []
    made = await match.propose(kit, COORDINATOR, IVY, OTTO, reason=Reason.ASKED)
    assert isinstance(made, Proposed)
    async with kit.store.read(TEAM) as tx:
        log = await programme.audit_since(tx, datetime(2026, 1, 1, tzinfo=UTC))
    assert (log[0].action, log[0].subject) == ("match.propose", made.people.pair.id)
    assert log[0].detail == "junior_line_unknown asked"


async def test_hard_checks_cannot_be_argued_away(kit: Kit, couple: tuple[Person, Person]) -> None:
    await match.set_line(kit, COORDINATOR, JUNO, MAX)
    with pytest.raises(Refusal, match="senior_above") as refused:
        await match.propose(kit, COORDINATOR, JUNO, MAX, reason=Reason.OTHER)
    assert refused.value.field == "match.senior"


async def test_the_desk_says_what_it_thinks_before_anybody_is_asked(kit: Kit, couple: tuple[Person, Person]) -> None:
    empty = await match.survey(kit, COORDINATOR, JUNO, None)
    assert (empty.verdict, empty.juniors, empty.seniors) == (None, (JUNO,), (MAX,))
    desk = await match.survey(kit, COORDINATOR, MAX, JUNO)
    assert desk.verdict is not None
    assert desk.verdict.hard == (Check.NOT_A_JUNIOR,)


async def test_the_desk_lists_only_those_without_a_pair_or_a_suggestion(
    kit: Kit, couple: tuple[Person, Person]
) -> None:
    await propose(kit, couple)
    desk = await match.survey(kit, COORDINATOR, None, None)
    assert (desk.juniors, desk.seniors) == ((), ())


async def test_a_circle_in_the_lines_is_refused_with_the_circle(kit: Kit, world: World) -> None:
    await match.set_line(kit, COORDINATOR, ANA, BO)
    await match.set_line(kit, COORDINATOR, BO, CHI)
    answer = await match.set_line(kit, COORDINATOR, CHI, ANA)
    assert answer.circle == (CHI, ANA, BO, CHI)
    assert dict(answer.lines) == {ANA: BO, BO: CHI}
    assert (await match.set_line(kit, COORDINATOR, ANA, ANA)).circle == (ANA, ANA)


async def test_a_line_is_changed_put_at_the_top_and_forgotten(kit: Kit, world: World) -> None:
    assert (await match.set_line(kit, COORDINATOR, ANA, BO)).touched[0].pair.id == world.pair.id
    assert dict((await match.set_line(kit, COORDINATOR, ANA, "")).lines) == {ANA: ""}
    assert (await match.set_line(kit, COORDINATOR, ANA, None)).lines == ()


async def test_a_conflict_is_declared_once_and_taken_back(kit: Kit, world: World) -> None:
    await match.declare(kit, COORDINATOR, MAX, JUNO)
    assert (await match.declare(kit, COORDINATOR, JUNO, MAX)).couples == ((JUNO, MAX),)
    assert (await match.declare(kit, COORDINATOR, MAX, JUNO, remove=True)).couples == ()
    with pytest.raises(Refusal, match="no_conflict"):
        await match.declare(kit, COORDINATOR, MAX, JUNO, remove=True)
    with pytest.raises(Refusal, match="conflict_with_self"):
        await match.declare(kit, COORDINATOR, MAX, MAX)


async def test_everything_of_coordinators_is_closed_to_others(kit: Kit, couple: tuple[Person, Person]) -> None:
    pair = await propose(kit, couple)
    ana = actor(ANA)
    for use in (
        match.survey(kit, ana, JUNO, MAX),
        match.propose(kit, ana, JUNO, MAX),
        match.withdraw(kit, ana, pair.id),
        match.line_list(kit, ana),
        match.set_line(kit, ana, JUNO, MAX),
        match.conflict_list(kit, ana),
        match.declare(kit, ana, JUNO, MAX),
    ):
        with pytest.raises(Refusal, match="not_coordinator"):
            await use
