"""How a pair agrees to work: written by one, agreed to by both, changed by either."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.messages import Kind
from bot.domain.prepare import (
    ContractCard,
    ContractFacts,
    ContractForm,
    ContractView,
    Typed,
    check_choices,
    is_late,
    lines_of,
    may_take_back,
    problems_of,
    same,
    typed_of,
)
from bot.domain.refusals import Refusal, Refusals, TooLate
from bot.domain.when import UNDO, local_day
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import post
from bot.services.prepare.pick import Mine, choose, middle_of, pair_of, pair_words, refresh_both, usual_cadence
from bot.services.prepare.redraw import redraw
from bot.services.prepare.review import plan_review
from storage import match as matches
from storage import meet, prepare
from storage.ids import new_id
from storage.records.delivery import Letter
from storage.records.match import Pair
from storage.records.meet import SessionState
from storage.records.prepare import Contract
from storage.store import Tx


async def look(kit: Kit, actor: Actor, pair_id: str = "") -> ContractView | ContractForm:
    """The newest version; the empty modal where nothing was written yet. Raises Refusal as `choose` does."""
    async with kit.store.read(actor.team_id) as tx:
        mine, choices = await choose(tx, actor, pair_id)
        newest = await prepare.newest_contract(tx, mine.pair.id)
        if newest is None:
            return await _form(kit, tx, mine, None)
        return await _view(kit, tx, mine, newest, choices)


async def contract_form(kit: Kit, actor: Actor, pair_id: str = "") -> ContractForm:
    """The modal, filled with the newest version. Raises Refusal as `choose` does."""
    async with kit.store.read(actor.team_id) as tx:
        mine, _ = await choose(tx, actor, pair_id)
        return await _form(kit, tx, mine, await prepare.newest_contract(tx, mine.pair.id))


async def save_contract(kit: Kit, actor: Actor, pair_id: str, typed: Typed, base: str) -> ContractView | ContractForm:
    """A new version, which nobody has agreed to; or the modal again where the partner wrote one meanwhile.

    `base` is the id of the version that the modal started from. Raises Refusals field by field.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        mine = await pair_of(tx, actor, pair_id)
        before = await prepare.newest_contract(tx, pair_id)
        await _check(kit, tx, mine, typed, before, now)
        if before is not None and same(typed, before):
            return await _view(kit, tx, mine, before, {})
        if before is not None and before.id != base:
            return await _form(kit, tx, mine, before, typed)
        written = _version(mine, typed, before, now)
        await prepare.add_contract(tx, written)
        await post(tx, Kind.CONTRACT, pair_id, written.id, now, contract=written.id, pair=pair_id)
        if before is not None:
            await redraw(tx, Kind.CONTRACT, pair_id, now, contract=before.id)
        await refresh_both(tx, mine.people, now)
        return await _view(kit, tx, mine, written, {})


async def agree(kit: Kit, actor: Actor, contract_id: str) -> ContractView:
    """One side agrees; twice changes nothing. Raises Refusal where a newer version was written."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        mine, found = await _newest(tx, actor, contract_id)
        if await prepare.agree_contract(tx, found, mine.me.id, now):
            found = await _changed(tx, mine, found, now)
            if found.agreed:
                await plan_review(kit, tx, mine.people, found, now)
        return await _view(kit, tx, mine, found, {})


async def take_back(kit: Kit, actor: Actor, contract_id: str) -> ContractView:
    """One side does not agree after all, within ten minutes. Raises Refusal when it is too late."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        mine, found = await _newest(tx, actor, contract_id)
        if found.agreement(mine.me.id) is None:
            raise Refusal("prepare.refused.not_agreed")
        if not await prepare.take_back_agreement(tx, contract_id, mine.me.id, now - UNDO):
            raise TooLate("prepare.refused.agreement_stands")
        return await _view(kit, tx, mine, await _changed(tx, mine, found, now), {})


async def load_contract(kit: Kit, tx: Tx, letter: Letter) -> ContractFacts | None:
    """What the pair's space shows of a version."""
    found = await prepare.contract(tx, letter.params["contract"])
    pair = await matches.get(tx, found.pair_id) if found else None
    return await facts_of(kit, tx, found) if found and pair else None


async def facts_of(kit: Kit, tx: Tx, contract: Contract) -> ContractFacts:
    """A version with who agreed, and whether another one holds."""
    pair = await matches.get(tx, contract.pair_id)
    if pair is None:
        raise Refusal("common.errors.gone")
    newest, holds = await prepare.newest_contract(tx, pair.id), await prepare.contract_of(tx, pair.id)
    return ContractFacts(
        await people_of(tx, pair), contract,
        standing=holds is not None and holds.id != contract.id,
        replaced=newest is not None and newest.id != contract.id,
        undo=may_take_back(contract, kit.clock()),
        review_on=contract.review_on or await middle_of(tx, pair),
    )  # fmt: skip


async def card_of(tx: Tx, pair: Pair) -> ContractCard:
    """What a Home says about it, short."""
    newest, holds = await prepare.newest_contract(tx, pair.id), await prepare.contract_of(tx, pair.id)
    held = [] if holds is not None else await meet.of_pair(tx, pair.id, SessionState.HELD)
    waits = newest if newest is not None and not newest.agreed else None
    return ContractCard(holds, waits, is_late(held, holds is not None))


async def _changed(tx: Tx, mine: Mine, contract: Contract, now: datetime) -> Contract:
    """Who agrees has changed: the message and both Homes say so."""
    await redraw(tx, Kind.CONTRACT, mine.pair.id, now, contract=contract.id)
    await refresh_both(tx, mine.people, now)
    return await prepare.contract(tx, contract.id) or contract


async def _newest(tx: Tx, actor: Actor, contract_id: str) -> tuple[Mine, Contract]:
    found = await prepare.contract(tx, contract_id)
    if found is None:
        raise Refusal("common.errors.gone")
    mine = await pair_of(tx, actor, found.pair_id)
    newest = await prepare.newest_contract(tx, found.pair_id)
    if newest is None or newest.id != found.id:
        raise Refusal("prepare.refused.newer")
    return mine, found


async def _check(kit: Kit, tx: Tx, mine: Mine, typed: Typed, before: Contract | None, now: datetime) -> None:
    check_choices(typed, await usual_cadence(tx, mine.pair), before)
    content = (await pair_words(kit, tx)).content
    known = {one.id for one in content.principles()} | set(before.principles if before else ())
    fewest, most = content.contract.fewest, content.contract.most
    problems = problems_of(typed, known, fewest, most, local_day(now, mine.me.zone))
    if problems:
        raise Refusals(problems)


def _version(mine: Mine, typed: Typed, before: Contract | None, now: datetime) -> Contract:
    return Contract(
        new_id(), mine.pair.id, before.version + 1 if before else 1, mine.me.id, now, typed.principles,
        typed.cadence_days, typed.minutes, typed.notice_hours, typed.review_on, lines_of(typed, before, mine.me.id),
    )  # fmt: skip


async def _form(kit: Kit, tx: Tx, mine: Mine, newest: Contract | None, typed: Typed | None = None) -> ContractForm:
    """`typed` is what somebody wrote while the partner was quicker."""
    theirs = await facts_of(kit, tx, newest) if newest is not None and typed is not None else None
    return ContractForm(
        mine.people, mine.me, typed or typed_of(newest, await usual_cadence(tx, mine.pair)),
        newest.id if newest else "", await prepare.exceptions(tx), await middle_of(tx, mine.pair),
        theirs,
    )  # fmt: skip


async def _view(kit: Kit, tx: Tx, mine: Mine, contract: Contract, choices: Mapping[str, str]) -> ContractView:
    return ContractView(await facts_of(kit, tx, contract), mine.me, await prepare.exceptions(tx), choices)
