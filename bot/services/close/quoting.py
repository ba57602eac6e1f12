"""Words that somebody writes in order to be quoted: a draft is theirs alone, and what is approved can be withdrawn."""

from bot.domain.close import Quoted, QuoteForm, check_quote, stamp
from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal
from bot.domain.review import MAY_BE_QUOTED
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import refresh_home
from bot.services.prepare.pick import cohort_of
from bot.services.review import quote_of
from storage import close, enrol, match, meet
from storage.ids import new_id
from storage.records.close import Quote, QuoteState
from storage.records.enrol import Side
from storage.records.meet import SessionState
from storage.store import Tx

SHOWN = 30
"""How many quotes coordinators see at a time, newest first."""


async def may_quote(tx: Tx, pair_id: str, person_id: str) -> bool:
    """Whether somebody is offered to write words about a pair, on their own Home: they said that they may be quoted,
    or have begun to write."""
    if await close.quote_of(tx, pair_id, person_id) is not None:
        return True
    return await quote_of(tx, pair_id, person_id) in MAY_BE_QUOTED


async def quote_form(kit: Kit, actor: Actor, pair_id: str) -> QuoteForm:
    """The window: what they wrote before, and the name as they chose in the survey. Raises Refusal for strangers."""
    async with kit.store.read(actor.team_id) as tx:
        people, side = await _own(tx, actor, pair_id)
        said = await quote_of(tx, pair_id, people.on(side).id)
        return await _form(tx, people, side, said == "named")


async def write_quote(kit: Kit, actor: Actor, pair_id: str, text: str, *, named: bool) -> QuoteForm:
    """Keep a draft, which nobody else sees; what was approved before is not shown any more until this is.

    Raises Refusal for strangers, and under the field for what is empty or too long.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        people, side = await _own(tx, actor, pair_id)
        check_quote(text)
        person_id = people.on(side).id
        known = await close.quote_of(tx, pair_id, person_id)
        quote_id = known.id if known else new_id()
        made = Quote(quote_id, tx.team, pair_id, person_id, side, text.strip(), named, QuoteState.DRAFT, now)
        await close.save_quote(tx, made)
        return await _form(tx, people, side, named)


async def approve_quote(kit: Kit, actor: Actor, quote_id: str, seen: str) -> QuoteForm:
    """It may be quoted, exactly as it was shown: `seen` is the stamp of what was.

    Raises Refusal for strangers, and where it reads differently by now.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        found, people = await _mine(tx, actor, quote_id)
        if found.state is QuoteState.APPROVED:
            return await _form(tx, people, found.side, found.named)
        if stamp(found) != seen or not await close.move_quote(
            tx, found.id, QuoteState.DRAFT, QuoteState.APPROVED, now
        ):  # fmt: skip
            raise Refusal("close.refused.quote_changed")
        await refresh_home(tx, actor.user_id, now)
        return await _form(tx, people, found.side, found.named)


async def withdraw_quote(kit: Kit, actor: Actor, quote_id: str) -> QuoteForm:
    """It may not be quoted any more. Raises Refusal for strangers."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        found, people = await _mine(tx, actor, quote_id)
        for before in (QuoteState.APPROVED, QuoteState.DRAFT):
            await close.move_quote(tx, found.id, before, QuoteState.WITHDRAWN, now)
        await refresh_home(tx, actor.user_id, now)
        return await _form(tx, people, found.side, found.named)


async def quotes(kit: Kit, actor: Actor) -> tuple[Quoted, ...]:
    """What may be quoted, for coordinators, newest first. Raises Refusal for everybody else."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        found = []
        for one in await close.approved(tx):
            pair, person = await match.get(tx, one.pair_id), await enrol.get(tx, one.person_id)
            if one.text and pair is not None and person is not None and not person.erased:
                found.append(Quoted(one, person.name if one.named else None, await cohort_of(tx, pair)))
        return tuple(found[:SHOWN])


async def _form(tx: Tx, people: PairPeople, side: Side, named: bool) -> QuoteForm:
    known = await close.quote_of(tx, people.pair.id, people.on(side).id)
    shown = known.named if known is not None else named
    return QuoteForm(people, side, await cohort_of(tx, people.pair), known, shown)


async def _own(tx: Tx, actor: Actor, pair_id: str) -> tuple[PairPeople, Side]:
    """A pair of the actor's that has met."""
    pair, _, side = await access.pair(tx, actor, pair_id)
    if pair.state not in match.MET or not await meet.of_pair(tx, pair.id, SessionState.HELD):
        raise Refusal("common.errors.gone")
    return await people_of(tx, pair), side


async def _mine(tx: Tx, actor: Actor, quote_id: str) -> tuple[Quote, PairPeople]:
    found = await close.quote(tx, quote_id)
    me = await enrol.find(tx, actor.user_id)
    pair = await match.get(tx, found.pair_id) if found else None
    if found is None or me is None or pair is None or found.person_id != me.id:
        raise Refusal("common.errors.gone")
    return found, await people_of(tx, pair)
