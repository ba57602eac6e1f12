"""Work that becomes due around a new pair: asking the senior, reminder, end of a wait, start, first contact."""

from datetime import datetime, timedelta

from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.messages import Kind
from bot.domain.when import local_day, shared_hour
from bot.services import learn
from bot.services.calendar import days_off, waking
from bot.services.kit import Kit
from bot.services.match.asking import ASKED, ask, close, say_closed, until_of
from bot.services.match.pairing import still_fits
from bot.services.match.people import people_of, redraw_homes
from bot.services.post import plan, post
from storage import enrol, match, meet
from storage.records.delivery import Due
from storage.records.enrol import Enrolment, Side
from storage.records.match import PairState
from storage.records.meet import SessionState
from storage.store import Tx

NUDGE_SENIOR = timedelta(days=2)
NUDGE_BOTH = timedelta(days=5)
_BOOKED = (SessionState.PLANNED, SessionState.HELD)
_GONE = "the pair is no longer where it was"


async def do_ask_senior(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Ten minutes after the junior's yes: the senior is asked."""
    people = await _in_state(tx, due, PairState.ASKING_SENIOR)
    if people is None:
        return _GONE
    if not await still_fits(tx, people):
        await close(tx, people, PairState.EXPIRED, kit.clock())
        return "a hard check fails by now"
    await ask(tx, people, Side.SENIOR, kit.clock())
    return None


async def do_remind_proposal(kit: Kit, tx: Tx, due: Due) -> str | None:
    """The one reminder to whoever has not answered."""
    side = Side(due.occurrence)
    people = await _in_state(tx, due, ASKED[side])
    if people is None or people.pair.declined_at is not None:
        return "answered"
    pair = people.pair
    until = await until_of(tx, pair, side)
    await post(
        tx, Kind.PROPOSAL_REMINDER, people.on(side).user_id, f"{pair.id}:{side}", kit.clock(), stale_at=until,
        pair=pair.id, side=side.value,
    )  # fmt: skip
    return None


async def do_expire_proposal(kit: Kit, tx: Tx, due: Due) -> str | None:
    """There was no yes in time: back to the pool, whether it was a no or nothing."""
    side = Side(due.occurrence.partition(".")[0])
    people = await _in_state(tx, due, ASKED[side])
    if people is None:
        return "answered"
    await close(tx, people, PairState.DECLINED, kit.clock(), lapsed=side)
    return None


async def do_tell_declined(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Ten minutes after the senior's no: the junior hears that it did not come about."""
    people = await _in_state(tx, due, PairState.ASKING_SENIOR)
    if people is None or people.pair.declined_at is None:
        return "taken back"
    await say_closed(tx, people, Side.JUNIOR, kit.clock())
    return None


async def do_start_pair(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Ten minutes after the senior's yes: the pair is there, its space opens, the senior goes first."""
    now = kit.clock()
    people = await _in_state(tx, due, PairState.STARTING)
    if people is None:
        return _GONE
    if not await still_fits(tx, people):
        await close(tx, people, PairState.EXPIRED, now)
        return "a hard check fails by now"
    await match.move(tx, people.pair.id, PairState.STARTING, PairState.ACTIVE, active_at=now)
    await _welcome(kit, tx, people, now)
    await _plan_first_contact(tx, people, now)
    await redraw_homes(tx, people, now)
    return None


async def do_first_contact(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Nothing is booked some days after the start: the senior is reminded; three days later both are."""
    now = kit.clock()
    people = await _in_state(tx, due, PairState.ACTIVE)
    if people is None:
        return _GONE
    if await meet.of_pair(tx, people.pair.id, *_BOOKED):
        return "a session is booked"
    if await meet.open_offer(tx, people.pair.id) is not None:
        return "two times are suggested"
    for side in (Side.SENIOR, *([Side.JUNIOR] if due.occurrence == "both" else [])):
        person = people.on(side)
        at = max(now, _both(people, now)[side]) if due.occurrence == "both" else now
        key = f"{people.pair.id}:{due.occurrence}:{side}"
        await post(tx, Kind.FIRST_CONTACT, person.user_id, key, at, pair=people.pair.id, side=side.value)
    return None


async def _in_state(tx: Tx, due: Due, state: PairState) -> PairPeople | None:
    pair = await match.get(tx, due.subject)
    return await people_of(tx, pair) if pair is not None and pair.state is state else None


async def _welcome(kit: Kit, tx: Tx, people: PairPeople, now: datetime) -> None:
    pair = people.pair
    for person in (people.junior, people.senior):
        await enrol.set_state(tx, person.id, pair.cohort_id, Enrolment.PAIRED)
    await post(tx, Kind.PAIR_STARTED, pair.id, pair.id, now, pair=pair.id)
    for kind, side in ((Kind.SENIOR_GOES_FIRST, Side.SENIOR), (Kind.JUNIOR_WELCOME, Side.JUNIOR)):
        person = people.on(side)
        at = waking(person, now)
        lesson = await learn.first_for(kit, tx, person, side, now)
        await post(tx, kind, person.user_id, pair.id, at, pair=pair.id, side=side.value, lesson=lesson)


async def _plan_first_contact(tx: Tx, people: PairPeople, now: datetime) -> None:
    senior = people.senior
    first = waking(senior, now + NUDGE_SENIOR)
    await plan(tx, Job.FIRST_CONTACT, people.pair.id, first, occurrence="senior")
    second = waking(senior, now + NUDGE_BOTH)
    both = _both(people, max(second, first + timedelta(days=1)))
    await plan(tx, Job.FIRST_CONTACT, people.pair.id, min(both.values()), occurrence="both")


def _both(people: PairPeople, moment: datetime) -> dict[Side, datetime]:
    """The hour of that day that suits both, or each one's own."""
    senior, junior = people.senior, people.junior
    at_senior, at_junior = shared_hour(
        local_day(moment, senior.zone), senior.zone, junior.zone,
        off_a=days_off(senior.region), off_b=days_off(junior.region), prefs_a=senior.prefs, prefs_b=junior.prefs,
    )  # fmt: skip
    return {Side.SENIOR: at_senior, Side.JUNIOR: at_junior}
