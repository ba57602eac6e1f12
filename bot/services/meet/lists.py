"""A person's sessions, past and ahead."""

from datetime import datetime

from bot.domain.meet import SessionList
from bot.domain.refusals import Refusal
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.prepare.pick import pair_of
from storage import meet
from storage.records.meet import Session
from storage.store import Tx


async def next_session(tx: Tx, pair_id: str, now: datetime) -> Session | None:
    """The pair's planned session that is under way or comes first."""
    return await meet.next_of_pair(tx, pair_id, now)


async def sessions_of(kit: Kit, actor: Actor, pair_id: str = "") -> SessionList:
    """The sessions of one pair, or of all running ones. Raises Refusal when there is no pair, or not yet a session."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        me = await access.person(tx, actor)
        if pair_id:
            pairs = [(await pair_of(tx, actor, pair_id)).pair]
        else:
            pairs = [pair for pair, _ in await access.pairs(tx, actor)]
        found = [(await people_of(tx, pair), tuple(await meet.of_pair(tx, pair.id))) for pair in pairs]
    if not any(sessions for _, sessions in found):
        raise Refusal("common.errors.no_session")
    return SessionList(me, tuple(found), now)
