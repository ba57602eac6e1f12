"""Who was mainly learning: one tap of each side after a session, for that side alone.

What follows from it, a lesson and a line for the next agenda, is offered in the answer to the very press and is
nobody's but theirs to use. The partner gets nothing because of it (docs/decisions/0025-who-was-learning.md).
"""

from datetime import datetime

from bot.domain.learner import LearnerFacts, turned
from bot.domain.refusals import Refusal
from bot.services import access
from bot.services.kit import Actor, Kit
from storage import learner, meet
from storage.match import RUNNING
from storage.records.checkin import Learner
from storage.records.enrol import Person, Side
from storage.records.meet import Session, SessionState
from storage.store import Tx


async def say_learner(kit: Kit, actor: Actor, session_id: str, said: Learner | None) -> LearnerFacts:
    """Keep one's word about a session that was held; None takes it back. Raises Refusal for anybody else."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        session = await meet.get(tx, session_id)
        if session is None:
            raise Refusal("common.errors.gone")
        pair, me, side = await access.pair(tx, actor, session.pair_id)
        if pair.state not in RUNNING:
            raise Refusal("common.errors.pair_ended")
        if session.state is not SessionState.HELD:
            raise Refusal("common.errors.gone")
        if said is None:
            await learner.forget(tx, session_id, me.id)
            return LearnerFacts(session, side)
        return await note_learner(tx, session, me, side, said, now)


async def note_learner(
    tx: Tx, session: Session, me: Person, side: Side, said: Learner | None, now: datetime
) -> LearnerFacts:
    """Within another use case: what a form says of it; nothing said changes nothing."""
    if said is not None:
        await learner.save(tx, session.pair_id, session.id, me.id, said, now)
    return await learner_of(tx, session, me, side)


async def learner_of(tx: Tx, session: Session, me: Person, side: Side) -> LearnerFacts:
    """Somebody's own word about a session, and whether it is the second of its kind in a row."""
    known = await learner.mine(tx, session.pair_id, me.id)
    mine = known.get(session.id)
    upto = list(known)[: list(known).index(session.id) + 1] if mine is not None else []
    return LearnerFacts(session, side, mine, turned([known[one] for one in upto], side))
