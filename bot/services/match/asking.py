"""Asking the two sides one after the other, and what follows from each answer.

A no is kept where nobody sees it, and the suggestion ends when no answer would have ended it, too: decision 20.
"""

from datetime import datetime

from bot.domain.jobs import Job
from bot.domain.match import EXPIRE_DAYS, REMIND_DAYS, Answered, PairPeople
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, TooLate
from bot.domain.when import UNDO, working_morning_in
from bot.services import access
from bot.services.calendar import days_off, waking
from bot.services.kit import Actor, Kit
from bot.services.match.people import people_of, redraw_homes
from bot.services.post import plan, post, refresh_home, unplan
from storage import due, match, programme
from storage.ids import new_nonce
from storage.records.delivery import Due
from storage.records.enrol import Side
from storage.records.match import Pair, PairState
from storage.store import Tx

ASKED = {Side.JUNIOR: PairState.PROPOSED, Side.SENIOR: PairState.ASKING_SENIOR}
"""The state in which a side's answer is waited for."""
_YES = {Side.JUNIOR: PairState.ASKING_SENIOR, Side.SENIOR: PairState.STARTING}
_NEXT = {Side.JUNIOR: Job.ASK_SENIOR, Side.SENIOR: Job.START_PAIR}
_INVITE = {Side.JUNIOR: Kind.PROPOSAL_JUNIOR, Side.SENIOR: Kind.PROPOSAL_SENIOR}


async def ask(tx: Tx, people: PairPeople, side: Side, now: datetime) -> None:
    """Send the suggestion to one side in their hours, with one reminder and an end planned in their working days."""
    person = people.on(side)
    off = days_off(person.region)
    at = waking(person, now)
    until = working_morning_in(EXPIRE_DAYS, at, person.zone, hour=person.prefs.morning, days_off=off)
    remind = working_morning_in(REMIND_DAYS, at, person.zone, hour=person.prefs.morning, days_off=off)
    await plan(tx, Job.REMIND_PROPOSAL, people.pair.id, remind, occurrence=side, stale_at=until)
    await plan(tx, Job.EXPIRE_PROPOSAL, people.pair.id, until, occurrence=side)
    await post(
        tx, _INVITE[side], person.user_id, people.pair.id, at, stale_at=until, pair=people.pair.id, side=side
    )  # fmt: skip


async def answer(kit: Kit, actor: Actor, pair_id: str, *, yes: bool) -> Answered:
    """One side says yes or no. What follows is due in ten minutes, so that it can be undone.

    The same answer twice changes nothing. Raises Refusal for strangers, and where no answer is waited for.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        pair, _, side = await access.pair(tx, actor, pair_id)
        people = await people_of(tx, pair)
        if not await _said_before(tx, pair, side, yes):
            await _take(tx, people, side, yes, now)
        return Answered(people, side, yes, await until_of(tx, pair, side))


async def undo(kit: Kit, actor: Actor, pair_id: str) -> Side:
    """Take back one's own answer within ten minutes; tells which side is asked again. Raises Refusal when too late."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        pair, _, side = await access.pair(tx, actor, pair_id)
        if not await _took_back(tx, pair, side, now):
            raise TooLate("match.refused.too_late")
        people = await people_of(tx, pair)
        if await until_of(tx, pair, side) <= now:
            person = people.on(side)
            off, hour = days_off(person.region), person.prefs.morning
            again = working_morning_in(1, now, person.zone, hour=hour, days_off=off)
            await plan(tx, Job.EXPIRE_PROPOSAL, pair.id, again, occurrence=f"{side}.{new_nonce()}")
        await redraw_homes(tx, people, now)
        return side


async def ask_coordinator(kit: Kit, actor: Actor, pair_id: str) -> str:
    """Tell the coordinator who made the suggestion that somebody wants to talk first; returns their Slack id."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        pair, _, side = await access.pair(tx, actor, pair_id)
        await _check_asked(tx, pair, side)
        coordinators = [c.user_id for c in await programme.coordinators(tx)]
        if not coordinators:
            raise Refusal("match.refused.nobody_to_ask")
        chosen = pair.created_by if pair.created_by in coordinators else coordinators[0]
        await post(tx, Kind.PROPOSAL_QUESTION, chosen, f"{pair.id}:{side}", now, pair=pair.id, side=side)
        return chosen


async def close(tx: Tx, people: PairPeople, after: PairState, now: datetime, *, lapsed: Side | None = None) -> bool:
    """End a suggestion: back to the pool. Whoever had been asked and does not know hears of it, without why.

    False when it was over.
    """
    pair = people.pair
    told = [] if pair.declined_at else [side for side in Side if await was_asked(tx, pair, side)]
    if await unplan(tx, Job.TELL_DECLINED, pair.id, "it is over"):
        told = [Side.JUNIOR]
    if not await match.move(tx, pair.id, pair.state, after, ended_at=now, declined_at=None):
        return False
    for side in told:
        await say_closed(tx, people, side, now, lapsed=side is lapsed)
    await redraw_homes(tx, people, now)
    return True


async def was_asked(tx: Tx, pair: Pair, side: Side) -> bool:
    """Whether the suggestion has gone out to a side."""
    return any(_side(end) is side for end in await due.about(tx, Job.EXPIRE_PROPOSAL, pair.id))


async def knows_of(tx: Tx, pair: Pair, side: Side) -> bool:
    """Whether somebody on that side knows of an open pair, and has not said no to it."""
    if pair.state in match.RUNNING:
        return True
    said_no = pair.declined_at is not None and pair.state is ASKED[side]
    return not said_no and await was_asked(tx, pair, side)


async def asked_now(tx: Tx, pair: Pair, side: Side) -> bool:
    """Whether this side's answer is waited for."""
    return pair.state is ASKED[side] and pair.declined_at is None and await was_asked(tx, pair, side)


async def until_of(tx: Tx, pair: Pair, side: Side) -> datetime:
    """When the suggestion to a side goes back to the pool."""
    ends = await due.about(tx, Job.EXPIRE_PROPOSAL, pair.id)
    return max((end.due_at for end in ends if _side(end) is side), default=pair.created_at)


async def _take(tx: Tx, people: PairPeople, side: Side, yes: bool, now: datetime) -> None:
    pair = people.pair
    await _check_asked(tx, pair, side)
    if not yes:
        return await _take_no(tx, people, side, now)
    if not await match.move(tx, pair.id, ASKED[side], _YES[side]):
        raise Refusal("match.refused.answered")
    await plan(tx, _NEXT[side], pair.id, now + UNDO, occurrence=new_nonce())
    await redraw_homes(tx, people, now)


async def _take_no(tx: Tx, people: PairPeople, side: Side, now: datetime) -> None:
    """Kept without a trace for coordinators, whose Homes are not drawn again either; a senior's is told the junior."""
    pair = people.pair
    if not await match.set_no(tx, pair.id, ASKED[side], now):
        raise Refusal("match.refused.answered")
    if side is Side.SENIOR:
        await plan(tx, Job.TELL_DECLINED, pair.id, now + UNDO, occurrence=new_nonce())
    await refresh_home(tx, people.on(side).user_id, now)


async def _took_back(tx: Tx, pair: Pair, side: Side, now: datetime) -> bool:
    """Whether there was something to undo, and it is undone."""
    if pair.state is _YES[side] and pair.declined_at is None:
        stopped = await unplan(tx, _NEXT[side], pair.id, "undone")
        return stopped > 0 and await match.move(tx, pair.id, pair.state, ASKED[side])
    if pair.state is not ASKED[side] or pair.declined_at is None or now > pair.declined_at + UNDO:
        return False
    if side is Side.SENIOR and not await unplan(tx, Job.TELL_DECLINED, pair.id, "undone"):
        return False
    return await match.set_no(tx, pair.id, ASKED[side], None)


async def _said_before(tx: Tx, pair: Pair, side: Side, yes: bool) -> bool:
    """A button pressed twice: the answer is there already, and nothing else has happened since."""
    if yes:
        return pair.state is _YES[side] and not (side is Side.JUNIOR and await was_asked(tx, pair, Side.SENIOR))
    return pair.state is ASKED[side] and pair.declined_at is not None


async def _check_asked(tx: Tx, pair: Pair, side: Side) -> None:
    """Raises Refusal, saying where the suggestion stands, unless this side's answer is waited for."""
    if await asked_now(tx, pair, side):
        return
    if pair.state in match.RUNNING:
        raise Refusal("match.refused.started")
    if pair.state in (PairState.ASKING_SENIOR, PairState.STARTING):
        raise Refusal("match.refused.answered")
    if pair.state in (PairState.ENDED, PairState.COMPLETED):
        raise Refusal("common.errors.pair_ended")
    raise Refusal("match.refused.closed")


async def say_closed(tx: Tx, people: PairPeople, side: Side, now: datetime, *, lapsed: bool = False) -> None:
    """Tell one side, in their hours, that a suggestion came to nothing."""
    person, pair_id = people.on(side), people.pair.id
    at = waking(person, now)
    how = "lapsed" if lapsed else "closed"
    await post(
        tx, Kind.PROPOSAL_CLOSED, person.user_id, f"{pair_id}:{side}", at, pair=pair_id, side=side.value, how=how
    )  # fmt: skip


def _side(end: Due) -> Side:
    """Whose wait an expiry ends; behind the side stands what tells a second one from the first."""
    return Side(end.occurrence.partition(".")[0])
