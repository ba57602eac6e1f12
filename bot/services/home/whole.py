"""App Home and Today: everything that concerns one person, read at the moment of drawing."""

from datetime import datetime
from typing import Any

from bot.domain.enrol import can_join
from bot.domain.home import (
    HomeFacts,
    Place,
    side_to_show,
)
from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.when import local_day
from bot.services import close, credit, learn, leave, pulse, review
from bot.services.home.coordinator import coordinator_of
from bot.services.home.pairs import cards_of
from bot.services.home.score import scorecard_of
from bot.services.kit import Actor, Kit
from bot.services.match import asked_now, people_of
from bot.services.post import refresh_home
from storage import checkin, due, enrol, home, match, programme
from storage import pause as pauses
from storage.records.delivery import DueState, Letter
from storage.records.enrol import Enrolment, Person, Side
from storage.records.programme import Cohort, CohortState
from storage.store import Tx


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
    cards = await cards_of(kit, tx, me, now) if me else ()
    zone = me.zone if me else known.zone if known else "UTC"
    pause = await pauses.running(tx, me.id) if me else None
    return HomeFacts(
        me=me,
        enrolled=me is not None and await enrol.enrolled(tx, me.id),
        side=side_to_show(cards, wanted),
        pairs=cards,
        places=await _places(tx, me) if me else (),
        open_cohorts=await _open_to_join(tx, zone, now),
        scorecard=await scorecard_of(kit, tx, me) if me and any(c.side is Side.SENIOR for c in cards) else None,
        coordinator=await coordinator_of(kit, tx, known, user_id, now),
        safe_contact=known is not None and user_id in known.safe_contacts,
        set_up=known is not None,
        today=local_day(now, zone),
        now=now,
        zone=zone,
        paused_until=pause.until if pause else None,
        leaving=await leave.pending(tx, me) if me else (),
        asked=await _asked(tx, me) if me else (),
        reviews=await review.waiting_of(tx, me, now) if me else (),
        pulses=await pulse.waiting(tx, me, now) if me else (),
        credit=await credit.waiting(tx, me, now) if me else None,
        lessons=await learn.shelves_of(kit, tx, user_id) if me else (),
        answered=me is not None and await checkin.any_answered(tx, me.id),
        past=await close.past_of(tx, me, now) if me else (),
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


async def _places(tx: Tx, me: Person) -> tuple[Place, ...]:
    """Where somebody still waits for a partner."""
    found = []
    for place in await enrol.participations(tx, me.id):
        cohort = await programme.cohort(tx, place.cohort_id) if place.state is Enrolment.WAITING else None
        if cohort is not None:
            planned = [i for i in await due.about(tx, Job.NO_MATCH_YET, place.id) if i.state is DueState.PENDING]
            found.append(Place(cohort, local_day(planned[0].due_at, me.zone) if planned else None))
    return tuple(found)
