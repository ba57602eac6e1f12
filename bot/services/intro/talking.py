"""*What came of it?*: asked of the junior alone; the senior never learns that, or what, she answered."""

from dataclasses import replace

from bot.domain.intro import Asking
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import access
from bot.services.calendar import waking
from bot.services.intro.changing import live, stamp
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import post, refresh_home
from storage import intro, match
from storage.records.delivery import Due, Letter
from storage.records.enrol import Side
from storage.records.intro import Introduction, IntroState, Outcome
from storage.records.match import PairState
from storage.store import Tx

_SETTLED = (Outcome.TALKED, Outcome.NOT)
_NOT_ASKED = "not made after all, the pair is paused or has ended, or it is settled"
"""One reason for all of it: it stands in the log and beside the work, and must not be her answer."""


async def do_ask_talked(kit: Kit, tx: Tx, item: Due) -> str | None:
    """Ten days after *made*, and three weeks later once more for who has not said how it ended.

    Both are planned from the start, so that what is planned tells nothing about the answer.
    """
    found = await live(tx, item)
    if found is None or found[0].state is not IntroState.MADE:
        return _NOT_ASKED
    it, people = found
    if await _said(tx, it, people.junior.id) in _SETTLED:
        return _NOT_ASKED
    at = waking(people.junior, kit.clock())
    key = f"{it.id}:{item.occurrence}"
    await post(tx, Kind.INTRO_TALKED, people.junior.user_id, key, at, intro=it.id, pair=it.pair_id, at=stamp(it))
    return None


async def load_talked(kit: Kit, tx: Tx, letter: Letter) -> Asking | None:
    """The question, while it is made and she has not said how it ended."""
    it = await intro.get(tx, letter.params["intro"])
    pair = await match.get(tx, it.pair_id) if it is not None else None
    if it is None or pair is None or pair.state is not PairState.ACTIVE or it.state is not IntroState.MADE:
        return None
    if await _said(tx, it, pair.junior_id) in _SETTLED:
        return None
    return Asking(it, await people_of(tx, pair))


async def say(kit: Kit, actor: Actor, intro_id: str, said: str) -> Asking:
    """Keep the junior's private word; again replaces it. Raises Refusal for anybody else, as for a missing one."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        asked = await _asked(tx, actor, intro_id)
        if said not in set(Outcome):
            raise Refusal("common.errors.gone")
        outcome, junior = Outcome(said), asked.people.junior
        await intro.save_outcome(tx, asked.intro, junior.id, outcome, now)
        await refresh_home(tx, junior.user_id, now)
        return replace(asked, outcome=outcome)


async def ask_again(kit: Kit, actor: Actor, intro_id: str) -> Asking:
    """The question once more, for a junior who wants to say something else."""
    async with kit.store.read(actor.team_id) as tx:
        return await _asked(tx, actor, intro_id)


async def _asked(tx: Tx, actor: Actor, intro_id: str) -> Asking:
    it = await intro.get(tx, intro_id)
    if it is None or it.state is not IntroState.MADE:
        raise Refusal("common.errors.gone")
    pair, _, side = await access.pair(tx, actor, it.pair_id)
    if side is not Side.JUNIOR:
        raise Refusal("common.errors.gone")
    return Asking(it, await people_of(tx, pair))


async def _said(tx: Tx, it: Introduction, junior_id: str) -> Outcome | None:
    return (await intro.outcomes(tx, junior_id, [it.id])).get(it.id)
