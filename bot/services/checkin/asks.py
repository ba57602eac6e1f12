"""What a junior can do with her answers."""

from bot.domain.checkin import Ask
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from storage.records.enrol import Side


async def ask_of(kit: Kit, actor: Actor, pair_id: str = "") -> Ask:
    """For whom an ask is drafted: the junior's pair with that id, or her first. Raises Refusal where she has none."""
    async with kit.store.read(actor.team_id) as tx:
        own = [pair for pair, _ in await access.pairs(tx, actor, Side.JUNIOR, "/revmentor commit")]
        pair = next((p for p in own if p.id == pair_id), own[0])
        people = await people_of(tx, pair)
        return Ask(pair.id, people.senior, people.junior.zone)
