"""Whom a junior asks, and her line on its way to an agenda."""

from bot.domain.ask import AskFacts, check_gap
from bot.domain.prepare import ParkFacts
from bot.domain.refusals import Refusal
from bot.services import access, prepare
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from storage.records.enrol import Side


async def facts_for(kit: Kit, actor: Actor, pair_id: str = "") -> AskFacts:
    """For whom an ask is drafted: the junior's pair with that id, or her first.

    Raises Refusal where she has none; a senior is told what there is instead.
    """
    async with kit.store.read(actor.team_id) as tx:
        own = [pair for pair, side in await access.pairs(tx, actor) if side is Side.JUNIOR]
        if not own:
            raise Refusal("ask.refused.senior")
        choices = tuple([await people_of(tx, pair) for pair in own])
    return AskFacts(next((one for one in choices if one.pair.id == pair_id), choices[0]), choices)


async def add(kit: Kit, actor: Actor, pair_id: str, text: str, *, field: str | None = None) -> ParkFacts:
    """Put her words on the next agenda, or into the parking lot where no session takes them; that is all that is sent.

    Raises Refusal under `field` for an unfilled blank, an empty or over-long text and a full parking lot, and when she
    is not the junior of that pair.
    """
    async with kit.store.read(actor.team_id) as tx:
        _, _, side = await access.pair(tx, actor, pair_id)
    if side is not Side.JUNIOR:
        raise Refusal("common.errors.gone")
    check_gap(text, field)
    return await prepare.bring(kit, actor, pair_id, text, field=field)
