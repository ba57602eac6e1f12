"""A cohort is matched and reviewed: approved, held, taken back, decided by two at once, matched anew."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.match import FLOOR, Check, Terms, Weights
from bot.domain.match.review import News, Place, Shelf
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.when import UNDO
from bot.services import home, match
from bot.services.kit import Kit
from bot.services.programme.today import today
from storage import privacy, programme
from storage.match import runs
from storage.records.enrol import Person
from storage.records.match import PairState, RunState
from tests.clockwork import MovableClock
from tests.services.match.steps import couples, matched, one_of, say, shown, state
from tests.services.town_hall import COORDINATOR, IVY, JUNO, MAX, OTTO, actor, letters, pair_of, receivers, work_until
from tests.world import ANA, CHI, ELI, TEAM, World


async def test_a_match_is_stored_for_review_and_nobody_is_told(
    kit: Kit, world: World, crowd: dict[str, Person], clock: MovableClock
) -> None:
    review = await matched(kit, world)
    assert couples(review) == {(JUNO, MAX), (IVY, OTTO)}
    assert review.cards[0].junior.user_id == JUNO  # the best first
    assert review.counts == {Shelf.OPEN: 2, Shelf.HELD: 0, Shelf.ALONE: 0, Shelf.APPROVED: 0}
    assert [i.n for i in (await today(kit, COORDINATOR)).items if i.decision == "review"] == [2]
    await work_until(kit, clock, clock.now + timedelta(hours=1))
    assert {kind for kind, _, _ in await letters(kit) if kind.startswith("match.")} == set()


async def test_an_approved_junior_is_asked_ten_minutes_later(
    kit: Kit, world: World, crowd: dict[str, Person], clock: MovableClock
) -> None:
    review = await matched(kit, world)
    assert await match.approve(kit, COORDINATOR, [one_of(review, JUNO)]) == (News("approved", (JUNO, MAX)),)
    pair = await pair_of(kit, crowd[JUNO], crowd[MAX])
    assert (pair.state, pair.why) == (PairState.PROPOSED, review.cards[0].suggestion.because)
    assert (await home.today(kit, actor(JUNO))).asked == ()
    with pytest.raises(Refusal, match="closed"):
        await say(kit, JUNO, pair)
    await work_until(kit, clock, clock.now + timedelta(minutes=9))
    assert await receivers(kit, Kind.PROPOSAL_JUNIOR) == []
    await work_until(kit, clock, clock.now + timedelta(minutes=1))
    assert await receivers(kit, Kind.PROPOSAL_JUNIOR) == [JUNO]
    assert await receivers(kit, Kind.PROPOSAL_SENIOR) == []
    with pytest.raises(Refusal, match="too_late"):
        await match.undo_approval(kit, COORDINATOR, one_of(review, JUNO))


async def test_an_approval_can_be_taken_back_and_leaves_no_trace_with_the_two(
    kit: Kit, world: World, crowd: dict[str, Person], clock: MovableClock
) -> None:
    one = one_of(await matched(kit, world), JUNO)
    await match.approve(kit, COORDINATOR, [one])
    assert couples(await shown(kit, world, Shelf.APPROVED)) == {(JUNO, MAX)}
    assert (await match.undo_approval(kit, COORDINATOR, one)).what == "undone"
    assert couples(await shown(kit, world)) == {(JUNO, MAX), (IVY, OTTO)}
    await work_until(kit, clock, clock.now + timedelta(hours=1))
    assert await receivers(kit, Kind.PROPOSAL_JUNIOR) == []
    await match.approve(kit, COORDINATOR, [one])  # and once more
    await work_until(kit, clock, clock.now + UNDO)
    assert await receivers(kit, Kind.PROPOSAL_JUNIOR) == [JUNO]


async def test_a_page_is_approved_at_once_and_the_second_coordinator_is_told(
    kit: Kit, world: World, crowd: dict[str, Person]
) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.add_coordinator(tx, ELI, CHI, kit.clock())
    ids = [card.suggestion.id for card in (await matched(kit, world)).cards]
    assert await match.approve(kit, COORDINATOR, ids) == (News("approved_many", n=2),)
    assert {one.what for one in await match.approve(kit, actor(ELI), ids)} == {"decided"}
    assert (await match.hold(kit, actor(ELI), ids[0])).what == "decided"
    with pytest.raises(Refusal, match="decided"):
        await match.swap_form(kit, actor(ELI), ids[0], Place(world.cohort.id))


async def test_what_is_not_possible_any_more_is_refused_with_its_reason(
    kit: Kit, world: World, crowd: dict[str, Person]
) -> None:
    one = one_of(await matched(kit, world), JUNO)
    await match.declare(kit, COORDINATOR, JUNO, MAX)
    assert await match.approve(kit, COORDINATOR, [one]) == (News("refused", (JUNO, MAX), check=Check.CONFLICT),)
    assert couples(await shown(kit, world)) == {(IVY, OTTO)}


async def test_a_warning_that_is_new_is_shown_before_it_counts_as_seen(
    kit: Kit, world: World, crowd: dict[str, Person]
) -> None:
    one = one_of(await matched(kit, world), JUNO)
    await match.set_line(kit, COORDINATOR, MAX, None)
    (news,) = await match.approve(kit, COORDINATOR, [one])
    assert (news.what, news.check) == ("look_again", Check.SENIOR_LINE_UNKNOWN)
    (news,) = await match.approve(kit, COORDINATOR, [one])
    assert news.what == "approved"


async def test_a_conflict_declared_within_the_ten_minutes_stops_it_without_a_word(
    kit: Kit, world: World, crowd: dict[str, Person], clock: MovableClock
) -> None:
    await match.approve(kit, COORDINATOR, [one_of(await matched(kit, world), JUNO)])
    await match.declare(kit, COORDINATOR, JUNO, MAX)
    await work_until(kit, clock, clock.now + timedelta(hours=1))
    assert {to for kind, to, _ in await letters(kit) if kind.startswith("match.")} == set()


async def test_held_ones_wait_apart_and_come_back(kit: Kit, world: World, crowd: dict[str, Person]) -> None:
    one = one_of(await matched(kit, world), JUNO)
    assert (await match.hold(kit, COORDINATOR, one)).what == "held"
    assert couples(await shown(kit, world)) == {(IVY, OTTO)}
    assert couples(await shown(kit, world, Shelf.HELD)) == {(JUNO, MAX)}
    assert (await match.hold(kit, COORDINATOR, one, back=True)).what == "taken_up"
    assert couples(await shown(kit, world)) == {(JUNO, MAX), (IVY, OTTO)}


async def test_below_the_floor_suggestions_are_held_and_a_newer_match_replaces_them(
    kit: Kit, world: World, crowd: dict[str, Person]
) -> None:
    await match.weigh(kit, COORDINATOR, world.cohort.id, Terms(floor=100))
    review = await matched(kit, world, Shelf.HELD)
    assert (review.counts[Shelf.OPEN], review.counts[Shelf.HELD], review.floor) == (0, 2, 100)
    await match.weigh(kit, COORDINATOR, world.cohort.id, None)
    review = await matched(kit, world)
    assert (review.counts[Shelf.OPEN], review.counts[Shelf.HELD], review.floor) == (2, 0, FLOOR)


async def test_a_page_of_held_ones_is_approved_as_any_other(kit: Kit, world: World, crowd: dict[str, Person]) -> None:
    await match.weigh(kit, COORDINATOR, world.cohort.id, Terms(floor=100))
    held = await matched(kit, world, Shelf.HELD)
    news = await match.approve(kit, COORDINATOR, [card.suggestion.id for card in held.cards])
    assert [(one.what, one.n) for one in news] == [("approved_many", 2)]
    assert (await shown(kit, world, Shelf.APPROVED)).counts[Shelf.HELD] == 0


async def test_weights_are_kept_for_a_cohort_and_refused_out_of_range(kit: Kit, world: World) -> None:
    own = Terms(Weights(gender=10, exchange=0), 55)
    await match.weigh(kit, COORDINATOR, world.cohort.id, own)
    assert (await match.match_desk(kit, COORDINATOR, world.cohort.id)).terms == own
    with pytest.raises(Refusal):
        await match.weigh(kit, COORDINATOR, world.cohort.id, replace(own, floor=101))
    await match.weigh(kit, COORDINATOR, world.cohort.id, None)
    assert (await match.match_desk(kit, COORDINATOR, world.cohort.id)).usual


async def test_what_a_coordinator_held_stays_held_in_the_next_match(
    kit: Kit, world: World, crowd: dict[str, Person]
) -> None:
    await match.hold(kit, COORDINATOR, one_of(await matched(kit, world), JUNO))
    review = await matched(kit, world)
    assert couples(review) == {(IVY, OTTO)}
    assert couples(await shown(kit, world, Shelf.HELD)) == {(JUNO, MAX)}


@pytest.mark.parametrize("declines", [True, False])
async def test_who_said_no_or_nothing_is_suggested_to_somebody_else_in_the_next_match(
    kit: Kit, world: World, crowd: dict[str, Person], clock: MovableClock, declines: bool
) -> None:
    review = await matched(kit, world)
    await match.approve(kit, COORDINATOR, [card.suggestion.id for card in review.cards])
    await work_until(kit, clock, clock.now + UNDO)
    for junior, senior in ((JUNO, MAX), (IVY, OTTO)):
        if declines:
            await say(kit, junior, await pair_of(kit, crowd[junior], crowd[senior]), yes=False)
    await work_until(kit, clock, clock.now + timedelta(days=10))
    assert await state(kit, await pair_of(kit, crowd[JUNO], crowd[MAX])) is PairState.DECLINED
    assert couples(await matched(kit, world)) == {(JUNO, OTTO), (IVY, MAX)}


async def test_a_run_that_was_interrupted_is_done_by_the_courier_and_told(
    kit: Kit, world: World, crowd: dict[str, Person], clock: MovableClock
) -> None:
    run, _ = await match.begin(kit, COORDINATOR, world.cohort.id)
    again, _ = await match.begin(kit, COORDINATOR, world.cohort.id)
    assert again.id == run.id  # one at a time
    await work_until(kit, clock, clock.now + timedelta(minutes=2))
    (told,) = await letters(kit, Kind.MATCH_READY)
    assert told[1] == CHI
    await match.compute(kit, TEAM, run.id)
    await match.compute(kit, TEAM, run.id)  # a second courier stores nothing
    assert (await shown(kit, world)).counts[Shelf.OPEN] == 2
    async with kit.store.read(TEAM) as tx:
        found = await runs.newest(tx, world.cohort.id, *RunState)
    assert found is not None and (found.id, found.state) == (run.id, RunState.READY)


async def test_only_coordinators_review_and_missing_is_the_same_as_forbidden(
    kit: Kit, world: World, crowd: dict[str, Person]
) -> None:
    one = one_of(await matched(kit, world), JUNO)
    for stranger in (JUNO, MAX, ANA):
        for attempt in (
            match.review(kit, actor(stranger), Place(world.cohort.id)), match.approve(kit, actor(stranger), [one]),
            match.hold(kit, actor(stranger), one), match.begin(kit, actor(stranger), world.cohort.id),
            match.weigh(kit, actor(stranger), world.cohort.id, None),
        ):  # fmt: skip
            with pytest.raises(Refusal, match="not_coordinator"):
                await attempt
    with pytest.raises(Refusal, match="gone"):
        await match.approve(kit, COORDINATOR, ["no-such-id"])


async def test_suggestions_go_with_a_person_who_is_erased(kit: Kit, world: World, crowd: dict[str, Person]) -> None:
    await matched(kit, world)
    async with kit.store.write(TEAM) as tx:
        await privacy.erase(tx, JUNO, crowd[JUNO].id)
    assert couples(await shown(kit, world)) == {(IVY, OTTO)}
