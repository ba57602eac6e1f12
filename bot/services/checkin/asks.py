"""What a junior can do with her answers, and who helps when something is wrong."""

from bot.domain.checkin import Ask, Support
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from storage import programme
from storage.records.enrol import Side


async def ask_of(kit: Kit, actor: Actor, pair_id: str = "") -> Ask:
    """For whom an ask is drafted: the junior's pair with that id, or her first. Raises Refusal where she has none."""
    async with kit.store.read(actor.team_id) as tx:
        own = [pair for pair, _ in await access.pairs(tx, actor, Side.JUNIOR, "/revmentor commit")]
        pair = next((p for p in own if p.id == pair_id), own[0])
        people = await people_of(tx, pair)
        return Ask(pair.id, people.senior, people.junior.zone)


async def support(kit: Kit, actor: Actor) -> Support:
    """The safe contacts and the coordinators, by Slack id. Nothing is sent or stored."""
    async with kit.store.read(actor.team_id) as tx:
        found = await programme.get(tx)
        coordinators = await programme.coordinators(tx)
        return Support(found.safe_contacts if found else (), tuple(c.user_id for c in coordinators))
