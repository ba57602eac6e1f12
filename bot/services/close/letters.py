"""What the messages at the end of a pair say, read when they are sent."""

from datetime import datetime
from typing import Any

from bot.domain.close import LOOKED_BACK, Past, Thanks, Wrapping, both_stay
from bot.services.close.quoting import may_quote
from bot.services.kit import Kit
from bot.services.match import people_of
from bot.services.prepare.pick import cohort_of
from storage import close, commit, match, meet, outbox, ripple
from storage.records.commit import CommitmentState
from storage.records.delivery import Letter
from storage.records.enrol import Person
from storage.records.match import Pair, PairState
from storage.records.meet import SessionState
from storage.records.ripple import Ripple
from storage.store import Tx


async def load_wrapping(kit: Kit, tx: Tx, letter: Letter) -> Wrapping | None:
    """For the pair's space; None where they go on longer after all, or have ended."""
    pair = await match.get(tx, letter.params["pair"])
    wrap_up = await close.wrap_up(tx, letter.params["pair"])
    if pair is None or pair.state is not PairState.ACTIVE or wrap_up is None or wrap_up.thanked_at is not None:
        return None
    cohort = await cohort_of(tx, pair)
    ahead = await meet.next_of_pair(tx, pair.id, kit.clock())
    owed = tuple(await commit.of_pair(tx, pair.id, CommitmentState.OPEN))
    return Wrapping(await people_of(tx, pair), ahead, owed, cohort.ends_on)


async def load_thanks(kit: Kit, tx: Tx, letter: Letter) -> Thanks | None:
    """For one side; None where somebody was erased since, or they go on longer after all."""
    pair = await match.get(tx, letter.params["pair"])
    wrap_up = await close.wrap_up(tx, letter.params["pair"])
    if pair is None or wrap_up is None or wrap_up.thanked_at is None:
        return None
    return await thanks_of(tx, pair, letter.params["person"], kit.clock())


async def load_both_stay(kit: Kit, tx: Tx, letter: Letter) -> Thanks | None:
    """For each of two who both would like to stay in touch, once; None where one of them has changed their mind."""
    pair = await match.get(tx, letter.params["pair"])
    told = await outbox.sent_about(tx, letter.kind, letter.to, {"pair": letter.params["pair"]})
    if pair is None or any(one.id != letter.id for one in told):
        return None
    facts = await thanks_of(tx, pair, letter.params["person"], kit.clock())
    return facts if facts is not None and facts.both else None


async def thanks_of(tx: Tx, pair: Pair, person_id: str, now: datetime) -> Thanks | None:
    """None where one of the two was erased."""
    people = await people_of(tx, pair)
    if people.junior.erased or people.senior.erased:
        return None
    held = len(await meet.of_pair(tx, pair.id, SessionState.HELD))
    staying = await close.staying(tx, pair.id)
    return Thanks(people, people.side_of(person_id), held, person_id in staying, both_stay(staying.values(), now))


async def card_of(tx: Tx, pair_id: str) -> dict[str, Any]:
    """What the Home of a running pair says of its end, and how much has come of it."""
    return {"wrap_up": await close.wrap_up(tx, pair_id), "ripples": len(await ripple.of_pairs(tx, [pair_id]))}


async def past_of(tx: Tx, me: Person, now: datetime) -> tuple[Past, ...]:
    """Pairs that ended within a year, newest first, as this person sees them on their Home; only those that met."""
    over = await match.ended_of(tx, me.id)
    pairs = [pair for pair in over if pair.ended_at is not None and now - pair.ended_at < LOOKED_BACK]
    found = []
    ripples = await ripple.of_pairs(tx, [pair.id for pair in pairs])
    for pair in sorted(pairs, key=lambda one: one.id, reverse=True):
        held = len(await meet.of_pair(tx, pair.id, SessionState.HELD))
        if held:
            found.append(await _past(tx, me, pair, held, ripples, now))
    return tuple(found)


async def _past(tx: Tx, me: Person, pair: Pair, held: int, ripples: list[Ripple], now: datetime) -> Past:
    people, staying = await people_of(tx, pair), await close.staying(tx, pair.id)
    both, stays = both_stay(staying.values(), now), me.id in staying
    mine = tuple(one for one in ripples if one.pair_id == pair.id)
    completed = pair.state is PairState.COMPLETED
    quotable = await may_quote(tx, pair.id, me.id)
    return Past(people, people.side_of(me.id), held, completed, stays, both, mine, quotable)
