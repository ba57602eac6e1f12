"""What the command, the Homes and the messages about introductions are drawn from."""

from datetime import datetime
from typing import Any

from bot.domain.intro import OPEN, IntroFacts, IntroList, as_seen, ordered, to_show
from bot.domain.when import local_day
from bot.services import access
from bot.services.intro.changing import stamp
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from storage import intro, match
from storage.records.delivery import Letter
from storage.records.enrol import Person, Side
from storage.records.intro import Introduction, IntroState
from storage.records.match import Pair, PairState
from storage.store import Tx


async def listed(kit: Kit, actor: Actor) -> IntroList:
    """Everything in the actor's running pairs, as the actor sees it. Raises Refusal where there is none."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        me = await access.person(tx, actor)
        found = []
        for pair, side in await access.pairs(tx, actor):
            seen = ordered(await _seen(tx, pair.id, me.id, now))
            found.append((await people_of(tx, pair), side, seen))
        mine = [it.id for _, side, seen in found if side is Side.JUNIOR for it in seen]
        return IntroList(tuple(found), local_day(now, me.zone), me.zone, await intro.outcomes(tx, me.id, mine))


async def home_of(tx: Tx, pair: Pair, me: Person, now: datetime) -> dict[str, Any]:
    """What one of a pair sees on their Home: the introductions, and the junior what she said came of them."""
    shown = to_show(await _seen(tx, pair.id, me.id, now), now)
    mine = [it.id for it in shown] if me.id == pair.junior_id else []
    return {"introductions": shown, "outcomes": await intro.outcomes(tx, me.id, mine)}


async def promised(tx: Tx, pair_id: str, person_id: str, now: datetime) -> tuple[Introduction, ...]:
    """What one of a pair sees as open: asked for, or agreed on."""
    return tuple(it for it in ordered(await _seen(tx, pair_id, person_id, now)) if it.state in OPEN)


async def open_ones(tx: Tx, pair_id: str, now: datetime) -> tuple[Introduction, ...]:
    """What a pair has agreed on and both have heard of, by its day."""
    pair = await match.get(tx, pair_id)
    if pair is None:
        return ()
    both = (pair.junior_id, pair.senior_id)
    agreed = ordered(await intro.of_pair(tx, pair_id, IntroState.AGREED))
    return tuple(it for it in agreed if all(_agreed(as_seen(it, one, now)) for one in both))


def _agreed(seen: Introduction | None) -> bool:
    return seen is not None and seen.state is IntroState.AGREED


async def load_asked(kit: Kit, tx: Tx, letter: Letter) -> IntroFacts | None:
    """To the senior, while it waits and its author has not been erased."""
    return await facts_of(kit, tx, letter, (IntroState.ASKED,))


async def load_told(kit: Kit, tx: Tx, letter: Letter) -> IntroFacts | None:
    """To the junior: what has become of it, if that is still so."""
    return await facts_of(kit, tx, letter, tuple(IntroState))


async def load_let_go(kit: Kit, tx: Tx, letter: Letter) -> IntroFacts | None:
    """To the senior: it is not needed any more."""
    return await facts_of(kit, tx, letter, (IntroState.WITHDRAWN, IntroState.RESTED))


async def facts_of(kit: Kit, tx: Tx, letter: Letter, states: tuple[IntroState, ...]) -> IntroFacts | None:
    """What a letter is about, unless it has changed since, its pair does not run, or its author was erased."""
    it = await intro.get(tx, letter.params["intro"])
    pair = await match.get(tx, it.pair_id) if it is not None else None
    if it is None or pair is None or it.why is None or pair.state is not PairState.ACTIVE:
        return None
    if it.state not in states or letter.params["at"] != stamp(it):
        return None
    people = await people_of(tx, pair)
    reader = people.junior if people.junior.user_id == letter.to else people.senior
    return IntroFacts(it, people, local_day(kit.clock(), reader.zone))


async def _seen(tx: Tx, pair_id: str, person_id: str, now: datetime) -> list[Introduction]:
    return [seen for it in await intro.of_pair(tx, pair_id) if (seen := as_seen(it, person_id, now)) is not None]
