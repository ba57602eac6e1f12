"""Logging a session that was not booked here, or that took place before its time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.meet import UNKNOWN_AFTER, Booking, LogForm, Logged, Verdict, check_log, overlaps
from bot.domain.refusals import Refusal
from bot.services import checkin
from bot.services.kit import Actor, Kit
from bot.services.meet.agreed import USUAL_MINUTES, minutes_of
from bot.services.meet.plans import renumber, settle
from bot.services.meet.saying import tell
from bot.services.meet.spoken import typed_time
from bot.services.prepare import carry
from bot.services.prepare.pick import Mine, choose, pair_of
from storage import meet
from storage.ids import new_id
from storage.records.checkin import Learner
from storage.records.meet import Said, Session, SessionState
from storage.store import Tx

_SPOKEN_OF = (SessionState.PLANNED, SessionState.UNKNOWN, SessionState.HELD)


async def log_form(kit: Kit, actor: Actor, *, pair_id: str = "", early: str = "", text: str = "") -> LogForm:
    """The modal; it offers the planned session that has just passed. Raises Refusal when there is no such pair."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        ahead = await meet.get(tx, early) if early else None
        mine, choices = await choose(tx, actor, ahead.pair_id if ahead else pair_id)
        open_ones = await meet.of_pair(tx, mine.pair.id, SessionState.PLANNED)
        usual = await minutes_of(tx, mine.pair.id, None)
    past = [s for s in open_ones if now - UNKNOWN_AFTER < s.starts_at <= now]
    typed = typed_time(kit, text, mine.me, now, ahead=False) if text else None
    offered = typed or (past[-1].starts_at if past else _an_hour_ago(now, mine))
    minutes = past[-1].minutes if past else usual
    return LogForm(mine.people, mine.me, offered, minutes, {} if pair_id or ahead else choices, ahead)


async def log(kit: Kit, actor: Actor, booking: Booking, *, early: str = "", learner: Learner | None = None) -> Logged:
    """Keep a session as held. One that was booked for that time is meant by it; `early` is one that is ahead.

    Raises Refusal under the field for a time that cannot be, or that is logged already.
    """
    now = kit.clock()
    check_log(booking, now)
    async with kit.store.write(actor.team_id) as tx:
        mine = await pair_of(tx, actor, booking.pair_id)
        both = (mine.people.junior.id, mine.people.senior.id)
        await meet.lock_people(tx, both)
        busy = await meet.of_people(tx, both, booking.starts_at, booking.ends_at, *_SPOKEN_OF)
        known = next((s for s in busy if s.pair_id == mine.pair.id and s.id != early), None)
        if known is not None and known.state is SessionState.HELD:
            return Logged(_same_or_refuse(known, booking), mine.me, mine.people.other(mine.me.id))
        if any(s.state is SessionState.HELD and overlaps(booking, s) for s in busy):
            raise Refusal("meet.refused.overlap", field="meet.when")
        session = known if known and known.starts_at <= now else await _add(tx, mine, booking, early, now)
        await tell(kit, tx, session, mine, Said.MET, now)
        said = await checkin.note_learner(tx, session, mine.me, mine.side, learner, now)
    return Logged(session, mine.me, mine.people.other(mine.me.id), said)


async def _add(tx: Tx, mine: Mine, booking: Booking, early: str, now: datetime) -> Session:
    session = Session(
        id=new_id(), team_id=tx.team, pair_id=mine.pair.id, number=0, starts_at=booking.starts_at,
        minutes=booking.minutes, place=booking.place, state=SessionState.PLANNED, booked_by=mine.me.id,
        hindrance=None, decided_at=None,
    )  # fmt: skip
    await meet.add(tx, session)
    ahead = await meet.get(tx, early) if early else None
    if ahead is not None and ahead.pair_id == mine.pair.id and ahead.state is SessionState.PLANNED:
        # What is planned around it stays and finds it moved: an undo has nothing to plan again.
        await settle(tx, ahead, Verdict(SessionState.MOVED), now)
        await carry(tx, ahead, session)
    await renumber(tx, mine.pair.id)
    return await meet.get(tx, session.id) or session


def _same_or_refuse(known: Session, booking: Booking) -> Session:
    if known.starts_at == booking.starts_at:
        return known
    raise Refusal("meet.refused.already_logged", field="meet.when")


def _an_hour_ago(now: datetime, mine: Mine) -> datetime:
    local = now.astimezone(ZoneInfo(mine.me.zone)) - timedelta(minutes=USUAL_MINUTES)
    return local.replace(minute=0, second=0, microsecond=0)
