"""Credit by name over a real database: all seniors on one day, one question each, counted for nobody but them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import commit, credit
from bot.services.home import home_of, scorecard
from bot.services.kit import Actor, Kit
from storage import match, privacy, tables
from storage.records.commit import CommitmentKind
from storage.records.credit import Credited
from storage.records.delivery import Letter
from storage.records.enrol import Side
from storage.records.match import PairState
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, hold, letters, pair_up, pass_time
from tests.services.town_hall import JUNO, about, join
from tests.world import BO, CHI, TEAM, World

THE_TUESDAY = datetime(2026, 4, 7, 18, 0, tzinfo=UTC)
ELEVEN = datetime(2026, 4, 7, 9, 0, tzinfo=UTC)


async def asked(kit: Kit, clock: MovableClock, until: datetime = THE_TUESDAY) -> list[Letter]:
    async with kit.store.write(TEAM) as tx:
        await credit.plan_rounds(tx, clock.now)
    await pass_time(kit, clock, until)
    return await letters(kit, Kind.CREDIT)


async def test_a_senior_of_two_pairs_is_asked_once_on_the_first_tuesday_and_juniors_never(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    juno = await join(kit, world, JUNO, about(Side.JUNIOR))
    await pair_up(kit, world, juno, world.bo)
    found = await asked(kit, clock)
    assert [letter.to for letter in found] == [BO]
    assert abs(found[0].due_at - ELEVEN) <= timedelta(minutes=90)
    await pass_time(kit, clock, THE_TUESDAY + timedelta(days=28))
    assert len(await letters(kit, Kind.CREDIT)) == 2, "5 May"


async def test_no_active_pair_no_question(kit: Kit, world: World, clock: MovableClock) -> None:
    clock.set(THE_TUESDAY - timedelta(days=1))
    async with kit.store.write(TEAM) as tx:
        await match.move(tx, world.pair.id, PairState.ACTIVE, PairState.PAUSED)
    assert await asked(kit, clock) == []


async def test_what_a_senior_says_can_be_changed_and_is_for_them_alone(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    credit_id = (await asked(kit, clock))[0].params["credit"]
    async with kit.store.read(TEAM) as tx:
        waiting = (await home_of(kit, tx, BO, None)).credit
    assert waiting is not None
    for said in (Credited.DID, Credited.NOT_THIS_MONTH, None, Credited.DID):
        facts, _ = await credit.say(kit, SENIOR, credit_id, said)
        assert facts.credit.said is said
    for actor in (JUNIOR, Actor(TEAM, CHI)):
        with pytest.raises(Refusal, match=r"common.errors.gone"):
            await credit.say(kit, actor, credit_id, Credited.DID)
    async with kit.store.read(TEAM) as tx:
        assert (await home_of(kit, tx, BO, None)).credit is None
        assert [one["credited"] for one in (await privacy.everything_about(tx, BO, world.bo.id))["credit"]] == ["did"]
        sealed = [row.credited for row in await tx.conn.execute(tables.credit.select())]
        assert b"did" not in bytes(sealed[0])
    clock.move(days=15)
    with pytest.raises(Refusal, match=r"credit.refused.closed"):
        await credit.say(kit, SENIOR, credit_id, None)


async def test_the_scorecard_adds_up_what_a_senior_did_and_is_theirs(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await hold(kit, world)
    credit_id = (await asked(kit, clock))[0].params["credit"]
    await credit.say(kit, SENIOR, credit_id, Credited.DID)
    for day in (date(2026, 4, 20), date(2026, 5, 20)):
        made = await commit.add(
            kit, SENIOR, world.pair.id, kind=CommitmentKind.CREDIT, text="When it is shown, I say whose", due_on=day
        )
        clock.set(datetime(day.year, day.month, day.day, 10, tzinfo=UTC))
        await commit.done(kit, SENIOR, made.commitment.id)
    await commit.add(kit, SENIOR, world.pair.id, kind=CommitmentKind.HELP, text="Help", due_on=date(2026, 6, 1))
    clock.set(datetime(2026, 6, 2, 10, tzinfo=UTC))
    score = await scorecard(kit, SENIOR)
    assert (score.held, score.done, score.made, score.late) == (1, 2, 3, 1)
    assert (score.credits, score.months) == (2, ("2026-04",)), (
        "the promise kept in April is what April's word was about"
    )
    for actor in (JUNIOR, Actor(TEAM, CHI)):
        with pytest.raises(Refusal):
            await scorecard(kit, actor)
