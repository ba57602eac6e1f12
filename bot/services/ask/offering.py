"""Wording offered after three times *not yet*: decided while her answers are stored, shown to the junior alone.

No message carries it and nothing is planned: it stands in the reply to what she sent, and on her Home.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.ask import after_answers, latest, still_waits
from bot.services.kit import Actor, Kit
from bot.services.post import refresh_home
from storage import ask, enrol
from storage.records.ask import Offers
from storage.records.checkin import AnswerSheet, Question
from storage.store import Tx


async def consider(
    tx: Tx, pair_id: str, person_id: str, sheets: Sequence[AnswerSheet], now: datetime
) -> Question | None:
    """The question to offer words for, if any, now that a check-in is answered; part of its transaction."""
    known = await ask.offers(tx, person_id)
    before = known.pop(pair_id, Offers())
    after = after_answers(sheets, before, latest(known.values()), now)
    await ask.keep_offers(tx, pair_id, person_id, after, now)
    fresh = after.waiting
    return fresh if fresh and after.made.get(fresh) != before.made.get(fresh) else None


async def waiting(tx: Tx, person_id: str, pair_id: str, now: datetime) -> Question | None:
    """The offer that stands on this junior's own Home for one of her pairs."""
    return still_waits((await ask.offers(tx, person_id)).get(pair_id, Offers()), now)


async def settle(kit: Kit, actor: Actor, pair_id: str, question: Question | None = None) -> None:
    """The acting person looked at the wording, or wants none now: the offer goes from her Home.

    With `question`, only where that one waits. Nothing happens where nothing does, or in somebody else's pair.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        me = await enrol.find(tx, actor.user_id)
        before = (await ask.offers(tx, me.id)).get(pair_id) if me else None
        if me is None or before is None or before.waiting is None or question not in (None, before.waiting):
            return
        await ask.keep_offers(tx, pair_id, me.id, replace(before, waiting=None), now)
        await refresh_home(tx, me.user_id, now)
