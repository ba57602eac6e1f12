"""Halfway, or on the day that a pair chose: does what they agreed still fit?"""

from dataclasses import replace
from datetime import datetime, time

from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.messages import Kind
from bot.domain.prepare import REVIEW_AFTER, ReviewFacts, halfway, is_fresh, midpoint
from bot.domain.refusals import Refusal
from bot.domain.when import utc_of
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import plan, post
from bot.services.prepare.pick import cohort_of, pair_of, planned_of
from bot.services.prepare.redraw import redraw
from storage import match as matches
from storage import meet, prepare
from storage.records.delivery import Due, Letter
from storage.records.match import PairState
from storage.records.meet import Session, SessionState
from storage.records.prefs import MORNING
from storage.records.prepare import Contract
from storage.store import Tx

_HELD = ":m"
"""Behind the contract's id in the work that waits for the session in the middle; the column takes 40 characters."""


async def plan_review(kit: Kit, tx: Tx, people: PairPeople, contract: Contract, now: datetime) -> None:
    """Both have agreed: plan the question for the day they chose, or the middle of the cohort's dates."""
    day = contract.review_on or midpoint(await cohort_of(tx, people.pair))
    at = utc_of(day, time(MORNING), people.junior.zone)
    if at > now:
        await plan(tx, Job.CONTRACT_REVIEW, people.pair.id, at, occurrence=contract.id)


async def after_session(kit: Kit, tx: Tx, session: Session, people: PairPeople, now: datetime) -> None:
    """The session in the middle was held: a day later the two are asked, unless they chose a day of their own."""
    contract = await prepare.contract_of(tx, session.pair_id)
    planned = await planned_of(tx, people.pair)
    if contract is None or contract.review_on is not None or is_fresh(contract, now):
        return
    if session.number != halfway(planned):
        return
    at = max(now, session.ends_at) + REVIEW_AFTER
    await plan(tx, Job.CONTRACT_REVIEW, session.pair_id, at, occurrence=contract.id + _HELD)


async def do_review(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Once per version, to the pair's space."""
    pair = await matches.get(tx, due.subject)
    contract = await prepare.contract_of(tx, due.subject)
    if pair is None or pair.state is not PairState.ACTIVE:
        return "the pair is not active"
    if contract is None or contract.id != due.occurrence.removesuffix(_HELD):
        return "another version holds"
    held = await meet.of_pair(tx, pair.id, SessionState.HELD)
    if due.occurrence.endswith(_HELD) and len(held) < halfway(await planned_of(tx, pair)):
        return "the session is not held after all"
    await post(tx, Kind.CONTRACT_REVIEW, pair.id, contract.id, kit.clock(), contract=contract.id, pair=pair.id)
    return None


async def load_review(kit: Kit, tx: Tx, letter: Letter) -> ReviewFacts | None:
    """The question with who has answered; nothing where they agreed on another version meanwhile."""
    contract = await prepare.contract_of(tx, letter.to)
    pair = await matches.get(tx, letter.to)
    if pair is None or contract is None or contract.id != letter.params["contract"]:
        return None
    return ReviewFacts(await people_of(tx, pair), contract)


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
        return ReviewFacts(mine.people, replace(found, agreements=agreements))
