"""Somebody's clock, hours or holidays changed: what is planned for them moves along."""

from datetime import datetime, timedelta

from bot.domain.asking import JITTER_MINUTES, ask_times
from bot.domain.jobs import Job
from bot.domain.learn import LESSON_BEFORE
from bot.domain.match import PairPeople
from bot.domain.meet import around, before_session
from bot.domain.prefs import placed_anew
from bot.domain.prepare import AGENDA_BEFORE, ICEBREAKERS_BEFORE, LEAST_LEFT
from bot.services import review
from bot.services.calendar import calendar_of
from bot.services.kit import Kit
from bot.services.match import fit_times, people_of
from storage import due, enrol, match, meet, prefs, programme
from storage.records.delivery import Due, DueState
from storage.records.enrol import Person
from storage.records.meet import Session, SessionState
from storage.store import Tx

_LOCAL = (
    Job.REMIND_CHECKIN,
    Job.REMIND_REVIEW,
    Job.COMMITMENT_DUE,
    Job.ASK_NOTICED,
    Job.INTRO_REMIND,
    Job.INTRO_DUE,
    Job.ASK_TALKED,
    Job.NEXT_MISSING,
    Job.REMIND_OFFER,
    Job.PROMISE_PASSED,
    Job.PULSE,
    Job.CREDIT,
    Job.THEME_NOTE,
)
_BEFORE = {Job.AGENDA: AGENDA_BEFORE, Job.ICEBREAKERS: ICEBREAKERS_BEFORE, Job.LESSON: LESSON_BEFORE}


async def follow(kit: Kit, tx: Tx, before: Person, now: datetime) -> int:
    """Move what is planned for a person who was `before`; tells how much it was. Nothing changed: nothing moves."""
    after = await enrol.get(tx, before.id)
    if after is None or _same(before, after):
        return 0
    moved = await _follow_local(tx, before, after, now) + await _follow_reviews(tx, after, now)
    for pair in await match.running_of(tx, after.id):
        people = await people_of(tx, pair)
        for session in await meet.of_pair(tx, pair.id, SessionState.PLANNED):
            moved += await _follow_session(tx, session, people, now)
        for session in await meet.of_pair(tx, pair.id, SessionState.HELD):
            moved += await _follow_checkin(kit, tx, session, people, now)
    return moved


def _same(one: Person, other: Person) -> bool:
    return (one.zone, one.region, one.prefs) == (other.zone, other.region, other.prefs)


async def _follow_local(tx: Tx, before: Person, after: Person, now: datetime) -> int:
    """What stands on a local day and hour stands there on the new clock."""
    items = await prefs.planned_for(tx, after.id, _LOCAL)
    items += [item for item in await prefs.planned_for(tx, after.id, (Job.CHECKIN,)) if _put_off(item)]
    for place in await enrol.participations(tx, after.id):
        items += [item for item in await due.about(tx, Job.NO_MATCH_YET, place.id) if item.state is DueState.PENDING]
    old, new = calendar_of(before), calendar_of(after)
    return sum([await _move(tx, item, placed_anew(item.due_at, old, new, now)) for item in items])


async def _follow_reviews(tx: Tx, after: Person, now: datetime) -> int:
    """Questions now and then stand on a day for both of a pair, and stay in the same hour."""
    moved = 0
    for item in await prefs.planned_for(tx, after.id, review.PLANNED):
        times = await review.times_of(tx, item, now)
        both = [one for one in await due.about(tx, item.kind, item.subject) if one.occurrence == item.occurrence]
        waiting = [one for one in both if one.state is DueState.PENDING and one.recipient in times]
        moved += sum([await _move(tx, one, times[one.recipient]) for one in waiting])
    return moved


async def _follow_session(tx: Tx, session: Session, people: PairPeople, now: datetime) -> int:
    """What goes out around a session that is ahead, for both of them."""
    junior, senior = calendar_of(people.junior), calendar_of(people.senior)
    times = around(session, now, junior, senior)
    moved = 0
    for side, asks in times.ask.items():
        for occurrence, at in zip(("1", "2"), asks, strict=True):
            moved += await _move_all(tx, Job.DID_YOU_MEET, session.id, at, people.on(side).id, occurrence)
    ahead = {Job.REMINDER: times.remind}
    for job, span in _BEFORE.items():
        ahead[job] = before_session(session.starts_at - span, session, now, junior, senior, LEAST_LEFT)
    for job, before_it in ahead.items():
        moved += await _move_all(tx, job, session.id, before_it or now) if before_it or job in _BEFORE else 0
    return moved


async def _follow_checkin(kit: Kit, tx: Tx, session: Session, people: PairPeople, now: datetime) -> int:
    """Both sides of a session that was held and that nobody has been asked about yet; then how the pair fits."""
    asks = await due.about(tx, Job.CHECKIN, session.id)
    usual, late = [item for item in asks if not _put_off(item)], {item.recipient for item in asks if _put_off(item)}
    fits = [item for item in await due.about(tx, Job.FIT, session.id) if item.recipient not in late]
    if not any(item.state is DueState.PENDING for item in (*usual, *fits)):
        return 0
    waiting = [item for item in usual if item.state is DueState.PENDING]
    times = await _asked(kit, tx, session, people, now) if waiting else {}
    after = fit_times(people, max(times.values() or (item.due_at for item in usual), default=session.ends_at))
    moved = sum([await _move(tx, item, times[item.recipient]) for item in waiting])
    return moved + sum([await _move(tx, item, after[item.recipient]) for item in fits])


async def _asked(kit: Kit, tx: Tx, session: Session, people: PairPeople, now: datetime) -> dict[str, datetime]:
    """Person's id → when they are asked about a session that was held."""
    settings = await programme.get(tx)
    jitter = timedelta(minutes=kit.dice.randint(-JITTER_MINUTES, JITTER_MINUTES))
    times = ask_times(
        session.ends_at, now, calendar_of(people.junior), calendar_of(people.senior),
        after_hours=settings.checkin_after_hours if settings else None, jitter=jitter,
    )  # fmt: skip
    return dict(zip((people.junior.id, people.senior.id), times, strict=True))


def _put_off(item: Due) -> bool:
    """Whether its own person put a check-in off: it stands under the day that it was put off to."""
    return item.occurrence[4:5] == "-"


async def _move_all(
    tx: Tx, job: Job, subject: str, at: datetime, recipient: str | None = None, occurrence: str | None = None
) -> int:
    items = [item for item in await due.about(tx, job, subject) if item.state is DueState.PENDING]
    mine = [i for i in items if recipient in (None, i.recipient) and occurrence in (None, i.occurrence)]
    return sum([await _move(tx, item, at) for item in mine])


async def _move(tx: Tx, item: Due, at: datetime) -> int:
    """Another time, with as long to be done in; what belongs before a session ends when it began to end."""
    if item.planned_at is not None or at == item.due_at:
        return 0
    later = item.stale_at
    if later is not None and item.kind not in (*_BEFORE, Job.REMINDER):
        later += at - item.due_at
    return int(await due.move(tx, item, at, later))
