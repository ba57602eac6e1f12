"""Who stands behind the doors, as one person finds them; nothing is stored by looking."""

from bot.domain.refusals import Refusal
from bot.domain.support import Doors, contacts_for, readers_of
from bot.services.kit import Actor, Kit
from storage import enrol, match, programme, support
from storage.store import Tx


async def doors(kit: Kit, actor: Actor) -> Doors:
    """For anybody in the workspace. Raises Refusal where no programme is set up."""
    async with kit.store.read(actor.team_id) as tx:
        known = await programme.get(tx)
        if known is None:
            raise Refusal("common.errors.not_set_up")
        coordinators = [one.user_id for one in await programme.coordinators(tx)]
        return Doors(
            readers_of(coordinators, actor.user_id, await partners_of(tx, actor.user_id)),
            contacts_for(known.safe_contacts, actor.user_id, coordinators),
            tuple((await support.links(tx)).splitlines()),
        )


async def partners_of(tx: Tx, user_id: str) -> frozenset[str]:
    """The Slack ids of those whom somebody is paired with now."""
    me = await enrol.find(tx, user_id)
    if me is None:
        return frozenset()
    others = [p.senior_id if p.junior_id == me.id else p.junior_id for p in await match.running_of(tx, me.id)]
    return frozenset(person.user_id for person in (await enrol.people(tx, others)).values())
