"""Load and safety over a real database: who is asked when, whose the answers are, and what nobody is told."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import pulse
from bot.services.home.whole import home_of
from bot.services.kit import Actor, Kit
from bot.services.pause import pausing
from bot.services.privacy.erasing import erase
from storage import match, privacy, tables
from storage import pulse as rows
from storage.records.delivery import Letter
from storage.records.match import PairState
from storage.records.pulse import Load, Pulse, Safety
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, letters, pass_time
from tests.world import ANA, BO, CHI, TEAM, World

THE_WEDNESDAY = datetime(2026, 4, 1, 18, 0, tzinfo=UTC)


async def asked(kit: Kit, clock: MovableClock, until: datetime = THE_WEDNESDAY) -> list[Letter]:
    async with kit.store.write(TEAM) as tx:
        await pulse.plan_rounds(tx, clock.now)
    await pass_time(kit, clock, until)
    return await letters(kit, Kind.PULSE)


async def mine(kit: Kit, world: World, letter: Letter) -> Pulse | None:
    person = world.ana if letter.to == ANA else world.bo
    async with kit.store.read(TEAM) as tx:
        return await rows.mine(tx, letter.params["pulse"], person.id)


async def test_both_sides_are_asked_on_the_same_wednesday_counted_from_the_cohorts_first_day(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    assert await asked(kit, clock, THE_WEDNESDAY - timedelta(days=1)) == []
    both = await asked(kit, clock)
    assert sorted(letter.to for letter in both) == [ANA, BO]
    ten = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
    assert all(abs(letter.due_at - ten) <= timedelta(minutes=20) for letter in both)
    assert {letter.stale_at - letter.due_at for letter in both if letter.stale_at} == {timedelta(days=5)}
    await pass_time(kit, clock, THE_WEDNESDAY + timedelta(days=28))
    assert len(await letters(kit, Kind.PULSE)) == 4
    await pass_time(kit, clock, datetime(2026, 9, 1, tzinfo=UTC))
    assert len(await letters(kit, Kind.PULSE)) == 6, "the cohort ends on 19 June"


async def test_an_answer_never_moves_the_calendar_of_anybody(kit: Kit, world: World, clock: MovableClock) -> None:
    both = await asked(kit, clock)
    ana = next(letter for letter in both if letter.to == ANA)
    before = (await _queue(kit, "outbox"), await _queue(kit, "due"), await _home(kit, BO))
    facts = await pulse.say(kit, JUNIOR, ana.params["pulse"], Load.MORE, Safety.NO)
    assert (facts.pulse.load, facts.pulse.safety) == (Load.MORE, Safety.NO)
    after = (await _queue(kit, "outbox"), await _queue(kit, "due"), await _home(kit, BO))
    assert after == before, "nobody is told, and nothing that could tell is stored"


async def test_answers_are_sealed_and_read_by_nobody_but_who_gave_them(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    both = await asked(kit, clock)
    ana, bo = (next(one for one in both if one.to == who) for who in (ANA, BO))
    await pulse.say(kit, JUNIOR, ana.params["pulse"], Load.LESS)
    await pulse.say(kit, SENIOR, bo.params["pulse"], Load.LESS, Safety.MOSTLY)
    for actor, letter in ((SENIOR, ana), (JUNIOR, bo), (Actor(TEAM, CHI), ana)):
        for attempt in (
            pulse.form(kit, actor, letter.params["pulse"]), pulse.say(kit, actor, letter.params["pulse"], Load.MORE),
            pulse.take_back(kit, actor, letter.params["pulse"]),
        ):  # fmt: skip
            with pytest.raises(Refusal, match=r"common.errors.gone"):
                await attempt
    async with kit.store.read(TEAM) as tx:
        sealed = [row.taps for row in await tx.conn.execute(tables.pulse.select())]
    assert len({len(one) for one in sealed}) == 1, "half an answer and a whole one look alike"
    assert (await mine(kit, world, ana)) is not None


async def test_each_tap_stays_when_the_other_comes_and_all_of_it_can_be_changed_and_taken_back(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pulse_id = next(one for one in await asked(kit, clock) if one.to == ANA).params["pulse"]
    await pulse.say(kit, JUNIOR, pulse_id, safety=Safety.YES)
    facts = await pulse.say(kit, JUNIOR, pulse_id, load=Load.SAME)
    assert (facts.pulse.load, facts.pulse.safety) == (Load.SAME, Safety.YES)
    assert (await pulse.say(kit, JUNIOR, pulse_id, load=Load.MORE)).pulse.load is Load.MORE
    cleared = (await pulse.take_back(kit, JUNIOR, pulse_id)).pulse
    assert (cleared.load, cleared.safety) == (None, None)
    clock.move(days=15)
    with pytest.raises(Refusal, match=r"pulse.refused.closed"):
        await pulse.say(kit, JUNIOR, pulse_id, load=Load.SAME)


async def test_what_waits_stands_on_ones_own_home_until_it_is_answered(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pulse_id = next(one for one in await asked(kit, clock) if one.to == ANA).params["pulse"]
    async with kit.store.read(TEAM) as tx:
        assert [one.pulse.id for one in (await home_of(kit, tx, ANA, None)).pulses] == [pulse_id]
    await pulse.say(kit, JUNIOR, pulse_id, Load.SAME, Safety.YES)
    async with kit.store.read(TEAM) as tx:
        assert (await home_of(kit, tx, ANA, None)).pulses == ()
        assert len((await home_of(kit, tx, BO, None)).pulses) == 1


async def test_no_one_is_asked_while_a_pair_is_paused_and_the_calendar_goes_on_as_it_was(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    clock.set(THE_WEDNESDAY - timedelta(days=10))
    await pausing.pause(kit, JUNIOR, THE_WEDNESDAY.date() + timedelta(days=7), "")
    assert await asked(kit, clock) == []
    await pass_time(kit, clock, THE_WEDNESDAY + timedelta(days=27))
    assert await letters(kit, Kind.PULSE) == []
    await pass_time(kit, clock, THE_WEDNESDAY + timedelta(days=28))
    assert len(await letters(kit, Kind.PULSE)) == 2


async def test_a_pair_that_has_ended_or_has_just_begun_is_not_asked(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    async with kit.store.write(TEAM) as tx:
        fresh = THE_WEDNESDAY - timedelta(days=3)
        await match.move(tx, world.pair.id, PairState.ACTIVE, PairState.ACTIVE, active_at=fresh)
    assert await asked(kit, clock) == []
    async with kit.store.write(TEAM) as tx:
        await match.move(tx, world.pair.id, PairState.ACTIVE, PairState.ENDED)
    await pass_time(kit, clock, THE_WEDNESDAY + timedelta(days=30))
    assert await letters(kit, Kind.PULSE) == []


async def test_a_bot_that_was_down_on_the_day_asks_within_five_days_and_not_after(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    async with kit.store.write(TEAM) as tx:
        await pulse.plan_rounds(tx, clock.now)
    clock.set(THE_WEDNESDAY + timedelta(days=2))
    await pass_time(kit, clock, clock.now)
    assert len(await letters(kit, Kind.PULSE)) == 2
    clock.set(THE_WEDNESDAY + timedelta(days=35))
    await pass_time(kit, clock, clock.now)
    assert len(await letters(kit, Kind.PULSE)) == 2, "a week late is too late"
    assert (await _states(kit, Job.PULSE)) == ["done", "done", "skipped", "skipped"]


async def test_the_answers_are_in_ones_own_export_and_go_with_the_person(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pulse_id = next(one for one in await asked(kit, clock) if one.to == ANA).params["pulse"]
    await pulse.say(kit, JUNIOR, pulse_id, Load.MORE, Safety.MOSTLY)
    async with kit.store.read(TEAM) as tx:
        told = await privacy.everything_about(tx, ANA, world.ana.id)
        others = await privacy.everything_about(tx, BO, world.bo.id)
    assert [one["taps"] for one in told["pulse"]] == ['{"load": "more", "safety": "mostly"}']
    assert [one["taps"] for one in others["pulse"]] == [None]
    await erase(kit, JUNIOR)
    async with kit.store.read(TEAM) as tx:
        left = [row.person_id for row in await tx.conn.execute(tables.pulse.select())]
    assert left == [world.bo.id]


async def _queue(kit: Kit, table: str) -> list[str]:
    async with kit.store.read(TEAM) as tx:
        return [str(row) for row in await tx.conn.execute(text(f"SELECT * FROM {table} ORDER BY id"))]


async def _states(kit: Kit, job: Job) -> list[str]:
    async with kit.store.read(TEAM) as tx:
        query = text("SELECT state FROM due WHERE kind = :job ORDER BY due_at, id")
        return sorted(row.state for row in await tx.conn.execute(query, {"job": job}))


async def _home(kit: Kit, user: str) -> object:
    async with kit.store.read(TEAM) as tx:
        return await home_of(kit, tx, user, None)
