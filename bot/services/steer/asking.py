"""Everybody who met in a pilot is asked whether they would help to steer what follows; only a yes is ever shown."""

from datetime import datetime

from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.steer import Invitation, is_ready
from bot.domain.when import local_day
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.post import post, refresh_homes
from storage import enrol, match, meet, programme, steer
from storage.records.delivery import Letter
from storage.records.enrol import Enrolment, Person
from storage.records.meet import SessionState
from storage.records.programme import Cohort
from storage.records.steer import VolunteerState
from storage.store import Tx


async def ask_all(kit: Kit, actor: Actor, cohort_id: str) -> int:
    """Ask everybody of a pilot who has not been asked; tells how many that were now.

    Raises Refusal for anybody but coordinators, and for a cohort that is no pilot near its end.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        cohort = await pilot(tx, actor, cohort_id, now)
        fresh = [one for one in await not_asked(tx, cohort) if await steer.ask(tx, cohort.id, one.id, now)]
        for person in fresh:
            await post(tx, Kind.STEER_ASK, person.user_id, f"{cohort.id}:{person.id}", now, cohort=cohort.id)
        if fresh:
            await programme.note(tx, actor.user_id, "steering.asked", cohort.id, now, f"n={len(fresh)}")
        return len(fresh)


async def answer(kit: Kit, actor: Actor, cohort_id: str, *, yes: bool) -> Invitation:
    """Somebody says yes or no, and may change it. Raises Refusal for whoever was not asked.

    Whoever says yes when the channel is there is invited into it.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        me, cohort = await enrol.find(tx, actor.user_id), await programme.cohort(tx, cohort_id)
        known = await steer.get(tx, cohort_id, me.id) if me else None
        if me is None or cohort is None or known is None:
            raise Refusal("common.errors.gone")
        state = VolunteerState.YES if yes else VolunteerState.NO
        await steer.say(tx, cohort_id, me.id, state, now)
        if yes:
            await invite(tx, cohort_id, [me.user_id], now)
        await refresh_homes(tx, [one.user_id for one in await programme.coordinators(tx)], now)
        return Invitation(cohort, state)


async def load_ask(kit: Kit, tx: Tx, letter: Letter) -> Invitation | None:
    """None once they have answered, or were erased."""
    me, cohort = await enrol.find(tx, letter.to), await programme.cohort(tx, letter.params["cohort"])
    known = await steer.get(tx, cohort.id, me.id) if me and cohort else None
    if cohort is None or known is None or known.state is not VolunteerState.ASKED:
        return None
    return Invitation(cohort, known.state)


async def invite(tx: Tx, cohort_id: str, user_ids: list[str], now: datetime) -> None:
    """Bring people into the group's channel, if there is one."""
    made = await steer.channel(tx, cohort_id)
    for user_id in user_ids if made is not None else ():
        key = f"{cohort_id}:{user_id}:{now:%Y%m%dT%H%M%S}"
        await post(tx, Kind.STEER_ADD, user_id, key, now, cohort=cohort_id)


async def pilot(tx: Tx, actor: Actor, cohort_id: str, now: datetime) -> Cohort:
    """A pilot that comes to its end, for a coordinator. Raises Refusal otherwise."""
    known = await access.coordinator(tx, actor)
    cohort = await programme.cohort(tx, cohort_id)
    if cohort is None or not cohort.pilot:
        raise Refusal("common.errors.gone")
    if not is_ready(cohort, local_day(now, known.zone)):
        raise Refusal("steer.refused.too_early")
    return cohort


async def not_asked(tx: Tx, cohort: Cohort) -> list[Person]:
    """Who has met in the pilot and was not asked yet."""
    return [one for one in await _people(tx, cohort) if await steer.get(tx, cohort.id, one.id) is None]


async def _people(tx: Tx, cohort: Cohort) -> list[Person]:
    """Everybody of the pilot's pairs who has met, is still here, and has not left the programme."""
    met = {one.pair_id for one in await meet.of_cohort(tx, cohort.id, SessionState.HELD)}
    pairs = [pair for pair in await match.of_cohort(tx, cohort.id, *match.MET) if pair.id in met]
    known = await enrol.people(tx, [one for pair in pairs for one in (pair.junior_id, pair.senior_id)])
    gone = {place.person_id for place in await enrol.participants(tx, cohort.id) if place.state is Enrolment.LEFT}
    return [one for one in known.values() if not (one.erased or one.deactivated or one.id in gone)]
