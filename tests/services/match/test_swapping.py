"""Somebody else in a suggestion: with the checks of a pair by hand, exchanged where two suggestions are concerned."""

from datetime import timedelta

import pytest

from bot.domain.match import Check, Reason
from bot.domain.match.review import News, Place, Shelf, Swap
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.when import UNDO
from bot.services import match
from bot.services.kit import Kit
from storage import enrol, programme
from storage.records.enrol import Confided, Person, Side
from tests.clockwork import MovableClock
from tests.services.match.steps import couples, matched, one_of, say, shown
from tests.services.town_hall import (
    COORDINATOR,
    IVY,
    JUNO,
    MAX,
    OTTO,
    TOP,
    about,
    join,
    pair_of,
    receivers,
    work_until,
)
from tests.world import ANA, BO, TEAM, World


async def test_another_senior_is_swapped_in_and_who_is_left_over_is_on_the_list(
    kit: Kit, world: World, crowd: dict[str, Person]
) -> None:
    await join(kit, world, "U07ZOE0000", about(Side.SENIOR, manager=TOP, level=4, department="HR"))
    review, place = await matched(kit, world), Place(world.cohort.id)
    one, card = one_of(review, IVY), next(c for c in review.cards if c.junior.user_id == IVY)
    (free,) = {MAX, OTTO, "U07ZOE0000"} - {c.senior.user_id for c in review.cards}
    form = await match.swap_form(kit, COORDINATOR, one, place, IVY, free)
    assert form.verdict is not None and form.verdict.hard == () and form.other is None
    assert await match.swap(kit, COORDINATOR, one, place, IVY, free, None) == News("swapped", (IVY, free))
    after = await shown(kit, world)
    assert (IVY, free) in couples(after) and after.cards[0].suggestion.score is None  # a coordinator's own come first
    alone = (await shown(kit, world, Shelf.ALONE)).alone
    assert [(a.person.user_id, a.unmatched.reason) for a in alone] == [(card.senior.user_id, "freed")]


async def test_two_suggestions_exchange_their_seniors(kit: Kit, world: World, crowd: dict[str, Person]) -> None:
    one = one_of(await matched(kit, world), JUNO)
    form = await match.swap_form(kit, COORDINATOR, one, Place(world.cohort.id), JUNO, OTTO)
    assert form.exchange and form.other is not None and form.other.junior.user_id == IVY
    done = await match.swap(kit, COORDINATOR, one, Place(world.cohort.id), JUNO, OTTO, None)
    assert isinstance(done, News) and done.what == "exchanged"
    assert couples(await shown(kit, world)) == {(JUNO, OTTO), (IVY, MAX)}
    assert (await shown(kit, world, Shelf.ALONE)).alone == ()


async def test_a_swap_has_the_hard_checks_and_wants_a_reason_for_the_soft_ones(
    kit: Kit, world: World, crowd: dict[str, Person]
) -> None:
    one, place = one_of(await matched(kit, world), JUNO), Place(world.cohort.id)
    for junior, senior, why in (
        (JUNO, MAX, "nobody_new"), (IVY, OTTO, "both_new"), (JUNO, ANA, "not_a_senior"), (JUNO, BO, "senior_full"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=why):
            await match.swap(kit, COORDINATOR, one, place, junior, senior, None)
    await match.set_line(kit, COORDINATOR, OTTO, None)
    asked = await match.swap(kit, COORDINATOR, one, place, JUNO, OTTO, None)
    assert isinstance(asked, Swap) and asked.verdict is not None and asked.verdict.soft == (Check.SENIOR_LINE_UNKNOWN,)
    done = await match.swap(kit, COORDINATOR, one, place, JUNO, OTTO, Reason.ASKED)
    assert isinstance(done, News)
    async with kit.store.read(TEAM) as tx:
        lines = await programme.audit_since(tx, kit.clock() - timedelta(days=1))
    assert ("match.swap", "senior_line_unknown asked") in {(line.action, line.detail) for line in lines}


async def test_an_avoid_list_shows_in_no_check_and_the_card_goes_out_as_ever(
    kit: Kit, world: World, crowd: dict[str, Person], clock: MovableClock
) -> None:
    """Matching keeps the two apart; a coordinator who picks them by hand learns nothing, and either may decline."""
    async with kit.store.write(TEAM) as tx:
        await enrol.confide(tx, crowd[OTTO].id, Confided(avoid=(JUNO,)), kit.clock())
    review, place = await matched(kit, world), Place(world.cohort.id)
    assert couples(review) == {(JUNO, MAX), (IVY, OTTO)}
    one = one_of(review, JUNO)
    form = await match.swap_form(kit, COORDINATOR, one, place, JUNO, OTTO)
    other = await match.swap_form(kit, COORDINATOR, one_of(review, IVY), place, IVY, MAX)
    assert form.verdict is not None and other.verdict is not None and form.verdict == other.verdict
    await match.swap(kit, COORDINATOR, one, place, JUNO, OTTO, None)
    await match.approve(kit, COORDINATOR, [one_of(await shown(kit, world), JUNO)])
    await work_until(kit, clock, clock.now + UNDO)
    await say(kit, JUNO, await pair_of(kit, crowd[JUNO], crowd[OTTO]))
    await work_until(kit, clock, clock.now + UNDO)
    assert await receivers(kit, Kind.PROPOSAL_SENIOR) == [OTTO]
