"""Suggesting two times, and picking one of them."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.jobs import Job
from bot.domain.meet import (
    REMIND_AFTER,
    Booking,
    OfferFacts,
    OfferForm,
    check_booking,
    check_offer,
    check_take,
    hours_of,
    lapses_at,
)
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.when import working_morning_in
from bot.services.calendar import calendar_of
from bot.services.kit import Actor, Kit
from bot.services.match import people_of, redraw_homes
from bot.services.meet.agreed import minutes_of
from bot.services.meet.booking import add_session, tell_booked
from bot.services.meet.lapsing import ANSWERED, unplan_offer, withdraw_offer
from bot.services.meet.suggesting import last_of, place_of, suggestions
from bot.services.post import plan, post
from bot.services.prepare.pick import Mine, choose, pair_of
from storage import enrol, match, meet, outbox
from storage.ids import new_id
from storage.records.delivery import Due, Letter
from storage.records.match import PairState
from storage.records.meet import Offer, OfferState, Session, SessionState
from storage.store import Tx

_TAKEN = (SessionState.PLANNED, SessionState.HELD)


async def offer_form(kit: Kit, actor: Actor, pair_id: str = "") -> OfferForm:
    """The modal with two times that suit both. Raises Refusal when the actor has no running pair."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        mine, choices = await choose(tx, actor, pair_id)
        last = await last_of(tx, mine)
        minutes = await minutes_of(tx, mine.pair.id, last)
        slots = await suggestions(tx, mine, now, minutes=minutes, last=last)
        place = await place_of(tx, mine)
    first, second = (*slots.times, *[now] * 2)[:2]
    form = OfferForm(mine.people, mine.me, (first, second), minutes, place, slots, {} if pair_id else choices)
    return seen_by_partner(form)


async def offer_form_again(
    kit: Kit, actor: Actor, pair_id: str, times: tuple[datetime | None, datetime | None], minutes: int, place: str
) -> OfferForm:
    """The modal once more, with what has been chosen in it so far. Raises Refusal as `offer_form` does."""
    form = await offer_form(kit, actor, pair_id)
    async with kit.store.read(actor.team_id) as tx:
        _, choices = await choose(tx, actor)
    first, second = (chosen or offered for chosen, offered in zip(times, form.times, strict=True))
    return seen_by_partner(
        replace(form, times=(first, second), minutes=minutes or form.minutes, place=place, choices=choices)
    )


def seen_by_partner(form: OfferForm) -> OfferForm:
    """With which of the times leave the partner's working hours."""
    partner = form.people.other(form.me.id)
    hours, length = hours_of(partner, calendar_of(partner)), timedelta(minutes=form.minutes)
    first, second = (not hours.works(at, at + length) for at in form.times)
    return replace(form, outside=(first, second))


async def offer(
    kit: Kit, actor: Actor, pair_id: str, times: tuple[datetime, datetime], minutes: int, place: str
) -> None:
    """Suggest two times in the pair space. What was suggested before is replaced; the same again changes nothing.

    Raises Refusal under the field for a time that cannot be booked.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        mine = await pair_of(tx, actor, pair_id)
        both = (mine.people.junior.id, mine.people.senior.id)
        await meet.lock_people(tx, both)
        check_offer(times, minutes)
        for at, field in zip(times, ("meet.first", "meet.second"), strict=True):
            booking = Booking(pair_id, at, minutes, place)
            busy = await meet.of_people(tx, both, at, booking.ends_at, *_TAKEN)
            _check(booking, now, busy, field)
        old = await meet.open_offer(tx, pair_id)
        first, second = sorted(times)
        if old is not None and (old.person_id, old.times) == (mine.me.id, (first, second)):
            return
        await withdraw_offer(tx, pair_id, now)
        made = Offer(new_id(), tx.team, pair_id, mine.me.id, first, second, minutes, place, OfferState.OPEN, now)
        await meet.add_offer(tx, made)
        await _follow_up(tx, made, mine, now)
        await redraw_homes(tx, mine.people, now)


async def take(kit: Kit, actor: Actor, offer_id: str, which: int) -> OfferFacts:
    """Pick one of two suggested times: the session is booked.

    Raises Refusal for one's own suggestion, one that is not open, or a time that is taken or has passed.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        made, mine = await _open(tx, actor, offer_id)
        check_take(made, mine.me)
        both = (mine.people.junior.id, mine.people.senior.id)
        await meet.lock_people(tx, both)
        booking = Booking(made.pair_id, made.times[which], made.minutes, made.place)
        check_booking(booking, now, await meet.of_people(tx, both, booking.starts_at, booking.ends_at, *_TAKEN))
        if not await meet.decide(tx, made.id, OfferState.TAKEN, now):
            raise Refusal("common.errors.gone")
        await unplan_offer(tx, made.id)
        session = await add_session(kit, tx, mine, booking, now, by=made.person_id)
        await tell_booked(tx, mine, session, [], now)
        await redraw_homes(tx, mine.people, now)
    return OfferFacts(made, mine.people, taken=session)


async def neither(kit: Kit, actor: Actor, offer_id: str) -> OfferFacts:
    """None of the times suits, or whoever suggested them wants others. Raises Refusal for one that is not open."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        made, mine = await _open(tx, actor, offer_id)
        if not await meet.decide(tx, made.id, OfferState.DECLINED, now):
            raise Refusal("common.errors.gone")
        await unplan_offer(tx, made.id)
        await redraw_homes(tx, mine.people, now)
    return OfferFacts(made, mine.people, declined=True)


async def do_remind_offer(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Two times wait for an answer: the one who is to pick is asked once more, in private."""
    made = await meet.offer(tx, due.subject)
    person = await enrol.get(tx, due.recipient)
    if made is None or person is None or made.state is not OfferState.OPEN:
        return ANSWERED
    await post(
        tx, Kind.OFFER_WAITING, person.user_id, made.id, kit.clock(), stale_at=lapses_at(made), offer=made.id,
        pair=made.pair_id,
    )  # fmt: skip
    return None


async def do_lapse(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Both times have come and nobody picked one: whoever suggested them hears of it."""
    now = kit.clock()
    made = await meet.offer(tx, due.subject)
    person = await enrol.get(tx, due.recipient)
    if made is None or person is None or not await meet.decide(tx, made.id, OfferState.LAPSED, now):
        return ANSWERED
    await post(tx, Kind.OFFER_LAPSED, person.user_id, made.id, now, offer=made.id, pair=made.pair_id)
    return None


async def load_offer(kit: Kit, tx: Tx, letter: Letter) -> OfferFacts | None:
    """None as soon as it was answered, or the pair does not run."""
    return await _facts(tx, letter, OfferState.OPEN)


async def load_lapsed(kit: Kit, tx: Tx, letter: Letter) -> OfferFacts | None:
    """None where a session is booked meanwhile."""
    found = await _facts(tx, letter, OfferState.LAPSED)
    if found is None or await meet.next_of_pair(tx, found.people.pair.id, kit.clock()) is not None:
        return None
    return found


async def _facts(tx: Tx, letter: Letter, state: OfferState) -> OfferFacts | None:
    made = await meet.offer(tx, letter.params["offer"])
    pair = await match.get(tx, made.pair_id) if made else None
    if made is None or pair is None or made.state is not state or pair.state is not PairState.ACTIVE:
        return None
    return OfferFacts(made, await people_of(tx, pair))


async def _follow_up(tx: Tx, made: Offer, mine: Mine, now: datetime) -> None:
    other = mine.people.other(mine.me.id)
    calendar = calendar_of(other)
    remind = working_morning_in(REMIND_AFTER, now, other.zone, hour=other.prefs.morning, days_off=calendar.off)
    await outbox.hurry(tx, Kind.PAIR_STARTED, made.pair_id, now)
    await post(tx, Kind.OFFERED, made.pair_id, made.id, now, stale_at=lapses_at(made), offer=made.id)
    if remind < made.first_at:
        await plan(tx, Job.REMIND_OFFER, made.id, remind, recipient=other.id, stale_at=made.second_at)
    await plan(tx, Job.OFFER_LAPSES, made.id, lapses_at(made), recipient=mine.me.id)


async def _open(tx: Tx, actor: Actor, offer_id: str) -> tuple[Offer, Mine]:
    made = await meet.offer(tx, offer_id)
    if made is None:
        raise Refusal("common.errors.gone")
    mine = await pair_of(tx, actor, made.pair_id)
    if made.state is not OfferState.OPEN:
        raise Refusal("common.errors.gone")
    return made, mine


def _check(booking: Booking, now: datetime, busy: list[Session], field: str) -> None:
    try:
        check_booking(booking, now, busy)
    except Refusal as refused:
        under = field if refused.field == "meet.when" else refused.field
        raise Refusal(refused.key, field=under, **refused.params) from None
