"""What the tests of suggestions do again and again."""

from datetime import timedelta

from bot.domain.match import Proposed
from bot.domain.match.review import Place, Review, Shelf
from bot.services import match
from bot.services.kit import Kit
from storage import match as pairs
from storage.records.enrol import Person
from storage.records.match import Pair, PairState
from tests.clockwork import MovableClock
from tests.services.town_hall import (
    COORDINATOR,
    JUNO,
    MAX,
    actor,
    pair_of,
    work_until,
)
from tests.world import TEAM, World


async def propose(kit: Kit, couple: tuple[Person, Person]) -> Pair:
    assert isinstance(await match.propose(kit, COORDINATOR, JUNO, MAX), Proposed)
    return await pair_of(kit, *couple)


async def state(kit: Kit, pair: Pair) -> PairState:
    async with kit.store.read(TEAM) as tx:
        found = await pairs.get(tx, pair.id)
    assert found is not None
    return found.state


async def say(kit: Kit, user: str, pair: Pair, *, yes: bool = True) -> None:
    await match.answer(kit, actor(user), pair.id, yes=yes)


async def started(kit: Kit, clock: MovableClock, couple: tuple[Person, Person]) -> Pair:
    """Both said yes, and ten minutes have passed each time."""
    pair = await propose(kit, couple)
    await say(kit, JUNO, pair)
    await work_until(kit, clock, clock.now + timedelta(minutes=10))
    await say(kit, MAX, pair)
    await work_until(kit, clock, clock.now + timedelta(minutes=10))
    return pair


async def matched(kit: Kit, world: World, shelf: Shelf = Shelf.OPEN) -> Review:
    """A run, and the first page of what came of it."""
    run, small = await match.begin(kit, COORDINATOR, world.cohort.id)
    assert small
    await match.compute(kit, TEAM, run.id)
    return await match.review(kit, COORDINATOR, Place(world.cohort.id, shelf))


async def shown(kit: Kit, world: World, shelf: Shelf = Shelf.OPEN) -> Review:
    return await match.review(kit, COORDINATOR, Place(world.cohort.id, shelf))


def couples(review: Review) -> set[tuple[str, str]]:
    return {(card.junior.user_id, card.senior.user_id) for card in review.cards}


def one_of(review: Review, junior: str) -> str:
    return next(card.suggestion.id for card in review.cards if card.junior.user_id == junior)
