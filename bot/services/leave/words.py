"""Whether both of a pair that ended early call it completed."""

from bot.domain.leave import Ended, after_words, asks_for_word
from bot.domain.refusals import Refusal
from bot.services import access, review
from bot.services.kit import Actor, Kit
from bot.services.leave.ending import ended
from storage import close, leave, match, meet
from storage.records.match import Pair, PairState
from storage.records.meet import SessionState
from storage.store import Tx


async def question(kit: Kit, actor: Actor, pair_id: str) -> Ended:
    """The question once more, for somebody who changes their mind. Raises Refusal when it is too late."""
    async with kit.store.read(actor.team_id) as tx:
        pair, me = await _asked(kit, tx, actor, pair_id)
        return await _facts(kit, tx, pair, me)


async def say(kit: Kit, actor: Actor, pair_id: str, *, completed: bool) -> Ended:
    """One side's word; both have to say yes. Raises Refusal where nobody asks, or not any more."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        pair, me = await _asked(kit, tx, actor, pair_id)
        await leave.say_word(tx, pair.id, me, completed, now)
        after = after_words(pair, await leave.words_about(tx, pair.id))
        if after is not pair.state:
            await match.move(tx, pair.id, pair.state, after)
            if after is PairState.COMPLETED:
                await review.completed(tx, pair.id, now)
        return await _facts(kit, tx, pair, me)


async def _asked(kit: Kit, tx: Tx, actor: Actor, pair_id: str) -> tuple[Pair, str]:
    pair, me, _ = await access.pair(tx, actor, pair_id)
    held = len(await meet.of_pair(tx, pair.id, SessionState.HELD))
    wrapped = await close.wrap_up(tx, pair_id)
    if (wrapped and wrapped.completed_at) or not asks_for_word(pair, held, kit.clock()):
        raise Refusal("common.errors.gone")
    return pair, me.id


async def _facts(kit: Kit, tx: Tx, pair: Pair, person_id: str) -> Ended:
    found = await ended(tx, pair, person_id, kit.clock())
    if found is None:
        raise Refusal("common.errors.gone")
    return found
