"""How things go on when a pause is over or was a slip: pairs, places, and whatever was held back."""

from datetime import datetime, time

from bot.domain.enrol import HEAR_BY
from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.pause import HELD, NO_END
from bot.domain.when import add_working_days, local_day, utc_of
from bot.services.calendar import days_off
from bot.services.match import people_of, redraw_homes
from bot.services.post import plan, unplan
from storage import enrol, match, pause
from storage.records.enrol import Enrolment, Person
from storage.records.match import PairState
from storage.store import Tx


async def hold(tx: Tx, person: Person) -> None:
    """Work about a person and their paused pairs waits until everybody concerned is back."""
    mine = await pause.running(tx, person.id)
    if mine is None:
        return
    await pause.hold_places(tx, person.id, mine.resumes_at, HELD)
    for pair in await match.running_of(tx, person.id):
        partner = (await people_of(tx, pair)).other(person.id)
        if pair.state is PairState.PAUSED and not partner.deactivated:
            theirs = await pause.running(tx, partner.id)
            last = max(mine.resumes_at, theirs.resumes_at if theirs else mine.resumes_at)
            await pause.hold_pair(tx, pair.id, last, HELD)


async def go_on(tx: Tx, person: Person, now: datetime, *, slip: bool = False) -> list[PairPeople]:
    """The person's pause has been ended: pairs run again where the partner is there; tells which do."""
    running = await match.running_of(tx, person.id)
    back = []
    for pair in running:
        people = await people_of(tx, pair)
        if await release(tx, people, now):
            back.append(people)
        await redraw_homes(tx, people, now)
    kept = [one for it in back for one in (it.pair.id, it.junior.user_id, it.senior.user_id)]
    await pause.wake_letters(tx, [person.user_id, *kept], now)
    await _places(tx, person, [pair.cohort_id for pair in running], now, slip=slip)
    return back


async def release(tx: Tx, people: PairPeople, now: datetime) -> bool:
    """Let a pair run again, where both of it are there; else its work waits for the last of them."""
    if people.junior.deactivated or people.senior.deactivated:
        await pause.hold_pair(tx, people.pair.id, NO_END, HELD)
        return False
    resting = [one for who in (people.junior, people.senior) if (one := await pause.running(tx, who.id)) is not None]
    if resting:
        await pause.hold_pair(tx, people.pair.id, max(one.resumes_at for one in resting), HELD)
        return False
    if not await match.move(tx, people.pair.id, PairState.PAUSED, PairState.ACTIVE):
        return False
    await pause.release_pair(tx, people.pair.id, now)
    return True


async def _places(tx: Tx, person: Person, paired: list[str], now: datetime, *, slip: bool) -> None:
    if paired:
        await pause.set_places(tx, person.id, (Enrolment.PAUSED,), Enrolment.PAIRED, *paired)
    await pause.set_places(tx, person.id, (Enrolment.PAUSED,), Enrolment.WAITING)
    await pause.release_places(tx, person.id, now)
    for place in await enrol.participations(tx, person.id):
        if place.state is Enrolment.WAITING and not slip:
            day = add_working_days(local_day(now, person.zone), HEAR_BY, days_off(person.region))
            await unplan(tx, Job.NO_MATCH_YET, place.id, "planned anew after a pause")
            at = utc_of(day, time(person.prefs.morning), person.zone)
            await plan(tx, Job.NO_MATCH_YET, place.id, at, occurrence=day.isoformat())
