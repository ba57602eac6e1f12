"""The organisation's own links to help, kept by the coordinators."""

from bot.domain.support import check_links
from bot.services import access
from bot.services.kit import Actor, Kit
from storage import programme, support


async def links(kit: Kit, actor: Actor) -> str:
    """What is shown behind the fourth door. Raises Refusal for who does not coordinate."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        return await support.links(tx)


async def set_links(kit: Kit, actor: Actor, text: str) -> tuple[str, ...]:
    """Replace them; the lines as they are kept. Raises Refusal under the field, and for who does not coordinate."""
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        kept = check_links(text)
        if kept != await support.links(tx):
            await support.set_links(tx, kept)
            await programme.note(tx, actor.user_id, "support.links", tx.team, kit.clock())
        return tuple(kept.splitlines())
