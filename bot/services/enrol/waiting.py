"""Those who wait: for a partner (they hear from us by a named day), and for a cohort to open."""

from dataclasses import replace
from datetime import date, datetime, time

from bot.domain.enrol import HEAR_BY, Joined, hear_by
from bot.domain.jobs import Job
from bot.domain.match import PILOT_PAIRS
from bot.domain.messages import Kind
from bot.domain.when import DaysOff, add_working_days, local_day, utc_of
from bot.services.calendar import days_off
from bot.services.kit import Kit
from bot.services.match import asked_now
from bot.services.post import plan, post
from storage import enrol, match, programme
from storage.records.delivery import Due, Letter
from storage.records.enrol import Enrolment, Participant, Person, Side
from storage.records.prefs import MORNING
from storage.records.programme import Cohort, CohortState
from storage.store import Tx


def hear_by_of(place: Participant, cohort: Cohort, zone: str) -> date:
    """The first day by which somebody who joined hears from us, match or no match."""
    return hear_by(local_day(place.consented_at, zone), cohort.starts_on, days_off(place.profile.region))


async def plan_word(tx: Tx, place: Participant, cohort: Cohort, zone: str, now: datetime) -> None:
    """Have them told on that day where things stand, unless a suggestion came before."""
    day = hear_by_of(place, cohort, zone)
    await plan(tx, Job.NO_MATCH_YET, place.id, utc_of(day, time(MORNING), zone), occurrence=day.isoformat())


async def do_no_match_yet(kit: Kit, tx: Tx, due: Due) -> str | None:
    """The day has come: who still waits without a suggestion is told so, and when they hear again.

    Once the cohort's days are over it is the last word: that no partner was found, and what they can do now.
    """
    place = await enrol.participant(tx, due.subject)
    if place is None or place.state is not Enrolment.WAITING:
        return "no longer waiting"
    cohort = await programme.cohort(tx, place.cohort_id)
    me = await enrol.get(tx, place.person_id)
    if cohort is None or me is None or cohort.state is not CohortState.OPEN:
        return "the cohort is closed"
    again = next_word(due, me.region, cohort) if date.fromisoformat(due.occurrence) <= cohort.ends_on else None
    if again is not None:
        at = utc_of(again, time(me.prefs.morning), me.zone)
        await plan(tx, Job.NO_MATCH_YET, place.id, at, occurrence=again.isoformat())
    if await _asked(tx, me):
        return "a suggestion waits for their answer"
    await post(
        tx, Kind.NO_MATCH_YET, me.user_id, f"{place.id}:{due.occurrence}", kit.clock(), place=place.id,
        again=again.isoformat() if again is not None else "",
    )  # fmt: skip
    return None


async def _asked(tx: Tx, me: Person) -> bool:
    """Whether a suggestion waits for their answer: they have had their word."""
    for pair in await match.open_of(tx, me.id):
        if await asked_now(tx, pair, Side.JUNIOR if pair.junior_id == me.id else Side.SENIOR):
            return True
    return False


def next_word(due: Due, region: str, cohort: Cohort) -> date:
    """Ten working days after the day this was for; at the latest the first working day after the cohort."""
    off = days_off(region)
    return min(add_working_days(date.fromisoformat(due.occurrence), HEAR_BY, off), _after(cohort, off))


def _after(cohort: Cohort, off: DaysOff) -> date:
    return add_working_days(cohort.ends_on, 1, off)


async def joined(tx: Tx, place: Participant, cohort: Cohort, me: Person, again: date | None = None) -> Joined:
    """What somebody with a place hears: by when there is news, and whether the pilot has all its pairs."""
    full = cohort.pilot and (await match.taken(tx)).get(cohort.id, 0) >= PILOT_PAIRS
    return Joined(cohort, again or hear_by_of(place, cohort, me.zone), me.locale, full)


async def tell_waiting(tx: Tx, cohort: Cohort, now: datetime) -> int:
    """A cohort has opened: everybody who asked to hear of it is told, once; tells how many."""
    asked = await enrol.wishes(tx)
    for user_id in asked:
        await post(tx, Kind.COHORT_OPEN, user_id, f"{cohort.id}:{user_id}", now, cohort=cohort.id)
        await enrol.drop_wish(tx, user_id)
    return len(asked)


async def load_joined(kit: Kit, tx: Tx, letter: Letter) -> Joined | None:
    """The confirmation of a place, and the later word that there is no match yet."""
    place = await enrol.participant(tx, letter.params["place"])
    if place is None or place.state is not Enrolment.WAITING:
        return None
    cohort = await programme.cohort(tx, place.cohort_id)
    me = await enrol.get(tx, place.person_id)
    if cohort is None or me is None:
        return None
    again = letter.params.get("again")
    found = await joined(tx, place, cohort, me, date.fromisoformat(again) if again else None)
    return replace(found, last=again == "")


async def load_cohort_open(kit: Kit, tx: Tx, letter: Letter) -> Cohort | None:
    """None where the cohort closed again, or the person found it alone."""
    cohort = await programme.cohort(tx, letter.params["cohort"])
    if cohort is None or cohort.state is not CohortState.OPEN:
        return None
    me = await enrol.find(tx, letter.to)
    return None if me and await enrol.place(tx, me.id, cohort.id) else cohort
