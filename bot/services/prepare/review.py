"""Halfway, or on the day that a pair chose: how are the two doing, and does what they agreed still fit?"""

from dataclasses import replace
from datetime import datetime, time

from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.messages import Kind
from bot.domain.prepare import HALFWAY, ReviewFacts, is_fresh
from bot.domain.refusals import Refusal
from bot.domain.when import utc_of
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import plan, post
from bot.services.prepare.pick import pair_of
from bot.services.prepare.redraw import redraw
from storage import match as matches
from storage import prepare
from storage.records.delivery import Due, Letter
from storage.records.match import PairState
from storage.records.prefs import MORNING
from storage.records.prepare import Contract
from storage.store import Tx


async def plan_review(kit: Kit, tx: Tx, people: PairPeople, contract: Contract, now: datetime) -> None:
    """Both have agreed: plan the question for the day they chose. Without one it is part of what is asked halfway."""
    if contract.review_on is None:
        return
    at = utc_of(contract.review_on, time(MORNING), people.junior.zone)
    if at > now:
        await plan(tx, Job.CONTRACT_REVIEW, people.pair.id, at, occurrence=contract.id)


async def do_review(kit: Kit, tx: Tx, due: Due) -> str | None:
    """To the pair's space: once per version that has a day of its own, and once halfway, whoever answered or not."""
    pair = await matches.get(tx, due.subject)
    contract = await prepare.contract_of(tx, due.subject)
    if pair is None or pair.state is not PairState.ACTIVE:
        return "the pair is not active"
    now = kit.clock()
    if due.occurrence == HALFWAY:
        asked = contract.id if contract is not None and _asked_halfway(contract, now) else ""
        key = f"{pair.id}:{HALFWAY}"
        await post(tx, Kind.CONTRACT_REVIEW, pair.id, key, now, contract=asked, pair=pair.id, together=pair.id)
        return None
    if contract is None or contract.id != due.occurrence or contract.review_on is None:
        return "another version holds, or it is asked about halfway"
    await post(tx, Kind.CONTRACT_REVIEW, pair.id, contract.id, now, contract=contract.id, pair=pair.id)
    return None


async def load_review(kit: Kit, tx: Tx, letter: Letter) -> ReviewFacts | None:
    """The question with who has answered; of a version that holds no more, nothing is asked."""
    contract = await prepare.contract_of(tx, letter.to)
    pair = await matches.get(tx, letter.to)
    if pair is None or pair.state is not PairState.ACTIVE:
        return None
    together = "together" in letter.params
    holds = contract is not None and contract.id == letter.params["contract"]
    return ReviewFacts(await people_of(tx, pair), contract if holds else None, together) if holds or together else None


async def still_fits(kit: Kit, actor: Actor, contract_id: str) -> ReviewFacts:
    """One side says that it fits; twice changes nothing. Raises Refusal where it does not hold any more."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        found = await prepare.contract(tx, contract_id)
        if found is None:
            raise Refusal("common.errors.gone")
        mine = await pair_of(tx, actor, found.pair_id)
        holds = await prepare.contract_of(tx, found.pair_id)
        if holds is None or holds.id != contract_id:
            raise Refusal("prepare.refused.newer")
        await prepare.say_fits(tx, contract_id, mine.me.id, now)
        await redraw(tx, Kind.CONTRACT_REVIEW, found.pair_id, now, contract=contract_id)
        agreements = (await prepare.contract(tx, contract_id) or found).agreements
        return ReviewFacts(mine.people, replace(found, agreements=agreements), together=found.review_on is None)


def _asked_halfway(contract: Contract, now: datetime) -> bool:
    """Not one with a day of its own, and not one that was agreed on only just before."""
    return contract.review_on is None and not is_fresh(contract, now)
