"""A coordinator has every kind of message sent to themselves, with made-up data."""

from bot.domain.messages import Kind
from bot.domain.programme.samples import SampleFacts, sampled
from bot.domain.refusals import Refusal
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.post import post
from storage import enrol, programme
from storage.ids import new_nonce
from storage.records.delivery import Letter
from storage.store import Tx


async def allowed(kit: Kit, actor: Actor) -> None:
    """Raises Refusal for who does not coordinate."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)


async def send(kit: Kit, actor: Actor, step: str) -> int:
    """Queue the kinds of a step, or all; tells how many. Raises Refusal for who does not coordinate."""
    now, kinds = kit.clock(), sampled("" if step == "all" else step)
    if not kinds:
        raise Refusal("common.errors.pick_one", field="step")
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        once = new_nonce()
        for kind in kinds:
            await post(tx, Kind.SAMPLE, actor.user_id, f"{once}:{kind}", now, sample=kind)
        await programme.note(tx, actor.user_id, "test.sent", tx.team, now)
    return len(kinds)


async def load_sample(kit: Kit, tx: Tx, letter: Letter) -> SampleFacts | None:
    """For a coordinator who still is one; a kind that is no more is left out."""
    known = await programme.get(tx)
    if known is None or letter.params["sample"] not in sampled() or not await programme.is_coordinator(tx, letter.to):
        return None
    reader = await enrol.find(tx, letter.to)
    return SampleFacts(letter.params["sample"], letter.to, reader.zone if reader else known.zone, kit.clock())
