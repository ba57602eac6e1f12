"""What the tests of reviews do again and again."""

from datetime import UTC, datetime, timedelta

from bot.domain.meet import Booking
from bot.services import meet
from bot.services import review as reviews
from bot.services.kit import Actor, Kit
from storage import match, review
from storage.records.match import PairState
from storage.records.review import Review, ReviewKind
from tests.clockwork import MovableClock
from tests.held import JUNIOR, pass_time
from tests.world import TEAM, World


async def met(kit: Kit, world: World, *, times: int, clock: MovableClock) -> None:
    """So many sessions, each told of two hours after it; a week lies between two."""
    for n in range(times):
        if n:
            await pass_time(kit, clock, clock.now + timedelta(days=7))
        await meet.log(kit, JUNIOR, Booking(world.pair.id, kit.clock() - timedelta(hours=2), 60, ""))


async def halfway(kit: Kit, world: World, clock: MovableClock) -> tuple[Review, Review]:
    """Three of six sessions held, and both asked about it."""
    await met(kit, world, times=3, clock=clock)
    await pass_time(kit, clock, clock.now + timedelta(days=4))
    return await both(kit, world, ReviewKind.MIDPOINT)


async def complete(kit: Kit, world: World) -> None:
    """The pair has come to its planned end."""
    now = kit.clock()
    async with kit.store.write(TEAM) as tx:
        assert await match.move(tx, world.pair.id, PairState.ACTIVE, PairState.COMPLETED, ended_at=now)
        await reviews.completed(tx, world.pair.id, now)


async def both(kit: Kit, world: World, kind: ReviewKind) -> tuple[Review, Review]:
    """The junior's review and the senior's."""
    async with kit.store.read(TEAM) as tx:
        found = {one.person_id: one for one in await review.of_pair(tx, world.pair.id, kind)}
    return found[world.ana.id], found[world.bo.id]


async def asked(kit: Kit, world: World, kind: ReviewKind) -> set[str]:
    """Who was asked on an occasion: person ids."""
    async with kit.store.read(TEAM) as tx:
        return {one.person_id for one in await review.of_pair(tx, world.pair.id, kind)}


async def given(kit: Kit, actor: Actor, one: Review) -> dict[str, str]:
    """What somebody sees of their own answers."""
    sheet = await reviews.opened(kit, actor, one.id)
    return dict(sheet.given.answers) if sheet.given else {}


def at(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)
