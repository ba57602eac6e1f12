"""Asking both sides about a session: planning, sending, reminding twice, closing; tomorrow and skip."""

from datetime import datetime, timedelta

from bot.domain.asking import JITTER_MINUTES, ask_times
from bot.domain.checkin import REMIND_DAYS, Invite, may_answer
from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.when import local_day, next_working_morning, working_morning_in
from bot.services.calendar import calendar_of, days_off, waking
from bot.services.checkin.finding import ensure, mine
from bot.services.kit import Actor, Kit
from bot.services.match import people_of, plan_fit, put_off_fit, unplan_fit
from bot.services.post import plan, plan_many, post, refresh_home, unplan, work
from storage import checkin, enrol, learner, match, meet, programme
from storage.checkin import UNANSWERED
from storage.ids import new_nonce
from storage.records.checkin import Checkin, CheckinState
from storage.records.delivery import Due, Letter
from storage.records.enrol import Person, Side
from storage.records.match import PairState
from storage.records.meet import Session, SessionState
from storage.store import Tx

_INVITE = {Side.JUNIOR: Kind.CHECKIN, Side.SENIOR: Kind.REFLECTION}
_REMINDER = {Side.JUNIOR: Kind.CHECKIN_REMINDER, Side.SENIOR: Kind.REFLECTION_REMINDER}


async def plan_for(kit: Kit, tx: Tx, session: Session, people: PairPeople, now: datetime) -> datetime:
    """Plan the check-in and the reflection of a session that was held; in the transaction that says so.

    When the later of the two is due, in UTC: what else is asked about it waits for another day.
    """
    settings = await programme.get(tx)
    jitter = timedelta(minutes=kit.dice.randint(-JITTER_MINUTES, JITTER_MINUTES))
    times = ask_times(
        session.ends_at, now, calendar_of(people.junior), calendar_of(people.senior),
        after_hours=settings.checkin_after_hours if settings else None, jitter=jitter,
    )  # fmt: skip
    # "We met" can be taken back and said again: each time plans anew.
    both = list(zip((people.junior, people.senior), times, strict=True))
    await plan_many(
        tx,
        [
            work(tx, Job.CHECKIN, session.id, at, recipient=person.id, occurrence=new_nonce()[:12])
            for person, at in both
        ],
    )
    await plan_fit(tx, session, people, max(times))
    return max(times)


async def unplan_for(tx: Tx, session_id: str, reason: str) -> None:
    """The session was not held after all. Raises Refusal when a check-in about it has been answered."""
    await unplan(tx, Job.CHECKIN, session_id, reason)
    await unplan_fit(tx, session_id, reason)
    await learner.forget(tx, session_id)
    if not await checkin.forget_session(tx, session_id):
        raise Refusal("checkin.refused.cannot_take_back")


async def do_ask(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Send the invitation to one side, and plan the reminders and the end."""
    session = await meet.get(tx, due.subject)
    if session is None or session.state is not SessionState.HELD:
        return "the session was not held after all"
    pair = await match.get(tx, session.pair_id)
    if pair is None or pair.state is not PairState.ACTIVE:
        return "the pair is paused or has ended"
    person = await enrol.get(tx, due.recipient)
    if person is None or person.deactivated:
        return "the account is deactivated"
    now = kit.clock()
    found = await ensure(tx, session, await people_of(tx, pair), person.id, now)
    if not await checkin.move(tx, found.id, UNANSWERED, CheckinState.SENT):
        return "answered or skipped already"
    at = waking(person, now)
    await post(tx, _INVITE[found.side], person.user_id, f"{found.id}:{due.occurrence}", at, checkin=found.id)
    await _plan_rest(tx, found, person, now)
    await refresh_home(tx, person.user_id, now)
    return None


async def _plan_rest(tx: Tx, found: Checkin, person: Person, now: datetime) -> None:
    ahead = [work(tx, Job.CLOSE_CHECKIN, found.id, found.closes_at, recipient=person.id)]
    off = days_off(person.region)
    for count in REMIND_DAYS:
        at = working_morning_in(count, now, person.zone, hour=person.prefs.asked_at, days_off=off)
        if at < found.closes_at:
            ahead.append(work(tx, Job.REMIND_CHECKIN, found.id, at, recipient=person.id, occurrence=str(count)))
    await plan_many(tx, ahead)


async def do_remind(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Remind once more, unless it was answered, skipped or put off, or the pair has met again: that asks the same."""
    found = await checkin.get(tx, due.subject)
    person = await enrol.get(tx, due.recipient)
    if found is None or person is None or found.state is not CheckinState.SENT:
        return "answered or skipped already"
    last = await meet.last_held(tx, found.pair_id)
    if last is not None and last.id != found.session_id:
        return "a newer session is asked about"
    at = waking(person, kit.clock())
    await post(tx, _REMINDER[found.side], person.user_id, f"{found.id}:{due.occurrence}", at, checkin=found.id)
    return None


async def do_close(kit: Kit, tx: Tx, due: Due) -> str | None:
    """The window ends; what was answered stays."""
    if not await checkin.move(tx, due.subject, UNANSWERED, CheckinState.EXPIRED):
        return "answered or skipped already"
    person = await enrol.get(tx, due.recipient)
    if person is not None:
        await refresh_home(tx, person.user_id, kit.clock())
    return None


async def load_invite(kit: Kit, tx: Tx, letter: Letter) -> Invite | None:
    """An invitation or a reminder, while it still waits for an answer."""
    found = await checkin.get(tx, letter.params["checkin"])
    if found is None or found.state is not CheckinState.SENT or kit.clock() >= found.closes_at:
        return None
    return await invite_of(tx, found)


async def invite_of(tx: Tx, found: Checkin) -> Invite | None:
    """The facts of a message about a check-in; None while its pair is not active."""
    pair = await match.get(tx, found.pair_id)
    session = await meet.get(tx, found.session_id)
    person = await enrol.get(tx, found.person_id)
    if pair is None or session is None or person is None or pair.state is not PairState.ACTIVE:
        return None
    cohort = await programme.cohort(tx, pair.cohort_id)
    return None if cohort is None else Invite(found, session, cohort.k, person.zone)


async def tomorrow(kit: Kit, actor: Actor, checkin_id: str) -> tuple[Checkin, datetime, str]:
    """Ask again on the next working morning: the check-in, when, and the person's zone."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        it = await mine(tx, actor, checkin_id)
        may_answer(it.checkin, it.people.pair.state, now)
        off, hour = days_off(it.me.region), it.me.prefs.asked_at
        at = next_working_morning(now, it.me.zone, hour=hour, days_off=off)
        if at >= it.checkin.closes_at:
            raise Refusal("checkin.refused.no_tomorrow")
        if not await checkin.move(tx, checkin_id, (*UNANSWERED, CheckinState.SKIPPED), CheckinState.SENT):
            raise Refusal("checkin.refused.answered")
        day = local_day(at, it.me.zone).isoformat()
        await plan(tx, Job.CHECKIN, it.session.id, at, recipient=it.me.id, occurrence=day)
        await put_off_fit(tx, it.session.id, it.me, at)
        return it.checkin, at, it.me.zone


async def skip(kit: Kit, actor: Actor, checkin_id: str) -> tuple[Checkin, str]:
    """Leave this one out; it can still be answered until it closes. The check-in, and the person's zone."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        it = await mine(tx, actor, checkin_id)
        may_answer(it.checkin, it.people.pair.state, now)
        if not await checkin.move(tx, checkin_id, (*UNANSWERED, CheckinState.SKIPPED), CheckinState.SKIPPED):
            raise Refusal("checkin.refused.answered")
        await quiet(tx, it.checkin, "skipped")
        await refresh_home(tx, it.me.user_id, now)
        return it.checkin, it.me.zone


async def quiet(tx: Tx, found: Checkin, reason: str) -> None:
    """No more reminders about a check-in."""
    await unplan(tx, Job.REMIND_CHECKIN, found.id, reason)
