"""What the tests of sessions do and look at again and again."""

from datetime import UTC, datetime

from sqlalchemy import select

from bot.domain.jobs import Job
from bot.domain.meet import Booking
from bot.domain.messages import Kind
from bot.services import meet
from bot.services.kit import Actor, Kit
from storage import due, outbox, tables
from storage import meet as sessions
from storage.records.delivery import DueState, Letter
from storage.records.meet import Session
from tests.world import ANA, BO, CHI, ELI, TEAM, World

JUNIOR, SENIOR, COORDINATOR, STRANGER = (Actor(TEAM, user) for user in (ANA, BO, CHI, ELI))
TUESDAY = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)


def wish(world: World, at: datetime = TUESDAY, minutes: int = 60, place: str = "Room 4") -> Booking:
    return Booking(world.pair.id, at, minutes, place)


async def booked(kit: Kit, world: World, at: datetime = TUESDAY) -> Session:
    return await meet.book(kit, SENIOR, wish(world, at))


async def state(kit: Kit, session: Session) -> Session:
    async with kit.store.read(TEAM) as tx:
        found = await sessions.get(tx, session.id)
    assert found is not None
    return found


async def all_of(kit: Kit, world: World) -> list[Session]:
    async with kit.store.read(TEAM) as tx:
        return await sessions.of_pair(tx, world.pair.id)


async def letters(kit: Kit, kind: Kind) -> list[Letter]:
    c = tables.outbox.c
    async with kit.store.read(TEAM) as tx:
        found = await tx.conn.execute(select(c.id).where(c.kind == kind).order_by(c.id))
        return [letter for row in found if (letter := await outbox.get(tx, row.id)) is not None]


async def pending(kit: Kit, job: Job, session: Session) -> int:
    async with kit.store.read(TEAM) as tx:
        return sum(item.state is DueState.PENDING for item in await due.about(tx, job, session.id))
