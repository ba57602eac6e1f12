"""Icebreakers that a pair puts away: to the end of the queue, or for good; undone for ten minutes."""

from dataclasses import replace

from bot.domain.prepare import SHOWN, Aside, IcebreakerForm
from bot.domain.refusals import Refusal, TooLate
from bot.domain.when import UNDO
from bot.services.kit import Actor, Kit
from bot.services.prepare.icebreakers import preview
from bot.services.prepare.pick import pair_of
from storage import prepare


async def put_away_number(kit: Kit, actor: Actor, number: str, *, never: bool) -> IcebreakerForm:
    """As `put_away`, for a question of the usual preview, counted from 1. Raises Refusal for any other number."""
    form = await preview(kit, actor)
    place = int(number) if number.isdecimal() and len(number) < 3 else 0
    if not 1 <= place <= len(form.items):
        raise Refusal("prepare.refused.which_number")
    return await put_away(kit, actor, form.items[place - 1], never=never, pair_id=form.pair_id, deck=form.deck)


async def put_away(
    kit: Kit, actor: Actor, item: str, *, never: bool, pair_id: str, deck: str, count: int = SHOWN
) -> IcebreakerForm:
    """The preview without a question. Raises Refusal for one that is not in it."""
    form = await preview(kit, actor, wanted=deck, pair_id=pair_id, count=count)
    if item not in form.items:
        raise Refusal("common.errors.gone")
    async with kit.store.write(actor.team_id) as tx:
        mine = await pair_of(tx, actor, form.pair_id)
        await prepare.use(tx, mine.pair.id, [item], kit.clock(), never=never)
    return replace(await preview(kit, actor, wanted=deck, pair_id=pair_id, count=count), aside=Aside(item, never))


async def bring_back(
    kit: Kit, actor: Actor, item: str, *, pair_id: str, deck: str, count: int = SHOWN
) -> IcebreakerForm:
    """Undo it. Raises Refusal after ten minutes."""
    async with kit.store.write(actor.team_id) as tx:
        mine = await pair_of(tx, actor, pair_id)
        if not await prepare.unuse(tx, mine.pair.id, item, kit.clock() - UNDO):
            raise TooLate("prepare.refused.back_late")
    return await preview(kit, actor, wanted=deck, pair_id=pair_id, count=count)
