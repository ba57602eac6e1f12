"""Whose check-in it is, and which one a person means who just types `/revmentor checkin`."""

from datetime import datetime

from bot.domain.checkin import OPEN_FOR, Mine, Mirror, Sheet, closes_at
from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal
from bot.services import access
from bot.services.checkin.drawing import mirror, sheet
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from storage import checkin, enrol, match, meet
from storage.ids import new_id
from storage.records.checkin import Checkin, CheckinState
from storage.records.enrol import Person, Side
from storage.records.match import Pair
from storage.records.meet import Session
from storage.store import Tx


async def mine(tx: Tx, actor: Actor, checkin_id: str, side: Side | None = None) -> Mine:
    """The actor's own check-in with what surrounds it. Missing and somebody else's give the same answer."""
    me = await enrol.find(tx, actor.user_id)
    found = await checkin.get(tx, checkin_id)
    if me is None or found is None or found.person_id != me.id or side not in (None, found.side):
        raise Refusal("common.errors.gone")
    pair = await match.get(tx, found.pair_id)
    session = await meet.get(tx, found.session_id)
    if pair is None or session is None:
        raise Refusal("common.errors.gone")
    return Mine(found, me, await people_of(tx, pair), session)


async def ensure(tx: Tx, session: Session, people: PairPeople, person_id: str, now: datetime) -> Checkin:
    """The person's check-in for a held session, made now if it is not there yet."""
    fresh = Checkin(
        id=new_id(), team_id=tx.team, session_id=session.id, pair_id=session.pair_id, person_id=person_id,
        side=people.side_of(person_id), state=CheckinState.DUE, due_at=now,
        closes_at=closes_at(session.ends_at, now), answered_at=None,
    )  # fmt: skip
    if await checkin.add(tx, fresh):
        return fresh
    found = await checkin.of_session(tx, session.id, person_id)
    assert found is not None
    return found


async def opened(kit: Kit, actor: Actor, checkin_id: str) -> Sheet | Mirror:
    """What the modal behind an *Answer* button shows. Raises Refusal when it is not the actor's, or closed."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        return await _facts(kit, tx, await mine(tx, actor, checkin_id), now)


async def current(kit: Kit, actor: Actor) -> Sheet | Mirror:
    """The check-in that is meant without naming one: what waits, else the last session, else what can be changed."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        me = await access.person(tx, actor)
        running = [pair for pair, _ in await access.pairs(tx, actor)]
        found = await _newest(tx, me, running, now)
        return await _facts(kit, tx, await mine(tx, actor, found.id), now)


async def _facts(kit: Kit, tx: Tx, it: Mine, now: datetime) -> Sheet | Mirror:
    if it.checkin.side is Side.JUNIOR:
        return await sheet(kit, tx, it, now)
    return await mirror(tx, it, now)


async def _newest(tx: Tx, me: Person, running: list[Pair], now: datetime) -> Checkin:
    ids = {pair.id for pair in running}
    if waiting := [c for c in await checkin.open_of_person(tx, me.id, now) if c.pair_id in ids]:
        return waiting[-1]
    held = [s for pair in running if (s := await meet.last_held(tx, pair.id)) is not None]
    if not held:
        raise Refusal("common.errors.no_session")
    last = max(held, key=lambda s: s.ends_at)
    if last.ends_at <= now < last.ends_at + OPEN_FOR:
        pair = next(pair for pair in running if pair.id == last.pair_id)
        return await ensure(tx, last, await people_of(tx, pair), me.id, now)
    if changeable := [c for c in await checkin.editable_of_person(tx, me.id, now) if c.pair_id in ids]:
        return changeable[-1]
    raise Refusal("checkin.refused.nothing_open")
