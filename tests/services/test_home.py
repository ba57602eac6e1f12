"""Home from a real database: each person's own facts and nobody else's."""

from datetime import UTC, datetime

import pytest

from bot.domain.home import HomeFacts
from bot.domain.messages import Kind
from bot.services import home as service
from bot.services import meet
from bot.services.kit import Actor, Kit
from bot.services.post import refresh_home
from bot.views import home as views
from storage import checkin, enrol, match, outbox, programme
from storage.ids import new_id
from storage.records.checkin import Checkin, CheckinState, Question
from storage.records.delivery import Letter
from storage.records.enrol import Enrolment, Participant, Person, Profile, Side
from storage.records.match import Pair, PairState
from storage.records.meet import Said
from storage.store import Tx
from tests.clockwork import MovableClock
from tests.services.many import NO, Two, answer, hold, save
from tests.services.meet.steps import booked
from tests.world import ANA, BO, CHI, NOOR, TEAM, World

NEITHER = "U07NOBODY0"


async def home(kit: Kit, user: str) -> HomeFacts:
    return await service.today(kit, Actor(TEAM, user))


def drawn(kit: Kit, facts: HomeFacts) -> str:
    return str(views.home(kit.words("en"), facts).payload())


async def test_a_stranger_is_told_what_is_open(kit: Kit, world: World) -> None:
    facts = await home(kit, NEITHER)
    assert (facts.me, facts.enrolled, facts.coordinator) == (None, False, None)
    assert [c.name for c in facts.open_cohorts] == ["Spring"]


async def test_a_cohort_near_its_end_is_not_offered_to_strangers(kit: Kit, world: World, clock: MovableClock) -> None:
    clock.set(datetime(2026, 6, 1, 9, tzinfo=UTC))
    facts = await home(kit, NEITHER)
    assert facts.open_cohorts == ()
    assert "I can tell you when one is" in drawn(kit, facts)


async def test_before_any_programme_there_is_still_a_home(kit: Kit) -> None:
    facts = await home(kit, ANA)
    assert not facts.set_up
    assert "programme.setup" in drawn(kit, facts)


async def test_a_session_that_is_over_asks_whoever_has_not_said_whether_they_met(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    session = await booked(kit, world)
    assert (await home(kit, ANA)).pairs[0].ask is None, "it is ahead"
    clock.set(session.ends_at)
    assert "Did you and <@" + BO in drawn(kit, await home(kit, ANA))
    await meet.said(kit, Actor(TEAM, ANA), session.id, Said.NOT_MET)
    assert [(await home(kit, one)).pairs[0].ask is None for one in (ANA, BO)] == [True, True]
    await meet.undo(kit, Actor(TEAM, ANA), session.id)
    await meet.said(kit, Actor(TEAM, ANA), session.id, Said.MET)
    assert (await home(kit, BO)).pairs[0].ask is None, "one *we met* is enough"


async def test_a_juniors_answers_are_on_her_home_and_on_no_other(kit: Kit, world: World) -> None:
    two = Two(world.pair, world.ana, world.bo)
    session = await hold(kit, two, kit.clock())
    one = await answer(kit, two, session, NO)
    async with kit.store.write(TEAM) as tx:
        await save(kit, tx, two, one, {**NO, Question.HELP: "vague"}, kit.clock())
    (card,) = (await home(kit, ANA)).pairs
    assert card.trend[0].option(Question.HELP) == "vague"
    for user in (BO, CHI, NOOR, NEITHER):
        facts = await home(kit, user)
        assert all(not other.trend for other in facts.pairs)
        assert "Offered, no date" not in drawn(kit, facts)
    assert "Offered, no date" in drawn(kit, await home(kit, ANA))


async def test_a_checkin_that_waits_is_on_the_home_of_its_owner(kit: Kit, world: World, clock: MovableClock) -> None:
    two = Two(world.pair, world.ana, world.bo)
    session = await hold(kit, two, kit.clock())
    async with kit.store.write(TEAM) as tx:
        one = Checkin(
            new_id(), TEAM, session.id, world.pair.id, world.ana.id, Side.JUNIOR, CheckinState.SENT, clock(),
            clock.now.replace(year=2027), None,
        )  # fmt: skip
        await checkin.add(tx, one)
    assert (await home(kit, ANA)).pairs[0].waiting == one
    assert (await home(kit, BO)).pairs[0].waiting is None


async def test_a_coordinator_who_lost_the_role_sees_nothing_of_it_the_next_time(kit: Kit, world: World) -> None:
    assert (await home(kit, CHI)).coordinator is not None
    async with kit.store.write(TEAM) as tx:
        await programme.add_coordinator(tx, NOOR, CHI, kit.clock())
        await programme.remove_coordinator(tx, CHI)
    assert (await home(kit, CHI)).coordinator is None
    facts = await home(kit, NOOR)
    assert facts.coordinator is not None
    assert facts.safe_contact


async def test_a_home_looks_into_no_urn(kit: Kit, world: World) -> None:
    """What a coordinator's Home says about figures is what the last sweep left; before it, nothing is drawn."""
    facts = await home(kit, CHI)
    assert facts.coordinator is not None
    (strip,) = facts.coordinator.strips
    assert strip.digest.figures.reciprocity.published is None


async def test_the_switch_stays_where_it_was_put(kit: Kit, world: World) -> None:
    await _sit_on_both_sides(kit, world)
    assert (await home(kit, ANA)).side is Side.SENIOR, "the first date is a senior's to find"
    await service.switch(kit, Actor(TEAM, ANA), Side.JUNIOR)
    async with kit.store.write(TEAM) as tx:
        await refresh_home(tx, ANA, kit.clock())
        assert await outbox.waiting(tx, Kind.HOME, ANA)
    assert (await home(kit, ANA)).side is Side.JUNIOR


@pytest.mark.parametrize("tab", ["home", "messages"])
async def test_opening_the_home_tab_has_it_drawn_and_the_messages_tab_does_not(
    kit: Kit, world: World, tab: str
) -> None:
    async with kit.store.write(TEAM) as tx:
        await service.opened(kit, tx, {"user": ANA, "tab": tab})
        assert await outbox.waiting(tx, Kind.HOME, ANA) is (tab == "home")


async def test_the_letter_of_a_home_loads_the_same_facts(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        await service.opened(kit, tx, {"user": BO})
        letter = await _first(tx)
    async with kit.store.read(TEAM) as tx:
        assert await service.load_home(kit, tx, letter) == await service.home_of(kit, tx, BO, None)


async def _first(tx: Tx) -> Letter:
    (found,) = await outbox.lease(tx, "test", _soon(), _soon(), 5)
    return found


def _soon() -> datetime:
    return datetime(2027, 1, 1, tzinfo=UTC)


async def _sit_on_both_sides(kit: Kit, world: World) -> Person:
    """Ana, a junior with Bo, becomes the senior of somebody else."""
    now = kit.clock()
    async with kit.store.write(TEAM) as tx:
        other = await enrol.meet_person(tx, "U07JUNO000", name="Juno Park", zone="UTC", locale="en-US")
        profile = Profile(frozenset({Side.JUNIOR}), 1, "Ops", "Berlin", "DE", "", "", ())
        place = Participant(new_id(), TEAM, other.id, world.cohort.id, Enrolment.PAIRED, "1", now, profile)
        await enrol.save_participant(tx, place, now)
        await match.add(
            tx,
            Pair(
                new_id(), TEAM, world.cohort.id, other.id, world.ana.id, PairState.ACTIVE, None, "", CHI, now, now, None
            ),
        )
    return other
