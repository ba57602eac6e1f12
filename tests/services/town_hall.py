"""What tests of joining and pairing share: people who join, letters that wait, work done in its time."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.domain.enrol import About, SlackProfile
from bot.domain.messages import Kind
from bot.schedule.sweeps import run_due
from bot.services import enrol
from bot.services.kit import Actor, Kit
from storage import due, match
from storage import enrol as people
from storage import tables as t
from storage.records.enrol import Person, Profile, Side
from storage.records.match import Pair
from tests.clockwork import MovableClock
from tests.world import CHI, TEAM, World

COORDINATOR = Actor(TEAM, CHI)
JUNO, MAX, IVY, OTTO, TOP = "U07JUNO000", "U07MAX0000", "U07IVY0000", "U07OTTO000", "U07TOP0000"


def actor(user: str) -> Actor:
    return Actor(TEAM, user)


def account(user: str, zone: str = "Europe/Berlin") -> SlackProfile:
    return SlackProfile(user, f"Person {user}", zone, "en-US", False, False, False, False)


def about(*sides: Side, manager: str | None = TOP, **changes: Any) -> About:
    values = {
        "sides": frozenset(sides or {Side.JUNIOR}), "level": 1, "department": "Legal", "location": "Berlin",
        "region": "DE", "share": "", "learn": "", "purposes": ("technology",), "languages": ("en",), **changes,
    }  # fmt: skip
    return About(Profile(**values), manager)


async def join(kit: Kit, world: World, user: str, form: About, zone: str = "Europe/Berlin") -> Person:
    """Somebody takes a place in the world's cohort."""
    await enrol.join(kit, actor(user), account(user, zone), cohort_id=world.cohort.id, version="2026-3", about=form)
    await enrol.bring(kit, actor(user), form.profile)
    async with kit.store.read(TEAM) as tx:
        found = await people.find(tx, user)
    assert found is not None
    return found


async def letters(kit: Kit, *kinds: Kind) -> list[tuple[str, str, datetime]]:
    """What waits to be sent: kind, receiver, due time; earliest first."""
    query = select(t.outbox).where(t.outbox.c.state == "waiting").order_by(t.outbox.c.due_at, t.outbox.c.id)
    async with kit.store.read(TEAM) as tx:
        rows = (await tx.conn.execute(query)).all()
    return [(row.kind, row.to, row.due_at) for row in rows if not kinds or row.kind in kinds]


async def receivers(kit: Kit, kind: Kind) -> list[str]:
    return [to for _, to, _ in await letters(kit, kind)]


async def work_until(kit: Kit, clock: MovableClock, until: datetime) -> None:
    """Do what becomes due up to a moment, each at its own time; letters stay in the outbox."""
    while True:
        async with kit.store.read(TEAM) as tx:
            moment = await due.next_at(tx)
        if moment is None or moment > until:
            break
        clock.set(max(moment, clock.now))
        await run_due(kit)
    clock.set(until)


async def pair_of(kit: Kit, one: Person, other: Person) -> Pair:
    """The newest pair of two persons."""
    async with kit.store.read(TEAM) as tx:
        return (await match.between(tx, one.id, other.id))[-1]
