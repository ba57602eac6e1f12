"""Staying in touch: each side may say so, and the other learns of it once both have."""

from bot.domain.close import Thanks
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.when import UNDO
from bot.services import access
from bot.services.calendar import waking
from bot.services.close.letters import thanks_of
from bot.services.kit import Actor, Kit
from bot.services.post import post, refresh_home
from storage import close, match
from storage.records.match import Pair, PairState
from storage.store import Tx


async def stay(kit: Kit, actor: Actor, pair_id: str, *, yes: bool) -> Thanks:
    """One side would like to stay in touch, or after all not; ten minutes after both would, both are told.

    Raises Refusal for strangers, and for a pair that neither wraps up nor has completed what it planned.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        pair, me, _ = await access.pair(tx, actor, pair_id)
        if not await _comes_to_its_end(tx, pair):
            raise Refusal("common.errors.gone")
        if not yes:
            await close.unstay(tx, pair.id, me.id)
        facts = await thanks_of(tx, pair, me.id)
        if facts is None:
            raise Refusal("common.errors.gone")
        if yes and await close.stay(tx, pair.id, me.id, now):
            facts = await thanks_of(tx, pair, me.id) or facts
            for person in (facts.people.junior, facts.people.senior) if facts.both else ():
                key = f"{pair.id}:{person.id}"
                at = waking(person, now + UNDO)
                await post(tx, Kind.BOTH_STAY, person.user_id, key, at, pair=pair.id, person=person.id)
        await refresh_home(tx, me.user_id, now)
        return facts


async def _comes_to_its_end(tx: Tx, pair: Pair) -> bool:
    if pair.state is PairState.COMPLETED:
        return True
    return pair.state in match.RUNNING and await close.wrap_up(tx, pair.id) is not None
