"""What is planned around a session, and the work itself when it becomes due."""

from datetime import datetime

from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.meet import Verdict, around, cancelled_by_senior, missing_next, numbers, turn
from bot.domain.messages import Kind
from bot.services.calendar import calendar_of
from bot.services.kit import Kit
from bot.services.match import people_of
from bot.services.meet.rhythm import met_enough
from bot.services.post import plan_many, post, unplan, work
from storage import enrol, meet
from storage import match as matches
from storage.records.delivery import Due
from storage.records.enrol import Side
from storage.records.match import Pair, PairState
from storage.records.meet import Session, SessionState
from storage.store import Tx

_GONE = "the session is not planned any more"
_INACTIVE = "the pair is not active"
FIRST, AGAIN = "1", "2"
ALONE, BOTH = "senior", "both"


async def plan_around(tx: Tx, session: Session, people: PairPeople, now: datetime) -> None:
    """Plan the reminder, the question to both afterwards, and the end of asking."""
    times = around(session, now, calendar_of(people.junior), calendar_of(people.senior))
    ahead = [work(tx, Job.SESSION_UNKNOWN, session.id, times.unknown)]
    if times.remind is not None:
        ahead.append(work(tx, Job.REMINDER, session.id, times.remind, stale_at=session.starts_at))
    for side, both in times.ask.items():
        person = people.on(side).id
        for occurrence, at in zip((FIRST, AGAIN), both, strict=True):
            ahead.append(work(tx, Job.DID_YOU_MEET, session.id, at, recipient=person, occurrence=occurrence))
    await plan_many(tx, ahead)


async def unplan_around(tx: Tx, session_id: str, reason: str) -> None:
    for job in (Job.REMINDER, Job.DID_YOU_MEET, Job.SESSION_UNKNOWN):
        await unplan(tx, job, session_id, reason)


async def plan_missing(tx: Tx, session: Session, people: PairPeople, since: datetime, now: datetime) -> None:
    """Plan to ask for a next date, should none be booked by then: first whoever's turn it is."""
    sessions = await meet.of_pair(tx, session.pair_id)
    whose, owed = turn(sessions), cancelled_by_senior(sessions) is not None
    times = missing_next(since, now, whose, owed, calendar_of(people.junior), calendar_of(people.senior))
    asked = zip((ALONE, BOTH, BOTH), times, strict=True)
    await plan_many(
        tx,
        [
            work(tx, Job.NEXT_MISSING, session.id, at, recipient=people.on(side).id, occurrence=occurrence)
            for occurrence, (side, at) in asked
        ],
    )


async def settle(tx: Tx, session: Session, verdict: Verdict, now: datetime, **values: str | None) -> Session:
    """Write what became of a session and number the pair's sessions anew."""
    decided = None if verdict.state is SessionState.PLANNED else now
    off = SessionState.CANCELLED
    changed = int((session.state is off) != (verdict.state is off))  # what a calendar should hear of
    await meet.change(
        tx, session.id, session.state, state=verdict.state, hindrance=verdict.hindrance, decided_at=decided,
        sequence=session.sequence + changed, **values,
    )  # fmt: skip
    await renumber(tx, session.pair_id)
    return await meet.get(tx, session.id) or session


async def renumber(tx: Tx, pair_id: str) -> None:
    sessions = await meet.of_pair(tx, pair_id)
    right = numbers(sessions)
    await meet.number(tx, {s.id: right[s.id] for s in sessions if s.number != right.get(s.id, s.number)})


async def do_remind(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Two hours before, or the evening before where that is quiet: time, place and agenda to the pair space."""
    session, pair = await _subject(tx, due)
    if session is None or session.state is not SessionState.PLANNED:
        return _GONE
    if pair is None or pair.state is not PairState.ACTIVE:
        return _INACTIVE
    await post(tx, Kind.REMINDER, pair.id, session.id, kit.clock(), stale_at=session.starts_at, session=session.id)
    return None


async def do_ask(kit: Kit, tx: Tx, due: Due) -> str | None:
    """*Did you meet?*, to one side that has not said yet."""
    session, pair = await _subject(tx, due)
    if session is None or pair is None or pair.state is not PairState.ACTIVE:
        return _INACTIVE
    reports = await meet.reports(tx, session.id)
    if any(report.person_id == due.recipient for report in reports):
        return "this side has answered"
    # An answer that it did not happen may be a mistake: the other side is asked all the same, but only once.
    unsure = session.state is SessionState.CANCELLED and bool(reports) and due.occurrence == FIRST
    if session.state is not SessionState.PLANNED and not unsure:
        return _GONE
    person = await enrol.get(tx, due.recipient)
    if person is None:
        return _INACTIVE
    key = f"{session.id}:{person.id}:{due.occurrence}"
    again = str(due.occurrence == AGAIN)
    await post(
        tx, Kind.DID_YOU_MEET, person.user_id, key, kit.clock(), session=session.id, person=person.id, again=again
    )
    return None


async def do_unknown(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Nobody said whether they met: stop asking, and look for a next date as usual."""
    now = kit.clock()
    session, pair = await _subject(tx, due)
    if session is None or pair is None or session.state is not SessionState.PLANNED:
        return _GONE
    session = await settle(tx, session, Verdict(SessionState.UNKNOWN), now)
    await plan_missing(tx, session, await people_of(tx, pair), session.ends_at, now)
    return None


async def do_missing(kit: Kit, tx: Tx, due: Due) -> str | None:
    """No next date: ask whoever's turn it is first, both some days later."""
    now = kit.clock()
    session, pair = await _subject(tx, due)
    if session is None or pair is None or pair.state is not PairState.ACTIVE:
        return _INACTIVE
    if not await is_missing(tx, session):
        return "a session is booked, or was held since"
    person = await enrol.get(tx, due.recipient)
    if person is None:
        return _INACTIVE
    key = f"{session.id}:{person.id}:{due.occurrence}"
    await post(tx, Kind.NEXT_MISSING, person.user_id, key, now, session=session.id, person=person.id)
    return None


async def is_missing(tx: Tx, since: Session) -> bool:
    """Whether a pair has nothing booked, and has not met after it was said what became of this session.

    A pair that has met as often as it wanted misses nothing.
    """
    if since.state is SessionState.PLANNED or since.decided_at is None or await met_enough(tx, since.pair_id):
        return False
    others = await meet.of_pair(tx, since.pair_id, SessionState.PLANNED, SessionState.HELD)
    newer = [s for s in others if s.decided_at is None or s.decided_at > since.decided_at]
    return not newer


async def turn_of(tx: Tx, pair_id: str, now: datetime) -> Side | None:
    """Whose turn it is to find the next date; None where one is booked or suggested, or they have met often enough."""
    if await meet.next_of_pair(tx, pair_id, now) or await meet.open_offer(tx, pair_id) or await met_enough(tx, pair_id):
        return None
    return turn(await meet.of_pair(tx, pair_id))


async def _subject(tx: Tx, due: Due) -> tuple[Session | None, Pair | None]:
    session = await meet.get(tx, due.subject)
    return session, await matches.get(tx, session.pair_id) if session else None
