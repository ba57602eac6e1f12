"""Whose review it is, what waits for somebody, and what `/revmentor checkin` opens where no check-in waits."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.checkin import OPEN_FOR as CHECKIN_FOR
from bot.domain.refusals import Refusal
from bot.domain.review import ReviewSheet
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from storage import checkin, enrol, match, meet, programme, review
from storage.records.checkin import Checkin
from storage.records.enrol import Enrolment, Person
from storage.records.match import Pair
from storage.records.review import Review, ReviewState
from storage.store import Tx


async def mine(tx: Tx, actor: Actor, review_id: str) -> tuple[Person, ReviewSheet]:
    """The actor's own review with what surrounds it. Missing and somebody else's give the same answer."""
    me = await enrol.find(tx, actor.user_id)
    found = await review.get(tx, review_id)
    if me is None or found is None or found.person_id != me.id:
        raise Refusal("common.errors.gone")
    sheet = await sheet_of(tx, found)
    if sheet is None:
        raise Refusal("common.errors.gone")
    return me, sheet


async def sheet_of(tx: Tx, found: Review, *, answers: bool = False) -> ReviewSheet | None:
    """The facts of a review; with `answers`, what its person gave, which is for that person only."""
    pair = await match.get(tx, found.pair_id)
    person = await enrol.get(tx, found.person_id)
    cohort = await programme.cohort(tx, pair.cohort_id) if pair else None
    if pair is None or person is None or cohort is None:
        return None
    given = await review.given(tx, found) if answers else None
    there = await is_there(tx, pair, person)
    return ReviewSheet(found, await people_of(tx, pair), person.zone, cohort.k, given, there)


async def is_there(tx: Tx, pair: Pair, person: Person) -> bool:
    """Whether somebody is asked at all: nobody who left the programme or the company, or was erased."""
    place = await enrol.place(tx, person.id, pair.cohort_id)
    left = place is None or place.state is Enrolment.LEFT
    return not (left or person.deactivated or person.erased)


async def waiting_of(tx: Tx, me: Person, now: datetime) -> tuple[ReviewSheet, ...]:
    """What somebody was asked and has neither answered nor left out, oldest first."""
    return await _open(tx, me, now, ReviewState.SENT)


async def instead(kit: Kit, actor: Actor) -> ReviewSheet | None:
    """What `/revmentor checkin` opens where no check-in waits: a review that does, else one that can be changed."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        me = await enrol.find(tx, actor.user_id)
        if me is None or await _checkin_waits(tx, me, now):
            return None
        states: list[tuple[ReviewState, ...]] = [(ReviewState.SENT,)]
        if not await _running(tx, me, await checkin.editable_of_person(tx, me.id, now)):
            states.append((ReviewState.ANSWERED, ReviewState.SKIPPED))
        for some in states:
            if found := await _open(tx, me, now, *some):
                return await sheet_of(tx, found[-1].review, answers=True)
        return None


async def _open(tx: Tx, me: Person, now: datetime, *states: ReviewState) -> tuple[ReviewSheet, ...]:
    found = [await sheet_of(tx, one) for one in await review.open_of_person(tx, me.id, now, *states)]
    return tuple(one for one in found if one is not None and not one.rests)


async def _running(tx: Tx, me: Person, found: Sequence[Checkin]) -> list[Checkin]:
    """Those of pairs that run: nobody answers about the sessions of one that has ended."""
    ids = {pair.id for pair in await match.running_of(tx, me.id)}
    return [one for one in found if one.pair_id in ids]


async def _checkin_waits(tx: Tx, me: Person, now: datetime) -> bool:
    """Whether a check-in is open, or would be for a session just held."""
    if await _running(tx, me, await checkin.open_of_person(tx, me.id, now)):
        return True
    for pair in await match.running_of(tx, me.id):
        last = await meet.last_held(tx, pair.id)
        fresh = last is not None and last.ends_at <= now < last.ends_at + CHECKIN_FOR
        if last is not None and fresh and await checkin.of_session(tx, last.id, me.id) is None:
            return True
    return False
