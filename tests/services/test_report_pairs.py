"""Coordinators look at pairs: the list, one pair, the lights, and what else waits for them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.refusals import Refusal
from bot.domain.report.activity import Concern, Light
from bot.domain.report.facts import Matter
from bot.domain.report.pairs import PairFilter, Past, Stands
from bot.services import tell
from bot.services.kit import Kit
from bot.services.report import desk, pairs
from bot.services.report.matters import matter_list, matters
from bot.services.report.plans import holidays
from storage import enrol, leave, match, meet
from storage.ids import new_id
from storage.match import fits, runs
from storage.records.enrol import Side
from storage.records.match import Fit, FitAnswer, Help, MatchRun, PairState, RunState, Suggestion, SuggestionState
from storage.records.meet import Hindrance, Session, SessionState
from storage.records.tell import Audience
from storage.report import courses
from storage.store import Tx
from tests.clockwork import MovableClock
from tests.services.many import Two, add_pairs, hold
from tests.services.town_hall import COORDINATOR, actor
from tests.world import ANA, BO, TEAM, World


async def call_off(kit: Kit, two: Two, at: datetime, who: Hindrance) -> None:
    session = await hold(kit, two, at)
    async with kit.store.write(TEAM) as tx:
        values = {"state": SessionState.CANCELLED, "hindrance": who, "decided_at": at - timedelta(days=1)}
        await meet.change(tx, session.id, SessionState.HELD, **values)


async def test_the_list_shows_those_who_want_somebody_first_page_by_page(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    made = await add_pairs(kit, world.cohort, 20)
    clock.move(days=12)
    for n, two in enumerate(made[:3]):
        await call_off(kit, two, clock.now - timedelta(days=6 - n), Hindrance.SENIOR)
        await call_off(kit, two, clock.now - timedelta(days=3), Hindrance.SENIOR)
    await hold(kit, made[3], clock.now - timedelta(days=2))
    first = await pairs.pair_page(kit, COORDINATOR, PairFilter())
    assert (first.found, first.pages, len(first.rows)) == (21, 3, 8)
    assert [row.course.concern for row in first.rows[:4]] == ["twice", "twice", "twice", "no_first"]
    assert first.counts == {Stands.AT_RISK: 3, Stands.ATTENTION: 17, Stands.ON_TRACK: 1}
    last = await pairs.pair_page(kit, COORDINATOR, PairFilter(page=99))
    assert (last.wanted.page, last.rows[-1].people.pair.id) == (2, made[3].pair.id)
    met = await pairs.pair_page(kit, COORDINATOR, PairFilter(world.cohort.id, Stands.ON_TRACK))
    assert [(row.course.held, row.course.stands) for row in met.rows] == [(1, "on_track")]
    async with kit.store.write(TEAM) as tx:
        assert await match.move(tx, made[-1].pair.id, PairState.ACTIVE, PairState.PAUSED)
    shown = await desk.health(kit, COORDINATOR)
    assert shown.cohorts[0][1] == (
        (Light.TOO_EARLY, 0), (Light.ON_TRACK, 1), (Light.ATTENTION, 16), (Light.AT_RISK, 3), (Light.PAUSED, 1),
    )  # fmt: skip
    assert shown.cohorts[0][2] == ((Concern.TWICE, 3), (Concern.NO_FIRST, 16))
    digest = await desk.preview(kit, COORDINATOR)
    assert digest.digests[0].figures.lights == shown.cohorts[0][1], "the digest says the same"


async def test_a_pairs_card_holds_facts_and_what_happened(kit: Kit, world: World, clock: MovableClock) -> None:
    two = Two(world.pair, world.ana, world.bo)
    clock.move(days=20)
    await hold(kit, two, clock.now - timedelta(days=10))
    await call_off(kit, two, clock.now - timedelta(days=2), Hindrance.JUNIOR)
    await tell.nudge(kit, COORDINATOR, Audience.PAIR, "what_to_keep", pair_id=world.pair.id)
    card = await pairs.pair_card(kit, COORDINATOR, world.pair.id)
    assert (card.course.held, card.course.by_senior, card.course.by_junior) == (1, 0, 1)
    assert (card.course.every_days, card.course.sessions, card.agreed, card.turn) == (14, 6, None, Side.SENIOR)
    assert (card.light, card.can_nudge, card.away, card.apart) == (Light.ON_TRACK, True, (), False)
    assert [event.what for event in card.past] == [Past.BY_JUNIOR, Past.HELD, Past.SUGGESTED, Past.STARTED]
    assert await pairs.pair_of(kit, COORDINATOR, (ANA, BO)) == (world.pair.id,)
    assert await pairs.pair_of(kit, COORDINATOR, (BO,)) == (world.pair.id,)


async def test_a_card_says_what_speaks_against_a_pair_by_now(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        await enrol.set_line(tx, ANA, BO)
        await enrol.set_person(tx, world.bo.id, deactivated=True)
    card = await pairs.pair_card(kit, COORDINATOR, world.pair.id)
    assert (card.away, card.apart) == ((Side.SENIOR,), True)


async def test_what_waits_is_flagged_once_and_again_when_a_week_begins(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    now = datetime(2026, 3, 4, 8, 30, tzinfo=UTC)  # a Wednesday
    yesterday = now - timedelta(days=1)
    made = (await add_pairs(kit, world.cohort, 1))[0]
    run = MatchRun(new_id(), TEAM, world.cohort.id, RunState.READY, {}, 0, 1, 1, "U1", now - timedelta(days=3, hours=5))
    async with kit.store.write(TEAM) as tx:
        await leave.cross(tx, world.pair.id, yesterday + timedelta(hours=1))
        await enrol.set_person(tx, made.senior.id, deactivated=True)
        await runs.add_run(tx, run)
        held = Suggestion(new_id(), TEAM, run.id, world.cohort.id, made.junior.id, world.bo.id, 40, "", "",
                          SuggestionState.HELD)  # fmt: skip
        await runs.add_suggestions(tx, [held])
        off = await holidays(tx)
        new = await matters(tx, world.programme, yesterday, now, off)
        later = await matters(tx, world.programme, now, now + timedelta(days=1), off)
        monday = await matters(tx, world.programme, now + timedelta(days=2), now + timedelta(days=5), off)
    assert new == ((Matter.APART, 1), (Matter.WAITING, 1))
    assert later == ()
    assert monday == ((Matter.GONE, 1), (Matter.APART, 1), (Matter.WAITING, 1))
    listed = await matter_list(kit, COORDINATOR)
    assert [(row.people.pair.id, row.matter) for row in listed.rows] == [
        (made.pair.id, Matter.GONE), (world.pair.id, Matter.APART),
    ]  # fmt: skip


async def test_a_wish_is_counted_unless_the_partner_coordinates(kit: Kit, world: World, clock: MovableClock) -> None:
    made = await add_pairs(kit, world.cohort, 1, {0: (COORDINATOR.user_id, "U07SENIOR1")})
    async with kit.store.write(TEAM) as tx:
        for pair_id, one, whose in (
            (world.pair.id, world.ana, Two(world.pair, world.ana, world.bo)),
            (made[0].pair.id, made[0].senior, made[0]),
        ):
            session = await hold_in(tx, whose, clock.now)
            said = FitAnswer(pair_id, one.id, session, Fit.NOT_GOOD, Help.TALK, clock.now)
            await fits.save(tx, said)
        off = await holidays(tx)
        later = clock.now + timedelta(hours=1)
        found = await matters(tx, world.programme, clock.now - timedelta(days=1), later, off)
    assert dict(found)[Matter.WISH] == 1


async def hold_in(tx: Tx, two: Two, at: datetime) -> str:
    one = Session(new_id(), TEAM, two.pair.id, 1, at, 60, "", SessionState.HELD, two.senior.id, None, at)
    await meet.add(tx, one)
    return one.id


async def test_only_coordinators_see_pairs_and_what_is_over_is_listed_apart(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        await match.move(tx, world.pair.id, PairState.ACTIVE, PairState.ENDED, ended_at=kit.clock())
    assert (await pairs.pair_page(kit, COORDINATOR, PairFilter())).rows == ()
    over = await pairs.pair_page(kit, COORDINATOR, PairFilter(stands=Stands.OVER))
    assert [row.course.state for row in over.rows] == [PairState.ENDED]
    for use in (
        pairs.pair_page(kit, actor(ANA), PairFilter()),
        pairs.pair_card(kit, actor(ANA), world.pair.id),
        pairs.pair_of(kit, actor(ANA), (ANA,)),
        matter_list(kit, actor(ANA)),
    ):
        with pytest.raises(Refusal, match="not_coordinator"):
            await use
    with pytest.raises(Refusal, match="no_pair"):
        await pairs.pair_of(kit, COORDINATOR, ("U07NOBODY1",))


async def test_suggestions_are_counted_beside_lights(kit: Kit, world: World, clock: MovableClock) -> None:
    asked = replace(world.pair, id=new_id(), state=PairState.PROPOSED, active_at=None)
    async with kit.store.write(TEAM) as tx:
        await match.add(tx, asked)
    async with kit.store.read(TEAM) as tx:
        marks, _ = await pairs.turning_points(tx, world.programme, clock.now)
        assert await courses.counted(tx, marks, clock.now) == {"asked": 1, "too_early": 1}
