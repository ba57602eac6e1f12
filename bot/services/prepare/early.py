"""Topics in a first session: one asks, the other agrees, and until then it is for getting to know each other."""

from bot.domain.messages import Kind
from bot.domain.prepare import EarlyFacts
from bot.domain.refusals import Refusal
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import post
from bot.services.prepare.pick import Mine, pair_of, refresh_both, session_of
from bot.services.prepare.redraw import redraw
from storage import match as matches
from storage import prepare
from storage.records.delivery import Letter
from storage.records.enrol import Person
from storage.records.prepare import EarlyTopics
from storage.store import Tx


async def ask(kit: Kit, actor: Actor, session_id: str) -> None:
    """Ask the partner; asking twice is once, and asking after the partner did is agreeing."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        _, mine = await session_of(tx, actor, session_id)
        if await prepare.ask_early(tx, mine.pair.id, mine.me.id, now):
            key = f"{mine.pair.id}:{now.isoformat()}"
            await post(tx, Kind.EARLY_TOPICS, mine.pair.id, key, now, pair=mine.pair.id)
            return
        asked = await _asked(tx, mine)
        if asked.asked_by != mine.me.id and asked.agreed_at is None:
            await prepare.agree_early(tx, mine.pair.id, now)
            await redraw(tx, Kind.EARLY_TOPICS, mine.pair.id, now, pair=mine.pair.id)
            await refresh_both(tx, mine.people, now)


async def agree(kit: Kit, actor: Actor, pair_id: str) -> EarlyFacts:
    """The partner agrees; twice changes nothing. Raises Refusal for whoever asked, and where nobody asks any more."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        mine = await pair_of(tx, actor, pair_id)
        asked = await _asked(tx, mine)
        if asked.agreed_at is None and asked.asked_by == mine.me.id:
            raise Refusal("prepare.refused.early_partner")
        await prepare.agree_early(tx, pair_id, asked.agreed_at or now)
        await refresh_both(tx, mine.people, now)
        return EarlyFacts(mine.people, _who(mine, asked), open=True)


async def keep_locked(kit: Kit, actor: Actor, pair_id: str) -> EarlyFacts:
    """Either of the two: it stays as it is. Raises Refusal where nobody asks any more."""
    async with kit.store.write(actor.team_id) as tx:
        mine = await pair_of(tx, actor, pair_id)
        asked = await _asked(tx, mine)
        if asked.agreed_at is not None:
            return EarlyFacts(mine.people, _who(mine, asked), open=True)
        await prepare.drop_early(tx, pair_id)
        return EarlyFacts(mine.people, _who(mine, asked), gone=True)


async def load_early(kit: Kit, tx: Tx, letter: Letter) -> EarlyFacts | None:
    """The question, or that both want it by now; nothing where it stays as it is."""
    pair, asked = await matches.get(tx, letter.to), await prepare.early_topics(tx, letter.to)
    if pair is None or asked is None:
        return None
    people = await people_of(tx, pair)
    by = people.junior if asked.asked_by == people.junior.id else people.senior
    return EarlyFacts(people, by, open=asked.agreed_at is not None)


async def _asked(tx: Tx, mine: Mine) -> EarlyTopics:
    found = await prepare.early_topics(tx, mine.pair.id)
    if found is None:
        raise Refusal("common.errors.gone")
    return found


def _who(mine: Mine, asked: EarlyTopics) -> Person:
    return mine.people.junior if asked.asked_by == mine.people.junior.id else mine.people.senior
