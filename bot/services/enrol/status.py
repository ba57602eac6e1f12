"""Where somebody stands: pair, next session, what is open, and what did not reach them."""

from datetime import date, datetime, timedelta

from bot.domain.budget import OVER
from bot.domain.enrol import TAKING_PART, PairStatus, Status, Undelivered
from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.messages import Kind
from bot.domain.when import local_day
from bot.services import access, intro, leave, review
from bot.services.kit import Actor, Kit
from bot.services.match import asked_now, people_of
from bot.services.meet.plans import turn_of
from storage import checkin, commit, due, enrol, match, meet, programme
from storage import pause as pauses
from storage.records.checkin import Checkin
from storage.records.commit import CommitmentState
from storage.records.delivery import DueState
from storage.records.enrol import Enrolment, Participant, Person
from storage.records.match import Pair, PairState
from storage.records.programme import Cohort
from storage.store import Tx

LOOK_BACK = timedelta(days=30)


async def status(kit: Kit, actor: Actor) -> Status:
    """Everything that concerns the actor. Raises Refusal with how to join for somebody who does not take part."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        me = await access.person(tx, actor)
        places = await _places(tx, me)
        pairs = [await _pair(tx, pair, me, now) for pair in await match.open_of(tx, me.id)]
        return Status(
            me=me,
            places=places,
            waits_until=await _waits_until(tx, places, me),
            asked=tuple([p for p in pairs if await asked_now(tx, p.people.pair, p.side)]),
            pairs=tuple(p for p in pairs if p.people.pair.state in match.RUNNING),
            checkins=await _checkins(tx, me, now),
            reviews=await review.waiting_of(tx, me, now),
            undelivered=await _undelivered(tx, me, pairs, now),
            paused_until=pause.until if (pause := await pauses.running(tx, me.id)) else None,
            leaving=await leave.pending(tx, me),
            today=local_day(now, me.zone),
        )


async def _places(tx: Tx, me: Person) -> tuple[tuple[Cohort, Participant], ...]:
    found = [p for p in await enrol.participations(tx, me.id) if p.state in TAKING_PART]
    cohorts = {c.id: c for c in await programme.cohorts(tx)}
    return tuple((cohorts[p.cohort_id], p) for p in found if p.cohort_id in cohorts)


async def _waits_until(tx: Tx, places: tuple[tuple[Cohort, Participant], ...], me: Person) -> date | None:
    """The day by which somebody who waits hears something: when that word is planned."""
    days: list[date] = []
    for _, place in places:
        if place.state is Enrolment.WAITING:
            planned = await due.about(tx, Job.NO_MATCH_YET, place.id)
            days += [local_day(item.due_at, me.zone) for item in planned if item.state is DueState.PENDING]
    return min(days, default=None)


async def _pair(tx: Tx, pair: Pair, me: Person, now: datetime) -> PairStatus:
    people = await people_of(tx, pair)
    return PairStatus(
        people,
        people.side_of(me.id),
        await meet.next_of_pair(tx, pair.id, now),
        tuple(await commit.of_pair(tx, pair.id, CommitmentState.OPEN)),
        await turn_of(tx, pair.id, now) if pair.state is PairState.ACTIVE else None,
        await intro.promised(tx, pair.id, me.id, now),
    )


async def _checkins(tx: Tx, me: Person, now: datetime) -> tuple[tuple[Checkin, PairPeople], ...]:
    found: list[tuple[Checkin, PairPeople]] = []
    for one in await checkin.open_of_person(tx, me.id, now):
        pair = await match.get(tx, one.pair_id)
        if pair is not None and pair.state in match.RUNNING and one.due_at <= now:
            found.append((one, await people_of(tx, pair)))
    return tuple(found)


async def _undelivered(tx: Tx, me: Person, pairs: list[PairStatus], now: datetime) -> tuple[Undelivered, ...]:
    """At most five messages of the last month that failed or came too late; a Home draws itself again anyway."""
    receivers = [me.user_id, me.id, *(pair.people.pair.id for pair in pairs)]
    ended = await enrol.undelivered(tx, receivers, now - LOOK_BACK)
    shown = [(kind.partition(".")[0], at, why) for kind, at, why in ended if kind != Kind.HOME]
    return tuple(
        Undelivered(about, local_day(at, me.zone), why == enrol.LATE, why == OVER) for about, at, why in shown[:5]
    )
