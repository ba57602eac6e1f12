"""Icebreakers: chosen for a pair, swapped, previewed and posted, without repeats until all were seen."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.messages import Kind
from bot.domain.prepare import (
    DEEP,
    ICEBREAKER_SESSIONS,
    LEAST_LEFT,
    SHOWN,
    Deck,
    IcebreakerFacts,
    IcebreakerForm,
    deck_for,
    fresh,
    open_decks,
)
from bot.domain.refusals import Refusal
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import post
from bot.services.prepare.pick import choose, identity_open, pair_of, pair_words, planned_of, purpose_of
from prompts import Content
from prompts.parts import IcebreakerSet
from storage import match as matches
from storage import meet, prepare
from storage.records.delivery import Due, Letter
from storage.records.match import Pair, PairState
from storage.records.meet import SessionState
from storage.records.programme import Purpose
from storage.store import Tx

MOST = 2 * SHOWN


async def send_icebreakers(kit: Kit, tx: Tx, due: Due) -> str | None:
    """The job of T-5 d: five questions from the set that is most at home, once per pair and set."""
    session = await meet.get(tx, due.subject)
    pair = await matches.get(tx, session.pair_id) if session else None
    if session is None or pair is None or session.state is not SessionState.PLANNED:
        return "the session is not planned any more"
    if pair.state is not PairState.ACTIVE or session.number > ICEBREAKER_SESSIONS:
        return "not a first or second session of an active pair"
    now = kit.clock()
    deck = await _deck_for(kit, tx, pair, session.number)
    uses = await prepare.uses(tx, pair.id)
    if any(use.item_id in deck.items for use in uses):
        return "the pair has seen this set"
    items = fresh(deck.items, uses, SHOWN)
    await prepare.use(tx, pair.id, items, now)
    stale = session.starts_at - LEAST_LEFT
    params = {"session": session.id, "items": ",".join(items)}
    await post(tx, Kind.ICEBREAKERS, pair.id, session.id, now, stale_at=stale, **params)
    return None


async def load_icebreakers(kit: Kit, tx: Tx, letter: Letter) -> IcebreakerFacts | None:
    pair = await matches.get(tx, letter.to)
    session = await meet.get(tx, letter.params["session"]) if "session" in letter.params else None
    if pair is None or (session is not None and session.state is not SessionState.PLANNED):
        return None
    facts = await _facts(kit, tx, pair, letter.params["items"].split(","))
    return replace(facts, session=session)


async def swap(kit: Kit, actor: Actor, pair_id: str, shown: Sequence[str], item: str) -> IcebreakerFacts:
    """Another question in the place of `item`. Raises Refusal when there is nothing to swap."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        mine = await pair_of(tx, actor, pair_id)
        pool = await _pool(kit, tx, mine.pair, shown)
        if item not in shown:
            raise Refusal("common.errors.gone")
        new = fresh(pool, await prepare.uses(tx, pair_id), 1, shown)
        if not new:
            raise Refusal("prepare.refused.no_more")
        await prepare.use(tx, pair_id, new, now)
        return await _facts(kit, tx, mine.pair, [new[0] if i == item else i for i in shown])


async def more(kit: Kit, actor: Actor, pair_id: str, shown: Sequence[str]) -> IcebreakerFacts:
    """Five more below those on show. Raises Refusal when no more fit, or none are left."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        mine = await pair_of(tx, actor, pair_id)
        pool = await _pool(kit, tx, mine.pair, shown)
        new = fresh(pool, await prepare.uses(tx, pair_id), min(SHOWN, MOST - len(shown)), shown)
        if not new:
            raise Refusal("prepare.refused.no_more")
        await prepare.use(tx, pair_id, new, now)
        return await _facts(kit, tx, mine.pair, [*shown, *new])


async def preview(kit: Kit, actor: Actor, *, wanted: str = "", pair_id: str = "", count: int = SHOWN) -> IcebreakerForm:
    """What `icebreaker` would post. `wanted` is a set's id or title.

    Raises Refusal for a set that is unknown, locked, or all put away.
    """
    async with kit.store.read(actor.team_id) as tx:
        mine, choices = await choose(tx, actor, pair_id)
        pair = mine.pair
        number = await _number(kit, tx, pair)
        content = (await pair_words(kit, tx)).content
        decks = await _open_decks(kit, tx, pair, number)
        deck = _named(content, decks, wanted) if wanted else await _deck_for(kit, tx, pair, number)
        pool = [*deck.items, *(item for d in decks if d is not deck for item in d.items if count > SHOWN)]
        items = fresh(pool, await prepare.uses(tx, pair.id), min(count, MOST))
    if not items:
        raise Refusal("prepare.refused.no_more")
    partner = mine.people.other(mine.me.id).name
    return IcebreakerForm(pair.id, partner, deck.id, tuple(d.id for d in decks), tuple(items), choices, count)


async def post_icebreakers(kit: Kit, actor: Actor, pair_id: str, items: Sequence[str]) -> None:
    """Send previewed questions to the pair space; a second press on the same day changes nothing."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        mine = await pair_of(tx, actor, pair_id)
        await _pool(kit, tx, mine.pair, items)
        await prepare.use(tx, pair_id, items, now)
        shown = ",".join(items)
        key = f"{pair_id}:{now:%Y%m%d}:{hashlib.sha256(shown.encode()).hexdigest()[:32]}"
        await post(tx, Kind.ICEBREAKERS, pair_id, key, now, items=shown)


async def _facts(kit: Kit, tx: Tx, pair: Pair, items: Sequence[str]) -> IcebreakerFacts:
    people = await people_of(tx, pair)
    pool = await _pool(kit, tx, pair, items)
    left = fresh(pool, await prepare.uses(tx, pair.id), 1, items)
    return IcebreakerFacts(pair.id, tuple(items), people.senior.name, bool(left), people.junior.zone)


async def _pool(kit: Kit, tx: Tx, pair: Pair, shown: Sequence[str]) -> list[str]:
    """What may stand beside or instead of these: their own set first. Raises Refusal for an id that is no question."""
    content = (await pair_words(kit, tx)).content
    known = {item.id for group in content.icebreakers.sets for item in group.questions}
    if not shown or not known.issuperset(shown):
        raise Refusal("common.errors.gone")
    decks = await _open_decks(kit, tx, pair, await _number(kit, tx, pair))
    own = [d for d in decks if shown[0] in d.items]
    return [item for d in [*own, *(d for d in decks if d not in own)] for item in d.items]


async def _number(kit: Kit, tx: Tx, pair: Pair) -> int:
    """The number of the session the pair is preparing for."""
    coming = await meet.next_of_pair(tx, pair.id, kit.clock())
    last = await meet.last_held(tx, pair.id)
    return coming.number if coming else last.number + 1 if last else 1


async def _deck_for(kit: Kit, tx: Tx, pair: Pair, number: int) -> Deck:
    decks, planned, purpose, deep = await _all_decks(kit, tx, pair, number)
    return deck_for(decks, number, planned, purpose, deep=deep)


async def _open_decks(kit: Kit, tx: Tx, pair: Pair, number: int) -> list[Deck]:
    decks, planned, purpose, deep = await _all_decks(kit, tx, pair, number)
    return open_decks(decks, number, planned, purpose, deep=deep)


async def _all_decks(kit: Kit, tx: Tx, pair: Pair, number: int) -> tuple[list[Deck], int, Purpose, bool]:
    """Every set with the questions of it that this pair may be shown before a session.

    Deep is open once both have agreed how they work, where identity is a topic for both.
    """
    content = (await pair_words(kit, tx)).content
    planned, purpose = await planned_of(tx, pair), await purpose_of(tx, pair)
    deep = await prepare.contract_of(tx, pair.id) is not None and await identity_open(tx, pair)
    return [_deck(one, number, purpose, deep) for one in content.icebreakers.sets], planned, purpose, deep


def _deck(one: IcebreakerSet, number: int, purpose: Purpose, deep: bool) -> Deck:
    items = (
        item.id
        for item in one.questions
        if not item.retired
        and item.unlock_session <= number
        and purpose in item.purposes
        and (deep or item.depth < DEEP)
    )
    return Deck(
        one.id, one.unlock_session, one.until_session, one.closing, one.needs_contract or one.depth >= DEEP,
        one.remote, frozenset(one.purposes), tuple(items),
    )  # fmt: skip


def _named(content: Content, decks: Sequence[Deck], wanted: str) -> Deck:
    names = {name: s.id for s in content.icebreakers.sets for name in (s.id, s.title.lower())}
    found = names.get(wanted.strip().lower())
    if found is None:
        raise Refusal("prepare.refused.no_such_set")
    deck = next((d for d in decks if d.id == found), None)
    if deck is None:
        raise Refusal("prepare.refused.locked")
    return deck
