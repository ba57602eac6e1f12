"""A senior's own scorecard, put together for the senior and for nobody else."""

from bot.domain.refusals import Refusal
from bot.domain.score import Scorecard, card
from bot.domain.when import local_day
from bot.services import access
from bot.services.kit import Actor, Kit
from storage import commit, credit, intro, match, meet
from storage.records.enrol import Person
from storage.store import Tx


async def scorecard_of(kit: Kit, tx: Tx, me: Person) -> Scorecard:
    """Of all pairs in which somebody is or was the senior."""
    return card(
        await meet.record_of_senior(tx, me.id),
        await commit.of_owner(tx, me.id),
        await intro.made_by(tx, me.id),
        await credit.of_senior(tx, me.id),
        today=local_day(kit.clock(), me.zone),
        zone=me.zone,
    )


async def scorecard(kit: Kit, actor: Actor) -> Scorecard:
    """The actor's own. Raises Refusal for whoever is nobody's senior."""
    async with kit.store.read(actor.team_id) as tx:
        me = await access.person(tx, actor)
        if not any(pair.senior_id == me.id for pair in await match.running_of(tx, me.id)):
            raise Refusal("common.errors.gone")
        return await scorecard_of(kit, tx, me)
