"""What each side says became of a session, and what follows from it."""

from datetime import datetime

from bot.domain.jobs import Job
from bot.domain.meet import AskFacts, Verdict, check_report, may_undo, reconcile
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, TooLate
from bot.domain.when import UNDO
from bot.services import checkin, review
from bot.services.calendar import waking
from bot.services.kit import Actor, Kit
from bot.services.match import redraw_homes
from bot.services.meet.plans import plan_missing, renumber, settle, turn_of
from bot.services.post import post
from bot.services.prepare import carry
from bot.services.prepare.pick import Mine, session_of
from storage import due, meet
from storage.records.delivery import DueState
from storage.records.meet import Hindrance, Report, Said, Session, SessionState
from storage.store import Tx


async def said(kit: Kit, actor: Actor, session_id: str, what: Said) -> AskFacts:
    """One side says whether they met; saying it again, or something else, replaces it.

    Raises Refusal when the session is ahead, was called off before, or is too long past.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        session, mine = await _locked(tx, actor, session_id)
        before = await meet.reports(tx, session.id)
        check_report(session, bool(before), now)
        await tell(kit, tx, session, mine, what, now)
        if what is not Said.MET:
            return AskFacts(session, mine.people, mine.side, what)
        whose = await turn_of(tx, mine.pair.id, now)
        learner = await checkin.learner_of(tx, session, mine.me, mine.side)
    return AskFacts(session, mine.people, mine.side, what, turn=whose, learner=learner)


async def tell(kit: Kit, tx: Tx, session: Session, mine: Mine, what: Said, now: datetime) -> None:
    """Keep the report and let follow what it changes."""
    await meet.say(tx, Report(session.id, mine.me.id, mine.side, what, None, now))
    await _decide(kit, tx, session, mine, now)


async def because(kit: Kit, actor: Actor, session_id: str, whose: Hindrance) -> AskFacts:
    """Why it did not happen, from the side that said so. Raises Refusal when that side said something else."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        session, mine = await _locked(tx, actor, session_id)
        report = await _own(tx, session, mine)
        if report is None or report.said is not Said.NOT_MET:
            raise Refusal("common.errors.gone")
        kept = Report(session.id, mine.me.id, mine.side, Said.NOT_MET, whose, report.at)
        await meet.say(tx, kept)
        await _decide(kit, tx, session, mine, now)
    return AskFacts(session, mine.people, mine.side, Said.NOT_MET, whose)


async def undo(kit: Kit, actor: Actor, session_id: str) -> AskFacts | None:
    """Take back what one side said, within ten minutes; None when that took back a session logged by hand.

    Raises Refusal when it is too late, or a check-in about it was answered.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        session, mine = await _locked(tx, actor, session_id)
        report = await _own(tx, session, mine)
        if report is None or not may_undo(report.at, now):
            raise TooLate("meet.refused.too_late")
        await meet.unsay(tx, session.id, mine.me.id)
        if not await due.about(tx, Job.DID_YOU_MEET, session.id):
            await _take_back(kit, tx, session, mine)
            await redraw_homes(tx, mine.people, now)
            return None
        await _decide(kit, tx, session, mine, now)
        session = await meet.get(tx, session.id) or session
    return AskFacts(session, mine.people, mine.side)


async def _decide(kit: Kit, tx: Tx, session: Session, mine: Mine, now: datetime) -> None:
    verdict = reconcile(await meet.reports(tx, session.id))
    if verdict.state is SessionState.PLANNED and await _given_up(tx, session):
        verdict = Verdict(SessionState.UNKNOWN)
    if (verdict.state, verdict.hindrance) == (session.state, session.hindrance):
        return
    if verdict.state is session.state:
        await meet.change(tx, session.id, session.state, hindrance=verdict.hindrance)
        return
    decided = await settle(tx, session, verdict, now)
    await _take_along(kit, tx, session, decided, mine, now)
    await redraw_homes(tx, mine.people, now)


async def _take_along(kit: Kit, tx: Tx, old: Session, new: Session, mine: Mine, now: datetime) -> None:
    """What a change of state brings about, and what it takes back."""
    if old.state is SessionState.HELD:
        await checkin.unplan_for(tx, new.id, "the session is not held after all")
    if new.state is SessionState.HELD:
        asked = await checkin.plan_for(kit, tx, new, mine.people, now)
        await review.after_session(tx, mine.people, now, asked)
    if new.state is SessionState.CANCELLED:
        senior = mine.people.senior
        at = waking(senior, now + UNDO)
        decided = str(new.decided_at)  # an answer that changes meanwhile makes the card void
        params = {"session": new.id, "person": senior.id, "decided": decided}
        await post(tx, Kind.REBOOK, senior.user_id, f"{new.id}:{decided}", at, stale_at=None, **params)
    if new.state is not SessionState.PLANNED:
        await plan_missing(tx, new, mine.people, new.ends_at, now)


async def _take_back(kit: Kit, tx: Tx, logged: Session, mine: Mine) -> None:
    """A session logged by hand goes; one ahead that it stood for is planned again."""
    await checkin.unplan_for(tx, logged.id, "the session was logged by mistake")
    moved = await meet.of_pair(tx, logged.pair_id, SessionState.MOVED)
    early = next((s for s in moved if s.decided_at == logged.decided_at and s.starts_at > kit.clock()), None)
    if early is not None:
        await meet.change(tx, early.id, SessionState.MOVED, state=SessionState.PLANNED, decided_at=None)
        await carry(tx, logged, early)
    await meet.remove(tx, logged.id)
    await renumber(tx, mine.pair.id)


async def _locked(tx: Tx, actor: Actor, session_id: str) -> tuple[Session, Mine]:
    """The session as it is once nobody else can decide about it."""
    _, mine = await session_of(tx, actor, session_id)
    await meet.lock_people(tx, (mine.people.junior.id, mine.people.senior.id))
    session, mine = await session_of(tx, actor, session_id)
    return session, mine


async def _own(tx: Tx, session: Session, mine: Mine) -> Report | None:
    return next((r for r in await meet.reports(tx, session.id) if r.person_id == mine.me.id), None)


async def _given_up(tx: Tx, session: Session) -> bool:
    """Whether asking had ended before somebody answered after all."""
    return any(item.state is DueState.DONE for item in await due.about(tx, Job.SESSION_UNKNOWN, session.id))
