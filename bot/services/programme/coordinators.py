"""Who coordinates: adding and removing, with one always remaining."""

from bot.domain.enrol import SlackProfile
from bot.domain.messages import Kind
from bot.domain.programme.facts import AddedFacts
from bot.domain.refusals import Refusal
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.post import post, refresh_home
from storage import enrol, programme
from storage.ids import new_id
from storage.records.delivery import Letter
from storage.records.programme import Coordinator, Programme
from storage.store import Tx


async def all_of(kit: Kit, actor: Actor) -> tuple[Programme, list[Coordinator]]:
    """The programme and everybody who coordinates it. Raises Refusal for anybody else."""
    async with kit.store.read(actor.team_id) as tx:
        return await access.coordinator(tx, actor), await programme.coordinators(tx)


async def add(kit: Kit, actor: Actor, profile: SlackProfile) -> tuple[Programme, list[Coordinator]]:
    """Make somebody a coordinator and tell them. Raises Refusal for bots, closed accounts, and who is one already."""
    if not profile.usable:
        raise Refusal("programme.refused.bot" if profile.bot else "programme.refused.deactivated", field="person")
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        if not await programme.add_coordinator(tx, profile.user_id, actor.user_id, now):
            raise Refusal("programme.refused.coordinator_already", field="person", person=f"<@{profile.user_id}>")
        await enrol.meet_person(
            tx, profile.user_id, name=profile.name, zone=profile.zone, locale=profile.locale,
            enterprise_id=actor.enterprise_id,
        )  # fmt: skip
        await programme.note(tx, actor.user_id, "coordinator.added", profile.user_id, now)
        await post(tx, Kind.COORDINATOR_ADDED, profile.user_id, new_id(), now, by=actor.user_id)
        await refresh_home(tx, profile.user_id, now)
        return known, await programme.coordinators(tx)


async def remove(kit: Kit, actor: Actor, user_id: str) -> tuple[Programme, list[Coordinator]]:
    """End somebody's role, one's own too. Raises Refusal for the last one, and for who has no such role."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await programme.hold(tx)
        known = await access.coordinator(tx, actor)
        if not await programme.is_coordinator(tx, user_id):
            raise Refusal("programme.refused.no_coordinator", person=f"<@{user_id}>")
        if len(await programme.coordinators(tx)) == 1:
            raise Refusal("programme.refused.last_coordinator")
        await programme.remove_coordinator(tx, user_id)
        await programme.note(tx, actor.user_id, "coordinator.removed", user_id, now)
        await refresh_home(tx, user_id, now)
        return known, await programme.coordinators(tx)


async def load_added(kit: Kit, tx: Tx, letter: Letter) -> AddedFacts | None:
    if not await programme.is_coordinator(tx, letter.to):
        return None
    return AddedFacts(letter.to, letter.params["by"])
