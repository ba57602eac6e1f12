"""Pairs end, places are given up, and those whom it concerns are told: the partner neutrally, coordinators more."""

from datetime import datetime, time

from bot.domain.enrol import HEAR_BY, TAKING_PART
from bot.domain.jobs import Job
from bot.domain.leave import Ended, Told, asks_for_word
from bot.domain.match import PairPeople
from bot.domain.meet import Verdict
from bot.domain.messages import Kind
from bot.domain.when import add_working_days, local_day, utc_of
from bot.services import prepare
from bot.services.calendar import days_off
from bot.services.kit import Kit
from bot.services.match import PROPOSALS, close, people_of, redraw_homes
from bot.services.meet.plans import settle, unplan_around
from bot.services.post import plan, post, refresh_homes, unplan
from storage import enrol, leave, match, meet, pause, privacy, programme
from storage.match import fits
from storage.records.delivery import Due, Letter
from storage.records.enrol import Enrolment, Person
from storage.records.leave import LeaveState
from storage.records.match import Pair, PairState
from storage.records.meet import Hindrance, SessionState
from storage.records.prefs import MORNING
from storage.records.programme import CohortState
from storage.store import Tx

_GONE = "somebody who is gone"
_OVER = "the pair has ended"


async def do_leave(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Ten minutes have passed: it happens."""
    now = kit.clock()
    found = await leave.get(tx, due.subject)
    me = await enrol.get(tx, found.person_id) if found else None
    if found is None or me is None or not await leave.move(tx, found.id, LeaveState.ASKED, LeaveState.DONE):
        return "taken back"
    running = [p for p in await match.running_of(tx, me.id) if found.pair_id in (None, p.id)]
    for pair in running:
        await end_pair(kit, tx, await people_of(tx, pair), now)
    if found.pair_id is None:
        await leave_places(tx, me, now)
    await tell_coordinators(tx, found.id, me.user_id, now)
    return None


async def end_pair(kit: Kit, tx: Tx, people: PairPeople, now: datetime) -> None:
    """End a running pair: both are told the same, whoever asked, what was booked is off, both go back to the pool."""
    pair = people.pair
    if not await match.move(tx, pair.id, pair.state, PairState.ENDED, ended_at=now):
        return
    await leave.stop_letters(tx, pair.id)
    await fits.settle(tx, pair.id)
    await _call_off(tx, pair, now)
    for person in (people.junior, people.senior):
        await _back_to_the_pool(tx, person, pair, now)
        await post(tx, Kind.PAIR_ENDED, person.user_id, f"{pair.id}:{person.id}", now, pair=pair.id, person=person.id)
    await pause.release_pair(tx, pair.id, now)  # what a pause held about it finds that it has ended
    await pause.wake_letters(tx, [people.junior.user_id, people.senior.user_id], now)
    await redraw_homes(tx, people, now)


async def leave_places(tx: Tx, me: Person, now: datetime) -> None:
    """Give up every place: suggestions close, nothing more is asked, the consent ends."""
    for pair in await match.open_of(tx, me.id):
        if pair.state in PROPOSALS:
            for job in (Job.ASK_SENIOR, Job.START_PAIR, Job.REMIND_PROPOSAL, Job.EXPIRE_PROPOSAL):
                await unplan(tx, job, pair.id, _GONE)
            await close(tx, await people_of(tx, pair), PairState.EXPIRED, now)
    for place in await enrol.participations(tx, me.id):
        if place.state in TAKING_PART:
            await enrol.set_state(tx, me.id, place.cohort_id, Enrolment.LEFT)
            await unplan(tx, Job.NO_MATCH_YET, place.id, _GONE)
    await enrol.drop_wish(tx, me.user_id)
    await privacy.end_consents(tx, me.user_id, now)
    await refresh_homes(tx, [me.user_id], now)


async def tell_coordinators(tx: Tx, leaving_id: str, but: str, now: datetime) -> None:
    """Every coordinator but the one who left reads what helps them."""
    others = [c.user_id for c in await programme.coordinators(tx) if c.user_id != but]
    for user_id in others:
        await post(tx, Kind.LEFT, user_id, f"{leaving_id}:{user_id}", now, leaving=leaving_id)
    await refresh_homes(tx, others, now)


async def load_ended(kit: Kit, tx: Tx, letter: Letter) -> Ended | None:
    """None once somebody has started again with the same person."""
    pair = await match.get(tx, letter.params["pair"])
    if pair is None or pair.state in match.OPEN:
        return None
    return await ended(tx, pair, letter.params["person"], kit.clock())


async def ended(tx: Tx, pair: Pair, person_id: str, now: datetime) -> Ended | None:
    """What one of the two reads about the end."""
    people = await people_of(tx, pair)
    reader = people.on(people.side_of(person_id))
    held = len(await meet.of_pair(tx, pair.id, SessionState.HELD))
    both_there = not (people.junior.erased or people.senior.erased)
    said = (await leave.words_about(tx, pair.id)).get(reader.id)
    asks = both_there and asks_for_word(pair, held, now)
    return Ended(people, reader, held, asks, said, await _looks(tx, reader, pair))


async def _looks(tx: Tx, reader: Person, pair: Pair) -> bool | None:
    """Whether somebody new is looked for; None where that is not the question."""
    place = await enrol.place(tx, reader.id, pair.cohort_id)
    paused = await pause.running(tx, reader.id) is not None
    if place is None or paused or place.state not in (Enrolment.WAITING, Enrolment.PAUSED):
        return None
    return place.state is Enrolment.WAITING


async def _call_off(tx: Tx, pair: Pair, now: datetime) -> None:
    """What was booked does not take place, on nobody's account."""
    for session in await meet.of_pair(tx, pair.id, SessionState.PLANNED):
        if session.starts_at > now:
            await settle(tx, session, Verdict(SessionState.CANCELLED, Hindrance.OTHER), now)
            await unplan_around(tx, session.id, _OVER)
            await prepare.unplan_for(tx, session.id, _OVER)


async def load_told(kit: Kit, tx: Tx, letter: Letter) -> Told | None:
    """For coordinators only; somebody who was erased since is not named."""
    found = await leave.get(tx, letter.params["leaving"])
    if found is None or not await programme.is_coordinator(tx, letter.to):
        return None
    me = await enrol.get(tx, found.person_id)
    over = [p for p in await match.ended_of(tx, found.person_id) if p.ended_at and p.ended_at >= found.at]
    ended_pairs = [p for p in over if found.pair_id in (None, p.id)]
    partners = [(await people_of(tx, p)).other(found.person_id) for p in ended_pairs]
    waiting = tuple(one for one in partners if not one.erased)
    whole = found.pair_id is None
    return Told(None if me is None or me.erased else me, whole, waiting, found.reason, found.note)


async def _back_to_the_pool(tx: Tx, person: Person, pair: Pair, now: datetime) -> None:
    """A new partner may be found, and they hear of it within ten working days, unless they have another pair there."""
    place = await enrol.place(tx, person.id, pair.cohort_id)
    cohort = await programme.cohort(tx, pair.cohort_id)
    others = [p for p in await match.running_of(tx, person.id) if p.cohort_id == pair.cohort_id]
    if place is None or cohort is None or others or place.state not in TAKING_PART:
        return
    await enrol.set_state(tx, person.id, cohort.id, Enrolment.WAITING)
    day = add_working_days(local_day(now, person.zone), HEAR_BY, days_off(person.region))
    if cohort.state is CohortState.OPEN and day <= cohort.ends_on:
        at = utc_of(day, time(MORNING), person.zone)
        await plan(tx, Job.NO_MATCH_YET, place.id, at, occurrence=day.isoformat())
