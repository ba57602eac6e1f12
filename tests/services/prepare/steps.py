"""What the tests of preparing do and look at again and again."""

from datetime import UTC, datetime

from sqlalchemy import select

from bot.domain.meet import Booking
from bot.domain.messages import Kind
from bot.domain.prepare import AgendaFacts, IcebreakerFacts
from bot.services import meet, prepare
from bot.services.kit import Actor, Kit
from storage import outbox, tables
from storage import prepare as stored
from storage.records.delivery import Letter
from storage.records.meet import Session
from tests.world import ANA, BO, CHI, TEAM, World

JUNIOR, SENIOR, COORDINATOR = (Actor(TEAM, user) for user in (ANA, BO, CHI))
TUESDAY = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)


async def booked(kit: Kit, world: World, at: datetime = TUESDAY, *, early: bool = True) -> Session:
    """A session; the first one open for topics, unless `early` is taken away."""
    if early:
        await open_topics(kit, world)
    return await meet.book(kit, SENIOR, Booking(world.pair.id, at, 60, ""))


async def open_topics(kit: Kit, world: World) -> None:
    """Both have said that their first session may have topics."""
    async with kit.store.write(TEAM) as tx:
        await stored.ask_early(tx, world.pair.id, world.ana.id, kit.clock())
        await stored.agree_early(tx, world.pair.id, kit.clock())


async def letters(kit: Kit, kind: Kind) -> list[Letter]:
    c = tables.outbox.c
    async with kit.store.read(TEAM) as tx:
        found = await tx.conn.execute(select(c.id).where(c.kind == kind).order_by(c.id))
        return [letter for row in found if (letter := await outbox.get(tx, row.id)) is not None]


async def drawn(kit: Kit, kind: Kind) -> AgendaFacts | IcebreakerFacts | None:
    """What the newest letter of a kind would say now."""
    letter = (await letters(kit, kind))[-1]
    async with kit.store.read(TEAM) as tx:
        if kind is Kind.AGENDA:
            return await prepare.load_agenda(kit, tx, letter)
        return await prepare.load_icebreakers(kit, tx, letter)


async def shown(kit: Kit) -> list[str]:
    facts = await drawn(kit, Kind.AGENDA)
    assert isinstance(facts, AgendaFacts)
    return [line.text for line in facts.agenda.lines]


def fields(*texts: str) -> dict[str, str]:
    return {f"prepare.line{n}": text for n, text in enumerate(texts, 1)}
