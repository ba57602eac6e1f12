"""Booking a session and moving one."""

from datetime import datetime, timedelta

from bot.domain.match import PairPeople
from bot.domain.meet import BookForm, Booking, Verdict, check_booking, next_slot
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.when import NoSuchTime, NotATime, parse_local
from bot.services import prepare
from bot.services.calendar import calendar_of
from bot.services.kit import Actor, Kit
from bot.services.match import redraw_homes
from bot.services.meet.plans import plan_around, renumber, settle, unplan_around
from bot.services.meet.series import more_of
from bot.services.post import post
from bot.services.prepare.pick import Mine, choose, cohort_of, pair_of
from storage import meet
from storage.ids import new_id
from storage.records.enrol import Person
from storage.records.meet import Session, SessionState
from storage.store import Tx

USUAL_MINUTES = 60
_TAKEN = (SessionState.PLANNED, SessionState.HELD)
_LOST = (SessionState.MOVED, SessionState.CANCELLED, SessionState.UNKNOWN)
_SOON = timedelta(days=22)


async def book_form(kit: Kit, actor: Actor, *, pair_id: str = "", moves: str = "", text: str = "") -> BookForm:
    """The booking modal for a pair, or to move a session; `text` is a date and time that somebody typed.

    Raises Refusal for a time that is none, or that a clock change skips, and when there is no such pair or session.
    """
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        old = await meet.get(tx, moves) if moves else None
        if moves and old is None:
            raise Refusal("common.errors.gone")
        mine, choices = await choose(tx, actor, old.pair_id if old else pair_id)
        last = await _last(tx, mine)
        starts_at = typed_time(text, mine.me) if text else await _offer(tx, mine, last, old, now)
        ahead = await meet.next_of_pair(tx, mine.pair.id, now)
    model = old or last
    return BookForm(
        mine.people, mine.me, starts_at,
        minutes=model.minutes if model else USUAL_MINUTES, place=model.place if model else "",
        choices={} if pair_id or old else choices, moves=old, ahead=ahead,
    )  # fmt: skip


def typed_time(text: str, me: Person) -> datetime:
    """The instant of "2026-03-02 10:00" on the person's clock. Raises Refusal with what to type."""
    day, _, at = text.strip().partition(" ")
    try:
        return parse_local(day, at, me.zone)
    except NoSuchTime:
        raise Refusal("common.errors.clock_gap") from None
    except NotATime:
        raise Refusal("meet.refused.not_a_time") from None


async def book(kit: Kit, actor: Actor, booking: Booking, *, moves: str = "", every: int = 0) -> Session:
    """Book a session, or move the one named by `moves`. The same booking twice is one.

    `every` books more of them, so many days apart; what moves does not repeat.

    Raises Refusal under the field that is wrong, and when the pair or the session is no longer there.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        mine = await pair_of(tx, actor, booking.pair_id)
        both = (mine.people.junior.id, mine.people.senior.id)
        await meet.lock_people(tx, both)
        busy = await meet.of_people(tx, both, booking.starts_at, booking.ends_at, *_TAKEN)
        same = next((s for s in busy if _is_same(s, booking, mine)), None)
        if same is not None:
            return same
        old = await _movable(tx, mine, moves) if moves else None
        check_booking(booking, now, busy, own=moves)
        await _make_room(tx, mine, old, now)
        new = await _add(kit, tx, mine, booking, now)
        if old is None:
            then = [await _add(kit, tx, mine, one, now) for one in await more_of(tx, mine, booking, every, now)]
            await _tell(tx, mine, new, then, now)
        else:
            await prepare.carry(tx, old, new)
            await post(tx, Kind.MOVED, mine.pair.id, new.id, now, stale_at=new.starts_at, session=new.id, old=old.id)
        await redraw_homes(tx, mine.people, now)
    return new


async def _tell(tx: Tx, mine: Mine, new: Session, then: list[Session], now: datetime) -> None:
    """One message for a booking, however often it repeats."""
    ids = {"session": new.id} | ({"then": ",".join(one.id for one in then)} if then else {})
    stale_at: datetime | None = new.starts_at
    await post(tx, Kind.BOOKED, mine.pair.id, new.id, now, stale_at=stale_at, **ids)


async def _add(kit: Kit, tx: Tx, mine: Mine, booking: Booking, now: datetime) -> Session:
    row = Session(
        id=new_id(), team_id=tx.team, pair_id=mine.pair.id, number=0, starts_at=booking.starts_at,
        minutes=booking.minutes, place=booking.place, state=SessionState.PLANNED, booked_by=mine.me.id,
        hindrance=None, decided_at=None,
    )  # fmt: skip
    await meet.add(tx, row)
    await renumber(tx, mine.pair.id)
    new = await meet.get(tx, row.id) or row
    await plan_all(kit, tx, new, mine.people, now)
    return new


async def plan_all(kit: Kit, tx: Tx, session: Session, people: PairPeople, now: datetime) -> None:
    """Everything before and after a session that is now planned."""
    await plan_around(tx, session, people, now)
    await prepare.plan_for(kit, tx, session, people)


async def _make_room(tx: Tx, mine: Mine, old: Session | None, now: datetime) -> None:
    """The session that moves steps aside before the new one is numbered; what others left behind is parked."""
    for lost in await meet.of_pair(tx, mine.pair.id, *_LOST):
        if old is None or lost.id != old.id:
            await prepare.release(tx, lost)
    if old is None:
        return
    if old.state is SessionState.PLANNED:
        await settle(tx, old, Verdict(SessionState.MOVED), now)
    await unplan_around(tx, old.id, "the session was moved")
    await prepare.unplan_for(tx, old.id, "the session was moved")


async def _movable(tx: Tx, mine: Mine, session_id: str) -> Session:
    """A session that is planned, or that somebody said did not take place. Raises Refusal otherwise."""
    old = await meet.get(tx, session_id)
    if old is None or old.pair_id != mine.pair.id:
        raise Refusal("common.errors.gone")
    told = old.state in (SessionState.MOVED, SessionState.CANCELLED) and await meet.reports(tx, old.id)
    if old.state is not SessionState.PLANNED and not told:
        raise Refusal("common.errors.gone")
    return old


def _is_same(session: Session, booking: Booking, mine: Mine) -> bool:
    return (
        session.pair_id == booking.pair_id
        and session.state is SessionState.PLANNED
        and session.booked_by == mine.me.id
        and (session.starts_at, session.minutes) == (booking.starts_at, booking.minutes)
    )


async def _last(tx: Tx, mine: Mine) -> Session | None:
    """The session that a new one takes its hour, length and place from."""
    known = await meet.of_pair(tx, mine.pair.id, *_TAKEN)
    return known[-1] if known else None


async def _offer(tx: Tx, mine: Mine, last: Session | None, moves: Session | None, now: datetime) -> datetime:
    """What moves goes to the next day at the same hour; a new one comes the cadence after the last."""
    cadence = timedelta(days=1) if moves else timedelta(days=(await cohort_of(tx, mine.pair)).cadence_days)
    since = moves or last
    other = mine.people.other(mine.me.id)
    far = max(now, since.starts_at if since else now) + cadence + _SOON
    busy = await meet.of_people(tx, (mine.me.id, other.id), now, far, SessionState.PLANNED)
    return next_slot(now, since, cadence, calendar_of(mine.me), calendar_of(other), busy)
