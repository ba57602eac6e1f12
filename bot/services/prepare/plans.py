"""What is planned ahead of a session, and what becomes of its lines when it moves or is called off."""

from bot.domain.jobs import Job
from bot.domain.learn import LESSON_BEFORE
from bot.domain.match import PairPeople
from bot.domain.meet import before_session
from bot.domain.prepare import AGENDA_BEFORE, ICEBREAKER_SESSIONS, ICEBREAKERS_BEFORE, LEAST_LEFT
from bot.services import learn
from bot.services.calendar import calendar_of
from bot.services.kit import Kit
from bot.services.post import plan_many, unplan, work
from storage import meet, prepare
from storage.records.meet import Session
from storage.records.prepare import LineKind
from storage.store import Tx


async def plan_for(kit: Kit, tx: Tx, session: Session, people: PairPeople) -> None:
    """Plan the icebreakers (sessions 1 and 2, five days ahead), the lesson (three days) and the agenda (48 hours).

    All move earlier where that is quiet for one of the two, and go out at once when it has passed already.
    """
    now = kit.clock()
    calendars = calendar_of(people.junior), calendar_of(people.senior)
    ahead = {Job.AGENDA: AGENDA_BEFORE, Job.LESSON: LESSON_BEFORE}
    if session.number <= ICEBREAKER_SESSIONS:
        ahead[Job.ICEBREAKERS] = ICEBREAKERS_BEFORE
    moments = {
        job: before_session(session.starts_at - before, session, now, *calendars, LEAST_LEFT)
        for job, before in ahead.items()
    }
    stale_at = session.starts_at - LEAST_LEFT
    await plan_many(tx, [work(tx, job, session.id, at, stale_at=stale_at) for job, at in moments.items() if at])


async def unplan_for(tx: Tx, session_id: str, reason: str) -> None:
    """Nothing goes out ahead of this session any more."""
    for job in (Job.ICEBREAKERS, Job.AGENDA, Job.LESSON):
        await unplan(tx, job, session_id, reason)
    await learn.take_back(tx, session_id, reason)


async def carry(tx: Tx, old: Session, new: Session) -> None:
    """A session moved: its agenda, and what was brought for it, go with it."""
    if old.template is not None:
        await meet.change(tx, new.id, new.state, template=old.template)
    for kind in LineKind:
        lines = await prepare.lines(tx, old.id, kind)
        await prepare.turn_into(tx, [line.id for line in lines], kind, new.id)


async def release(tx: Tx, session: Session) -> None:
    """A session was called off: what was brought for it waits in the parking lot."""
    for kind in (LineKind.PICKED, LineKind.PARKED):
        lines = await prepare.lines(tx, session.id, kind)
        await prepare.turn_into(tx, [line.id for line in lines], LineKind.PARKED, None)
