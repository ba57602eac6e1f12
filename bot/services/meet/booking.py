"""Booking a session and moving one."""

from dataclasses import replace
from datetime import datetime

from bot.domain.match import PairPeople
from bot.domain.meet import BookForm, Booking, Verdict, check_booking, hours_of
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import prepare
from bot.services.calendar import calendar_of
from bot.services.kit import Actor, Kit
from bot.services.match import redraw_homes
from bot.services.meet.agreed import minutes_of, notice_for
from bot.services.meet.lapsing import withdraw_offer
from bot.services.meet.plans import plan_around, renumber, settle, unplan_around
from bot.services.meet.series import more_of
from bot.services.meet.spoken import typed_time
from bot.services.meet.suggesting import last_of, place_of, suggestions, usual_slot
from bot.services.post import post
from bot.services.prepare.pick import Mine, choose, pair_of
from storage import meet, outbox
from storage.ids import new_id
from storage.records.meet import Session, SessionState
from storage.store import Tx

_TAKEN = (SessionState.PLANNED, SessionState.HELD)
_LOST = (SessionState.MOVED, SessionState.CANCELLED, SessionState.UNKNOWN)


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
        last = await last_of(tx, mine)
        minutes = old.minutes if old else await minutes_of(tx, mine.pair.id, last)
        slots = await suggestions(tx, mine, now, minutes=minutes, last=last, moves=old)
        typed = typed_time(kit, text, mine.me, now) if text else None
        starts_at = typed or await usual_slot(tx, mine, last, old, now)
        if not text and last is None and slots.times:
            starts_at = slots.times[0]
        ahead = await meet.next_of_pair(tx, mine.pair.id, now)
        place = old.place if old else await place_of(tx, mine)
        notice, begun = await notice_for(tx, old, now) if old else (0, False)
    form = BookForm(
        mine.people, mine.me, starts_at, minutes=minutes, place=place,
        choices={} if pair_id or old else choices, moves=old, ahead=ahead, slots=slots, notice=notice,
        begun=begun,
    )  # fmt: skip
    return seen_by_partner(form)


async def book_form_again(kit: Kit, actor: Actor, typed: Booking, *, moves: str, every: int, picker: str) -> BookForm:
    """The modal once more, with what has been chosen in it so far; `picker` is the id of the picker's block.

    Raises Refusal as `book_form` does.
    """
    form = await book_form(kit, actor, pair_id="" if moves else typed.pair_id, moves=moves)
    several = await _choices(kit, actor) if not moves else {}
    chosen = replace(
        form, starts_at=typed.starts_at, minutes=typed.minutes or form.minutes, place=typed.place, every=every,
        picker=picker, choices=several,
    )  # fmt: skip
    return seen_by_partner(chosen)


def seen_by_partner(form: BookForm) -> BookForm:
    """With whether the chosen time leaves the partner's working hours."""
    partner = form.people.other(form.me.id)
    booking = Booking("", form.starts_at, form.minutes, "")
    works = hours_of(partner, calendar_of(partner)).works(booking.starts_at, booking.ends_at)
    return replace(form, outside=not works)


async def _choices(kit: Kit, actor: Actor) -> dict[str, str]:
    async with kit.store.read(actor.team_id) as tx:
        _, choices = await choose(tx, actor)
    return choices


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
        if old is None:
            new = await _book_all(kit, tx, mine, booking, every, now)
        else:
            new = await add_session(kit, tx, mine, booking, now, old=old)
            await prepare.carry(tx, old, new)
            await post(tx, Kind.MOVED, mine.pair.id, new.id, now, stale_at=new.starts_at, session=new.id, old=old.id)
        await redraw_homes(tx, mine.people, now)
    return new


async def _book_all(kit: Kit, tx: Tx, mine: Mine, booking: Booking, every: int, now: datetime) -> Session:
    """The session, and those that repeat it; times that were suggested wait no longer."""
    series = new_id() if every else None
    await withdraw_offer(tx, mine.pair.id, now)
    new = await add_session(kit, tx, mine, booking, now, series=series)
    more, left_out = await more_of(tx, mine, booking, every, now)
    then = [await add_session(kit, tx, mine, one, now, series=series) for one in more]
    await tell_booked(tx, mine, new, then, now, left_out=left_out)
    return new


async def tell_booked(
    tx: Tx, mine: Mine, new: Session, then: list[Session], now: datetime, *, left_out: int = 0
) -> None:
    """One message for a booking, however often it repeats."""
    ids = {"session": new.id} | ({"then": ",".join(one.id for one in then)} if then else {})
    if left_out:
        ids["left_out"] = str(left_out)
    stale_at: datetime | None = new.starts_at
    await outbox.hurry(tx, Kind.PAIR_STARTED, mine.pair.id, now)
    await post(tx, Kind.BOOKED, mine.pair.id, new.id, now, stale_at=stale_at, **ids)


async def add_session(
    kit: Kit, tx: Tx, mine: Mine, booking: Booking, now: datetime, *, old: Session | None = None,
    series: str | None = None, by: str = "",
) -> Session:  # fmt: skip
    """Store a session with all that is planned around it. One that moves keeps its name in calendars.

    `by` is whose words the place is, and who suggested the time; the actor where nobody is named.
    """
    row = Session(
        id=new_id(), team_id=tx.team, pair_id=mine.pair.id, number=0, starts_at=booking.starts_at,
        minutes=booking.minutes, place=booking.place, state=SessionState.PLANNED, booked_by=by or mine.me.id,
        hindrance=None, decided_at=None, uid=old.known_as if old else None,
        sequence=_after(old) if old else 0, series=old.series if old else series,
    )  # fmt: skip
    await meet.add(tx, row)
    await renumber(tx, mine.pair.id)
    new = await meet.get(tx, row.id) or row
    await plan_all(kit, tx, new, mine.people, now)
    return new


def _after(old: Session) -> int:
    """Higher than whatever calendars may have heard of a session; that it is off while it has no time, for one."""
    return old.sequence + (1 if old.state is SessionState.PLANNED else 2)


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
