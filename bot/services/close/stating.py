"""The junior's contribution statement: made of operational facts, worded by herself, and shown to nobody else."""

from bot.domain.close import Contribution, check_statement, measure
from bot.domain.refusals import Refusal
from bot.domain.when import local_day
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.prepare.pick import cohort_of, purpose_of
from storage import close, enrol, match, meet
from storage.records.close import Statement
from storage.records.match import Pair
from storage.records.meet import SessionState
from storage.store import Tx


async def contribution(kit: Kit, actor: Actor, pair_id: str = "") -> Contribution:
    """For a pair in which the actor is the junior, or the latest that has met.

    Raises Refusal where there is none: missing and forbidden give the same answer.
    """
    async with kit.store.read(actor.team_id) as tx:
        return await _facts(tx, await _pair(tx, actor, pair_id))


async def save(kit: Kit, actor: Actor, pair_id: str, text: str, note: str) -> Contribution:
    """Keep the junior's own wording. Raises Refusal as `contribution` does, and under the fields for what is too long.

    What is emptied is made anew from the facts the next time.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        pair = await _pair(tx, actor, pair_id)
        check_statement(text, note)
        await close.save_statement(tx, Statement(pair.id, pair.junior_id, text, note, now))
        return await _facts(tx, pair)


async def fresh(kit: Kit, actor: Actor, pair_id: str) -> Contribution:
    """Start again from the facts: her own wording is forgotten."""
    async with kit.store.write(actor.team_id) as tx:
        pair = await _pair(tx, actor, pair_id)
        await close.drop_statement(tx, pair.id)
        return await _facts(tx, pair)


async def _pair(tx: Tx, actor: Actor, pair_id: str) -> Pair:
    me = await enrol.find(tx, actor.user_id)
    if pair_id:
        pair, who, _ = await access.pair(tx, actor, pair_id)
        known = [pair] if pair.junior_id == who.id else []
    else:
        mine = [*await match.running_of(tx, me.id), *await match.ended_of(tx, me.id)] if me else []
        known = sorted((p for p in mine if me and p.junior_id == me.id), key=lambda one: one.id, reverse=True)
    for pair in known:
        if pair.state in match.MET and await meet.of_pair(tx, pair.id, SessionState.HELD):
            return pair
    raise Refusal("common.errors.gone" if pair_id else "close.refused.no_statement")


async def _facts(tx: Tx, pair: Pair) -> Contribution:
    sessions = await meet.of_pair(tx, pair.id, SessionState.HELD)
    people = await people_of(tx, pair)
    held, minutes = measure(sessions)
    days = [local_day(one.starts_at, people.junior.zone) for one in sessions]
    place = await enrol.place(tx, pair.junior_id, pair.cohort_id)
    known = await close.statement(tx, pair.id)
    return Contribution(
        people, await cohort_of(tx, pair), held, minutes, min(days), max(days), await purpose_of(tx, pair),
        tuple(sorted(place.profile.offers)) if place else (), known.text if known else None,
        known.note if known else None,
    )  # fmt: skip
