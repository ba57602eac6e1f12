"""Who sees what, and what is stored about oneself."""

from bot.domain.disclosure import LEAST_K
from bot.domain.privacy import Overview, OwnData
from bot.services.kit import Actor, Kit
from storage import enrol, privacy, programme


async def overview(kit: Kit, actor: Actor) -> Overview:
    """For anybody: what may be seen by whom does not depend on who asks."""
    async with kit.store.read(actor.team_id) as tx:
        known = await programme.get(tx)
        return Overview(await programme.smallest_k(tx) or LEAST_K, known.safe_contacts if known else ())


async def own_data(kit: Kit, actor: Actor) -> OwnData:
    """Everything stored about the actor, and nothing of anybody else's."""
    async with kit.store.read(actor.team_id) as tx:
        me = await enrol.find(tx, actor.user_id)
        tables = await privacy.everything_about(tx, actor.user_id, me.id if me else None)
        return OwnData(tables, me.zone if me else "UTC")
