"""Staying in touch: each side may say so, and both learn of it ten minutes after the second has."""

from datetime import datetime

from bot.domain.close import Thanks
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.when import UNDO
from bot.services import access
from bot.services.calendar import waking
from bot.services.close.letters import thanks_of
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
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
        elif await close.stay(tx, pair.id, me.id, now):
            await _tell_in_time(tx, pair, now)
        facts = await thanks_of(tx, pair, me.id, now)
        if facts is None:
            raise Refusal("common.errors.gone")
        await refresh_home(tx, me.user_id, now)
        return facts


async def _tell_in_time(tx: Tx, pair: Pair, now: datetime) -> None:
    """Where both would like to, both read so when the second one can't take it back."""
    if len(await close.staying(tx, pair.id)) < 2:
        return
    people = await people_of(tx, pair)
    for person in (people.junior, people.senior):
        key = f"{pair.id}:{person.id}:{now:%Y%m%dT%H%M%S%f}"
        at = waking(person, now + UNDO)
        await post(tx, Kind.BOTH_STAY, person.user_id, key, at, pair=pair.id, person=person.id)


async def _comes_to_its_end(tx: Tx, pair: Pair) -> bool:
    if pair.state is PairState.COMPLETED:
        return True
    return pair.state in match.RUNNING and await close.wrap_up(tx, pair.id) is not None
