"""Asking one of a pair, reminding once, closing; and what the two read together halfway."""

from datetime import datetime

from bot.domain import review as rules
from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.prepare import HALFWAY, halfway
from bot.domain.review import OPEN_FOR, REMIND_AFTER, TOGETHER_AFTER, ReviewSheet
from bot.domain.when import local_day, working_morning_in
from bot.services.calendar import days_off, waking
from bot.services.kit import Kit
from bot.services.match import people_of
from bot.services.post import plan, plan_many, post, refresh_home, work
from bot.services.prepare.pick import middle_of
from bot.services.review.finding import is_there, sheet_of
from bot.services.review.planning import counts, plan_both
from storage import enrol, match, review
from storage.ids import new_id
from storage.records.delivery import Due, Letter
from storage.records.enrol import Person, Side
from storage.records.match import Pair, PairState
from storage.records.review import Review, ReviewKind, ReviewState
from storage.store import Tx

_KINDS = {
    ReviewKind.MIDPOINT: Kind.MIDPOINT, ReviewKind.END: Kind.END_SURVEY,
    ReviewKind.LATER_90: Kind.OUTCOMES, ReviewKind.LATER_180: Kind.OUTCOMES,
}  # fmt: skip
_NOT_THERE = "the pair, or this one of it, is not there any more"


async def do_ask_midpoint(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Halfway: ask one side in private, and plan what the two read in their space some days later."""
    pair = await match.get(tx, due.subject)
    if pair is None or pair.state is not PairState.ACTIVE:
        return "the pair is paused or has ended"
    now, people = kit.clock(), await people_of(tx, pair)
    (held, planned), middle = await counts(tx, pair), await middle_of(tx, pair)
    today = local_day(now, people.junior.zone)
    if not rules.is_halfway(held, planned, halfway(planned), today, middle):
        if held and today < middle:  # the dates of the cohort have moved
            await plan_both(tx, Job.MIDPOINT, people, middle, now)
        return "it is not halfway"
    problem = await _ask(kit, tx, pair, due.recipient, ReviewKind.MIDPOINT)
    if problem is None:
        await plan(tx, Job.CONTRACT_REVIEW, pair.id, now + TOGETHER_AFTER, occurrence=HALFWAY)
    return problem


async def do_ask_end(kit: Kit, tx: Tx, due: Due) -> str | None:
    """After the last session, or on completion: ask one side how it was."""
    pair = await match.get(tx, due.subject)
    if pair is None or not rules.is_asked(pair.state, *await counts(tx, pair)):
        return "it was not the last session after all"
    return await _ask(kit, tx, pair, due.recipient, ReviewKind.END)


async def do_ask_later(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Months later: ask one side what came of it, if the pair was completed and they still take part in things."""
    pair = await match.get(tx, due.subject)
    if pair is None or pair.state is not PairState.COMPLETED:
        return "the pair was not completed"
    return await _ask(kit, tx, pair, due.recipient, ReviewKind(due.occurrence.partition(":")[0]))


async def do_remind(kit: Kit, tx: Tx, due: Due) -> str | None:
    """The one reminder, unless it was answered or left out."""
    found, person = await review.get(tx, due.subject), await enrol.get(tx, due.recipient)
    sheet = await sheet_of(tx, found) if found is not None else None
    if found is None or person is None or found.state is not ReviewState.SENT:
        return "answered or skipped already"
    if sheet is None or sheet.rests:
        return _NOT_THERE
    at = waking(person, kit.clock())
    await post(tx, Kind.REVIEW_REMINDER, person.user_id, found.id, at, review=found.id, pair=found.pair_id)
    return None


async def do_close(kit: Kit, tx: Tx, due: Due) -> str | None:
    """The fourteen days are over; what was answered stays."""
    if not await review.move(tx, due.subject, (ReviewState.SENT,), ReviewState.EXPIRED):
        return "answered or skipped already"
    person = await enrol.get(tx, due.recipient)
    if person is not None:
        await refresh_home(tx, person.user_id, kit.clock())
    return None


async def load_review(kit: Kit, tx: Tx, letter: Letter) -> ReviewSheet | None:
    """A question or its reminder while it waits; of a message that stands in Slack, what became of it."""
    found = await review.get(tx, letter.params["review"])
    if found is None or found.state is ReviewState.EXPIRED or kit.clock() >= found.closes_at:
        return None
    if letter.ts is None and found.state is not ReviewState.SENT:
        return None
    sheet = await sheet_of(tx, found)
    return None if sheet is None or sheet.rests else sheet


async def _ask(kit: Kit, tx: Tx, pair: Pair, person_id: str, kind: ReviewKind) -> str | None:
    now, person = kit.clock(), await enrol.get(tx, person_id)
    if person is None or not await is_there(tx, pair, person):
        return _NOT_THERE
    side = Side.JUNIOR if person.id == pair.junior_id else Side.SENIOR
    fresh = Review(
        id=new_id(), team_id=tx.team, pair_id=pair.id, person_id=person.id, side=side, kind=kind,
        state=ReviewState.SENT, asked_at=now, closes_at=now + OPEN_FOR, answered_at=None,
    )  # fmt: skip
    if not await review.add(tx, fresh):
        return "asked before"
    await post(
        tx, _KINDS[kind], person.user_id, fresh.id, waking(person, now), stale_at=fresh.closes_at,
        review=fresh.id, pair=pair.id,
    )  # fmt: skip
    await _plan_rest(tx, fresh, person, now)
    await refresh_home(tx, person.user_id, now)
    return None


async def _plan_rest(tx: Tx, asked: Review, person: Person, now: datetime) -> None:
    again = working_morning_in(
        REMIND_AFTER, now, person.zone, hour=person.prefs.asked_at, days_off=days_off(person.region)
    )
    ahead = [work(tx, Job.CLOSE_REVIEW, asked.id, asked.closes_at, recipient=person.id)]
    if again < asked.closes_at:
        ahead.append(work(tx, Job.REMIND_REVIEW, asked.id, again, recipient=person.id))
    await plan_many(tx, ahead)
