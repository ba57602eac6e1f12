"""When the digest and the flags come next: planned once each, moved when the coordinators change their minds."""

from datetime import datetime, timedelta

from bot.domain.jobs import Job
from bot.domain.when import DaysOff, iso_week, local_day, never_off, next_working_morning, weekday_of_each_week
from bot.services.calendar import days_off
from bot.services.kit import Kit
from bot.services.post import plan
from storage import due, enrol
from storage import programme as programmes
from storage.records.delivery import Due
from storage.records.programme import Programme
from storage.store import Tx

FLAGS_HOUR, FLAGS_MINUTES = 9, timedelta(minutes=30)
LATE = {Job.DIGEST: timedelta(days=3), Job.FLAGS: timedelta(days=1)}
_WEEK = timedelta(days=8)
"""Work that was due earlier was in an earlier week, wherever it is."""
_NEVER_LOST = timedelta(days=3650)
"""A week that was missed must still plan the next one, so these items don't go stale: the job itself sees that it is
late."""


async def plan_weekly(kit: Kit, tx: Tx, programme: Programme, now: datetime, *, missed: bool = False) -> None:
    """Plan the next digest and the next flags, or move them; called by set-up and by changes of day, hour or zone.

    A digest that is planned moves from next week on only: this week's stays where it was, and none comes into it.
    Both jobs call it too, so that one that was set aside is planned anew by the other. `missed`: a digest came too
    late, after weeks of silence perhaps; where this week's own is due and not too late, it is the next one.
    """
    off = await holidays(tx)
    await _plan_digest(tx, programme, now, off, missed)
    await _plan_flags(tx, programme, now, off)


async def holidays(tx: Tx) -> DaysOff:
    """The days off of the first coordinator whose region is known, else those usual in the programme's time zone."""
    for coordinator in await programmes.coordinators(tx):
        person = await enrol.find(tx, coordinator.user_id)
        if person is not None and person.region:
            return days_off(person.region)
    known = await programmes.get(tx)
    return days_off(await enrol.usual_region(tx, known.zone)) if known else never_off


async def next_digest_at(tx: Tx) -> datetime | None:
    """When the next weekly digest comes."""
    waiting = await _pending(tx, Job.DIGEST)
    return waiting.due_at if waiting else None


async def _plan_digest(tx: Tx, programme: Programme, now: datetime, off: DaysOff, missed: bool) -> None:
    zone = programme.zone
    past = await due.settled(tx, Job.DIGEST, tx.team, now - _WEEK)
    swept = {iso_week(item.due_at, zone) for item in past}
    waiting, running = await _pending(tx, Job.DIGEST), iso_week(now, "UTC")
    if waiting is not None and waiting.due_at > now and iso_week(waiting.due_at, "UTC") == running:
        return  # nobody chooses the moment of a draw while its week is under way: UTC's, for zones change too
    after = now - LATE[Job.DIGEST] if missed else now
    at = weekday_of_each_week(after, zone, programme.digest_weekday, programme.digest_hour, off)
    while iso_week(at, zone) in swept or (waiting and iso_week(at, "UTC") == running):
        # at most once per ISO week, whatever is changed in between
        at = weekday_of_each_week(at, zone, programme.digest_weekday, programme.digest_hour, off)
    await _put(tx, Job.DIGEST, at, now, iso_week(at, zone))


async def _plan_flags(tx: Tx, programme: Programme, now: datetime, off: DaysOff) -> None:
    mornings = (now - timedelta(days=1), now)
    days = (next_working_morning(day, programme.zone, hour=FLAGS_HOUR, days_off=off) for day in mornings)
    at = next(moment for day in days if (moment := day + FLAGS_MINUTES) > now)
    await _put(tx, Job.FLAGS, at, now, local_day(at, programme.zone).isoformat())


async def _put(tx: Tx, job: Job, at: datetime, now: datetime, occurrence: str) -> None:
    """One pending item per job: moved where there is one, else planned; a label that was used before gets a tail.

    One that is due already stays as it is, and is done in a moment.
    """
    waiting = await _pending(tx, job)
    if waiting is not None:
        if waiting.due_at > now:
            await due.move(tx, waiting, at, at + _NEVER_LOST)
        return
    for label in (occurrence, f"{occurrence}@{at:%Y%m%dT%H%M}"):
        if await plan(tx, job, tx.team, at, occurrence=label, stale_at=at + _NEVER_LOST):
            return


async def _pending(tx: Tx, job: Job) -> Due | None:
    return await due.pending(tx, job, tx.team)
