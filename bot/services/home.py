"""App Home and Today: everything that concerns one person, read at the moment of drawing."""

from datetime import datetime
from typing import Any

from bot.domain.enrol import can_join
from bot.domain.home import (
    CoordinatorCard,
    HomeFacts,
    PairCard,
    Place,
    Scorecard,
    Strip,
    side_to_show,
    to_show,
)
from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.meet import AskFacts, OfferFacts
from bot.domain.report.activity import days_since_last
from bot.domain.when import local_day
from bot.services import learn, leave
from bot.services.commit import heard_of
from bot.services.kit import Actor, Kit
from bot.services.match import asked_now, people_of
from bot.services.meet import turn_of
from bot.services.post import refresh_home
from bot.services.prepare import agenda_of, card_of
from bot.services.programme.today import decisions
from bot.services.report.activity import histories
from bot.services.report.desk import so_far
from storage import checkin, commit, due, enrol, home, match, meet, prepare, programme
from storage import pause as pauses
from storage.records.commit import CommitmentState
from storage.records.delivery import DueState, Letter
from storage.records.enrol import Enrolment, Person, Side
from storage.records.match import Pair, PairState
from storage.records.meet import Session, SessionState
from storage.records.programme import Cohort, CohortState, Programme
from storage.store import Tx

_SHARED = 2
_SHEETS = 12


async def load_home(kit: Kit, tx: Tx, letter: Letter) -> HomeFacts | None:
    """A person's Home, on the side they last switched to."""
    return await home_of(kit, tx, letter.to, await home.side(tx, letter.to))


async def opened(kit: Kit, tx: Tx, event: dict[str, Any]) -> None:
    """Somebody opened the app: their Home is drawn again, in the transaction that stores the event."""
    if event.get("tab", "home") == "home":
        await home.opened(tx, event["user"])
        await refresh_home(tx, event["user"], kit.clock())


async def switch(kit: Kit, actor: Actor, side: Side) -> None:
    """Show the other side to somebody who is a junior in one pair and a senior in another."""
    async with kit.store.write(actor.team_id) as tx:
        await home.set_side(tx, actor.user_id, side)
        await refresh_home(tx, actor.user_id, kit.clock())


async def today(kit: Kit, actor: Actor) -> HomeFacts:
    """The same facts for `/revmentor`, which anybody may ask."""
    async with kit.store.read(actor.team_id) as tx:
        return await home_of(kit, tx, actor.user_id, await home.side(tx, actor.user_id))


async def home_of(kit: Kit, tx: Tx, user_id: str, wanted: Side | None) -> HomeFacts:
    """Everything that this Slack account may see on its Home."""
    now = kit.clock()
    known = await programme.get(tx)
    me = await enrol.find(tx, user_id)
    cards = await _cards(kit, tx, me, now) if me else ()
    zone = me.zone if me else known.zone if known else "UTC"
    pause = await pauses.running(tx, me.id) if me else None
    return HomeFacts(
        me=me,
        enrolled=me is not None and await enrol.enrolled(tx, me.id),
        side=side_to_show(cards, wanted),
        pairs=cards,
        places=await _places(tx, me) if me else (),
        open_cohorts=await _open_to_join(tx, zone, now),
        scorecard=await _scorecard(tx, me) if me and any(c.side is Side.SENIOR for c in cards) else None,
        coordinator=await _coordinator(kit, tx, known, user_id, now),
        safe_contact=known is not None and user_id in known.safe_contacts,
        set_up=known is not None,
        today=local_day(now, zone),
        now=now,
        zone=zone,
        paused_until=pause.until if pause else None,
        leaving=await leave.pending(tx, me) if me else (),
        asked=await _asked(tx, me) if me else (),
        lessons=await learn.shelves_of(kit, tx, user_id) if me else (),
        first_lesson=await learn.offer_of(kit, tx, user_id, None, now) if known is None else None,
    )


async def _asked(tx: Tx, me: Person) -> tuple[tuple[PairPeople, Side], ...]:
    """Suggestions that wait for this person's answer."""
    found = [await people_of(tx, pair) for pair in await match.open_of(tx, me.id)]
    sides = [(people, people.side_of(me.id)) for people in found]
    return tuple([(people, side) for people, side in sides if await asked_now(tx, people.pair, side)])


async def _open_to_join(tx: Tx, zone: str, now: datetime) -> tuple[Cohort, ...]:
    """What `join` would offer: a cohort near its end takes nobody any more."""
    today = local_day(now, zone)
    return tuple(cohort for cohort in await programme.cohorts(tx, CohortState.OPEN) if can_join(cohort, today))


async def _cards(kit: Kit, tx: Tx, me: Person, now: datetime) -> tuple[PairCard, ...]:
    waiting = {c.pair_id: c for c in await checkin.open_of_person(tx, me.id, now) if c.due_at <= now}
    cards = []
    for pair in await match.running_of(tx, me.id):
        side = Side.JUNIOR if pair.junior_id == me.id else Side.SENIOR
        ahead = await meet.next_of_pair(tx, pair.id, now)
        people = await people_of(tx, pair)
        cards.append(
            PairCard(
                people=people, side=side, next_session=ahead, **await _agenda(kit, tx, pair, ahead),
                **await _next_date(tx, people, now),
                waiting=waiting.get(pair.id) if pair.state is PairState.ACTIVE else None,
                promises=to_show(await commit.of_pair(tx, pair.id), now),
                contract=await card_of(tx, pair), ask=await _ask(tx, people, side, now),
                proposals=await _proposals(tx, pair, side, now), **await _for_junior(tx, pair, me, side),
            )
        )  # fmt: skip
    return tuple(cards)


async def _next_date(tx: Tx, people: PairPeople, now: datetime) -> dict[str, Any]:
    """Who finds the next date, or two times that wait for an answer."""
    offered = await meet.open_offer(tx, people.pair.id)
    offer = OfferFacts(offered, people) if offered is not None else None
    return {"turn": await turn_of(tx, people.pair.id, now), "offer": offer}


async def _ask(tx: Tx, people: PairPeople, side: Side, now: datetime) -> AskFacts | None:
    """The last session that is over, where this side has not said yet whether it took place."""
    over = [s for s in await meet.of_pair(tx, people.pair.id, SessionState.PLANNED) if s.ends_at <= now]
    if not over or people.pair.state is not PairState.ACTIVE:
        return None
    said = {report.person_id for report in await meet.reports(tx, over[-1].id)}
    return None if people.on(side).id in said else AskFacts(over[-1], people, side)


async def _proposals(tx: Tx, pair: Pair, side: Side, now: datetime) -> int:
    """How many suggestions wait for the senior's answer."""
    if side is not Side.SENIOR or pair.state is not PairState.ACTIVE:
        return 0
    return len(await heard_of(tx, pair.id, side, now))


async def _for_junior(tx: Tx, pair: Pair, me: Person, side: Side) -> dict[str, Any]:
    """What only the junior of the pair sees: what the senior shared, and her own answers."""
    if side is not Side.JUNIOR:
        return {}
    shared = await checkin.shared_of_pair(tx, pair.id)
    sheets = await checkin.sheets(tx, pair.id, me.id)
    return {
        "shared": tuple(r.learned for r in shared[:_SHARED] if r.learned),
        "trend": tuple(sheet for _, sheet in sheets[-_SHEETS:]),
    }


async def _agenda(kit: Kit, tx: Tx, pair: Pair, session: Session | None) -> dict[str, Any]:
    """The agreed lines; else the suggestion, once it stands in the pair space."""
    if session is None:
        return {"agenda": ()}
    if agreed := await prepare.lines(tx, session.id):
        return {"agenda": tuple(line.text for line in agreed)}
    sent = [item.state is DueState.DONE for item in await due.about(tx, Job.AGENDA, session.id)]
    if not any(sent):
        return {"agenda": ()}
    suggestion = await agenda_of(kit, tx, session, pair)
    return {"agenda": tuple(line.text for line in suggestion.lines), "suggested": True}


async def _places(tx: Tx, me: Person) -> tuple[Place, ...]:
    """Where somebody still waits for a partner."""
    found = []
    for place in await enrol.participations(tx, me.id):
        cohort = await programme.cohort(tx, place.cohort_id) if place.state is Enrolment.WAITING else None
        if cohort is not None:
            planned = [i for i in await due.about(tx, Job.NO_MATCH_YET, place.id) if i.state is DueState.PENDING]
            found.append(Place(cohort, local_day(planned[0].due_at, me.zone) if planned else None))
    return tuple(found)


async def _scorecard(tx: Tx, me: Person) -> Scorecard:
    held, cancelled = await meet.record_of_senior(tx, me.id)
    mine = [c for c in await commit.of_owner(tx, me.id) if c.state is not CommitmentState.DROPPED]
    return Scorecard(held, cancelled, sum(c.state is CommitmentState.DONE for c in mine), len(mine))


async def _coordinator(
    kit: Kit, tx: Tx, known: Programme | None, user_id: str, now: datetime
) -> CoordinatorCard | None:
    """Asked of the database every time: a role that was taken away shows nothing the next time."""
    if known is None or not await programme.is_coordinator(tx, user_id):
        return None
    strips = []
    for cohort in await programme.cohorts(tx, CohortState.OPEN):
        since = days_since_last(await histories(tx, cohort), now)
        strips.append(Strip(await so_far(kit, tx, known, cohort, now), since))
    lesson = await learn.offer_of(kit, tx, user_id, known, now)
    return CoordinatorCard(known, await decisions(tx, known, now, user_id), tuple(strips), lesson)
