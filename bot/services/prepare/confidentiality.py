"""When confidentiality ends, in the organisation's words: kept by coordinators, part of every pair's agreement."""

from bot.domain.prepare import check_exceptions
from bot.services import access
from bot.services.kit import Actor, Kit
from storage import prepare, programme


async def exceptions(kit: Kit, actor: Actor) -> str:
    """What they have written; empty for the usual sentence. Raises Refusal for who does not coordinate."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        return await prepare.exceptions(tx)


async def set_exceptions(kit: Kit, actor: Actor, text: str) -> None:
    """Replace it. Raises Refusal under the field, and for who does not coordinate."""
    kept = check_exceptions(text)
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        if kept != await prepare.exceptions(tx):
            await prepare.set_exceptions(tx, kept)
            await programme.note(tx, actor.user_id, "prepare.exceptions", tx.team, kit.clock())
