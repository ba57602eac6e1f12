"""What tests of a pair's end share: sessions held and booked, and the days on which somebody looks."""

from datetime import datetime, timedelta

from bot.domain.messages import Kind
from bot.services.close import plan_look
from bot.services.kit import Kit
from storage import close, match, meet, programme
from storage.ids import new_id
from storage.records.close import WrapUp
from storage.records.delivery import Letter
from storage.records.match import PairState
from storage.records.meet import Session, SessionState
from tests.clockwork import MovableClock
from tests.held import hold, letters, pass_time
from tests.world import TEAM, World


async def look(kit: Kit, clock: MovableClock, **later: float) -> None:
    """Some time passes, with its morning looks."""
    async with kit.store.write(TEAM) as tx:
        await plan_look(tx, kit.clock())
    await pass_time(kit, clock, clock.now + timedelta(**(later or {"days": 1})))


async def holds(kit: Kit, world: World, count: int) -> None:
    for _ in range(count):
        await hold(kit, world)


async def book(kit: Kit, world: World, at: datetime, number: int = 1) -> Session:
    """A session that lies ahead, with nothing planned around it."""
    made = Session(
        new_id(), TEAM, world.pair.id, number, at, 60, "", SessionState.PLANNED, world.bo.id, None, None
    )  # fmt: skip
    async with kit.store.write(TEAM) as tx:
        await meet.add(tx, made)
    return made


async def stands(kit: Kit, world: World) -> tuple[PairState, WrapUp | None]:
    async with kit.store.read(TEAM) as tx:
        pair = await match.get(tx, world.pair.id)
        assert pair is not None
        return pair.state, await close.wrap_up(tx, world.pair.id)


async def ended(kit: Kit, *kinds: Kind) -> list[Letter]:
    return await letters(kit, *(kinds or (Kind.WRAPPING, Kind.THANKS, Kind.BOTH_STAY)))


async def pilot(kit: Kit, world: World) -> None:
    """The world's cohort is a pilot."""
    async with kit.store.write(TEAM) as tx:
        await programme.set_cohort(tx, world.cohort.id, pilot=True)
