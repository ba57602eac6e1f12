"""Ripples: logged by either side with two taps, seen by both, and taken back for ten minutes."""

from datetime import datetime

from bot.domain.refusals import Refusal, TooLate
from bot.domain.ripple import SHOWN, LineForm, Ripples, check_line, may_undo
from bot.domain.when import UNDO
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import refresh_homes
from storage import enrol, match, ripple
from storage.ids import new_id
from storage.records.enrol import Person
from storage.records.match import Pair
from storage.records.ripple import Ripple, RippleKind
from storage.store import Tx


async def listed(kit: Kit, actor: Actor, pair_id: str = "") -> Ripples:
    """A pair's ripples; without a pair those of the actor's latest. Raises Refusal where they never had one."""
    async with kit.store.read(actor.team_id) as tx:
        pair, me = await _pair(tx, actor, pair_id)
        return await _facts(tx, pair, me)


async def log(kit: Kit, actor: Actor, pair_id: str, kind: RippleKind) -> Ripples:
    """Something happened. The same again within ten minutes is the same one. Raises Refusal for strangers."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        pair, me = await _pair(tx, actor, pair_id)
        known = await ripple.of_pairs(tx, [pair.id])
        made = next((one for one in known if _same(one, me, kind, now)), None)
        if made is None:
            made = Ripple(new_id(), tx.team, pair.id, me.id, kind, None, now)
            await ripple.add(tx, made)
            await _redraw(tx, pair, now)
        return await _facts(tx, pair, me, made)


async def undo(kit: Kit, actor: Actor, ripple_id: str) -> Ripples:
    """It did not happen after all. Raises Refusal after ten minutes, and for what somebody else logged."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        found, pair, me = await _own(tx, actor, ripple_id)
        if not may_undo(found, now):
            raise TooLate("ripple.refused.too_late")
        await ripple.remove(tx, found.id)
        await _redraw(tx, pair, now)
        return await _facts(tx, pair, me)


async def line_form(kit: Kit, actor: Actor, ripple_id: str) -> LineForm:
    """Say more about it. Raises Refusal for what somebody else logged."""
    async with kit.store.read(actor.team_id) as tx:
        found, pair, _ = await _own(tx, actor, ripple_id)
        return LineForm(found, await people_of(tx, pair))


async def say_more(kit: Kit, actor: Actor, ripple_id: str, line: str) -> Ripples:
    """Keep a line that both of the pair see; an empty one takes it away. Raises Refusal under the field."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        found, pair, me = await _own(tx, actor, ripple_id)
        check_line(line)
        await ripple.set_line(tx, found, line.strip() or None)
        await _redraw(tx, pair, now)
        return await _facts(tx, pair, me)


def _same(one: Ripple, me: Person, kind: RippleKind, now: datetime) -> bool:
    return one.author_id == me.id and one.kind is kind and now - one.at < UNDO


async def _pair(tx: Tx, actor: Actor, pair_id: str) -> tuple[Pair, Person]:
    """A pair of the actor's that has run, or their latest: one that runs before one that has ended."""
    if pair_id:
        pair, me, _ = await access.pair(tx, actor, pair_id)
        if pair.state in match.MET:
            return pair, me
        raise Refusal("common.errors.gone")
    known = await enrol.find(tx, actor.user_id)
    pairs = await _pairs(tx, known) if known is not None else []
    if known is None or not pairs:
        raise Refusal("common.errors.not_paired")
    return pairs[0], known


async def _pairs(tx: Tx, me: Person) -> list[Pair]:
    running, over = await match.running_of(tx, me.id), await match.ended_of(tx, me.id)
    return [*running, *reversed(over)]


async def _own(tx: Tx, actor: Actor, ripple_id: str) -> tuple[Ripple, Pair, Person]:
    found = await ripple.get(tx, ripple_id)
    if found is None:
        raise Refusal("common.errors.gone")
    pair, me = await _pair(tx, actor, found.pair_id)
    if found.author_id != me.id:
        raise Refusal("common.errors.gone")
    return found, pair, me


async def _facts(tx: Tx, pair: Pair, me: Person, fresh: Ripple | None = None) -> Ripples:
    others = [one for one in await match.running_of(tx, me.id) if one.id != pair.id]
    names = [(one.id, (await people_of(tx, one)).other(me.id).name) for one in others]
    shown = tuple((await ripple.of_pairs(tx, [pair.id]))[:SHOWN])
    return Ripples(await people_of(tx, pair), me, shown, fresh, tuple(names))


async def _redraw(tx: Tx, pair: Pair, now: datetime) -> None:
    people = await people_of(tx, pair)
    await refresh_homes(tx, [people.junior.user_id, people.senior.user_id], now)
