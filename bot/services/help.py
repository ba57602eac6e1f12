"""What somebody is in the programme, so that the help shows what is theirs."""

from bot.domain.help import Reader
from bot.domain.programme.setup import LEAST_K
from bot.services.kit import Actor, Kit
from storage import enrol, match, programme
from storage.records.enrol import Side
from storage.store import Tx


async def reader_of(kit: Kit, actor: Actor) -> Reader:
    """The acting person's roles; anybody may ask."""
    async with kit.store.read(actor.team_id) as tx:
        known = await programme.get(tx)
        person = await enrol.find(tx, actor.user_id)
        return Reader(
            enrolled=person is not None and await enrol.enrolled(tx, person.id),
            sides=await _sides(tx, person.id) if person else frozenset(),
            coordinator=await programme.is_coordinator(tx, actor.user_id),
            k=await programme.smallest_k(tx) or LEAST_K,
            contacts=known.safe_contacts if known else (),
        )


async def _sides(tx: Tx, person_id: str) -> frozenset[Side]:
    pairs = await match.running_of(tx, person_id)
    return frozenset(Side.JUNIOR if pair.junior_id == person_id else Side.SENIOR for pair in pairs)
