"""Calling a session off: moving it is the default, and who cancelled is kept."""

from datetime import datetime

from bot.domain.meet import CancelForm, LogForm, Verdict
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import access, prepare
from bot.services.kit import Actor, Kit
from bot.services.match import redraw_homes
from bot.services.meet.agreed import short_notice
from bot.services.meet.logging import log_form
from bot.services.meet.plans import plan_missing, settle, unplan_around
from bot.services.meet.saying import because, said
from bot.services.post import post
from bot.services.prepare.pick import session_of
from storage import meet
from storage.records.meet import CancelReason, Hindrance, Said, Session, SessionState
from storage.store import Tx


async def cancel_form(kit: Kit, actor: Actor, session_id: str = "") -> CancelForm:
    """The modal for a session, or for the actor's next one. Raises Refusal when there is none."""
    async with kit.store.read(actor.team_id) as tx:
        session_id = session_id or await _first_planned(tx, actor)
        session, mine = await session_of(tx, actor, session_id)
        if session.state is not SessionState.PLANNED:
            raise Refusal("common.errors.gone")
        later = await _later(tx, session)
        notice = await short_notice(tx, session, kit.clock())
    return CancelForm(session, mine.people, mine.side, len(later), notice)


async def cancel(
    kit: Kit, actor: Actor, session_id: str, whose: Hindrance | None, reason: CancelReason | None, *, rest: bool = False
) -> None:
    """Call it off, with the `rest` of its series if that is wanted. `whose` defaults to the actor's side.

    A session that has begun did not take place. Cancelling twice is once. Raises Refusal when the session moved or was
    held meanwhile.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        session, mine = await session_of(tx, actor, session_id)
        if session.state is SessionState.CANCELLED:
            return
        if session.state is not SessionState.PLANNED:
            raise Refusal("common.errors.gone")
        side = whose or Hindrance(mine.side)
        ahead = session.starts_at > now
        if ahead:
            await meet.lock_people(tx, (mine.people.junior.id, mine.people.senior.id))
            later = await _later(tx, session) if rest else []
            off = await _call_off(tx, session, side, reason, now)
            for one in later:
                await _call_off(tx, one, side, reason, now)
            also = ",".join(one.id for one in later)
            await post(tx, Kind.CANCELLED, session.pair_id, session.id, now, session=session.id, also=also)
            await plan_missing(tx, off, mine.people, now, now)
            await redraw_homes(tx, mine.people, now)
    if not ahead:
        await said(kit, actor, session_id, Said.NOT_MET)
        await because(kit, actor, session_id, side)


async def _call_off(tx: Tx, session: Session, side: Hindrance, reason: CancelReason | None, now: datetime) -> Session:
    off = await settle(tx, session, Verdict(SessionState.CANCELLED, side), now, reason=reason)
    await unplan_around(tx, session.id, "the session was cancelled")
    await prepare.unplan_for(tx, session.id, "the session was cancelled")
    await prepare.release(tx, session)
    return off


async def _later(tx: Tx, session: Session) -> list[Session]:
    """What was booked together with a session and comes after it."""
    if session.series is None:
        return []
    planned = await meet.of_pair(tx, session.pair_id, SessionState.PLANNED)
    return [one for one in planned if one.series == session.series and one.starts_at > session.starts_at]


async def already_met(kit: Kit, actor: Actor, session_id: str) -> LogForm | None:
    """A session that has begun is held: None. One that is ahead took place early: the modal that asks when."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        session, _ = await session_of(tx, actor, session_id)
    if session.starts_at <= now:
        await said(kit, actor, session_id, Said.MET)
        return None
    return await log_form(kit, actor, early=session_id)


async def _first_planned(tx: Tx, actor: Actor) -> str:
    found: list[Session] = []
    for pair, _ in await access.pairs(tx, actor):
        found += await meet.of_pair(tx, pair.id, SessionState.PLANNED)
    if not found:
        raise Refusal("common.errors.no_session_ahead")
    return min(found, key=lambda s: s.starts_at).id
