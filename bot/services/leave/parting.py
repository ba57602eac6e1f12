"""Coordinators end a pair, in ten minutes and in neutral words; and whether its two are matched again."""

from datetime import datetime

from bot.domain.enrol import TAKING_PART
from bot.domain.jobs import Job
from bot.domain.leave import Ended, PartForm, Parting
from bot.domain.refusals import Refusal, TooLate
from bot.domain.when import UNDO
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.leave.ending import end_pair, ended
from bot.services.match import people_of
from bot.services.post import plan, refresh_homes, unplan
from storage import due, enrol, match, programme
from storage.ids import new_nonce
from storage.records.delivery import Due, DueState
from storage.records.enrol import Enrolment, Person
from storage.records.match import Pair
from storage.store import Tx


async def part_form(kit: Kit, actor: Actor, users: tuple[str, ...], *, rematch: bool) -> PartForm:
    """The pairs of one person (Slack id), or the pair of two, before one of them is ended.

    Raises Refusal for anybody but coordinators, for nobody and more than two named, and where there is no such pair:
    who has none and is to be matched again is put back among those who wait by `back_to_pool`.
    """
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        if not 0 < len(users) < 3:
            raise Refusal(f"leave.refused.usage_{'rematch' if rematch else 'unpair'}")
        known = [person for user in users if (person := await enrol.find(tx, user)) is not None]
        if len(known) != len(users):
            raise Refusal("leave.refused.no_pair")
        pairs = [p for p in await match.running_of(tx, known[0].id) if _with(p, known[1:])]
        if not pairs:
            raise Refusal("leave.refused.no_pair")
        return PartForm(tuple([await people_of(tx, pair) for pair in pairs]), rematch)


async def part_form_of(kit: Kit, actor: Actor, pair_id: str, *, rematch: bool) -> PartForm:
    """The same for one pair."""
    async with kit.store.read(actor.team_id) as tx:
        return PartForm((await people_of(tx, await _running(tx, actor, pair_id)),), rematch)


async def part(kit: Kit, actor: Actor, pair_id: str, *, rematch: bool) -> Parting:
    """End a pair in ten minutes; until then nobody knows. Asking twice is once.

    Raises Refusal for anybody but coordinators, and for a pair that does not run.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        pair = await _running(tx, actor, pair_id)
        if not await _planned(tx, pair_id):
            await plan(tx, Job.PART, pair_id, now + UNDO, recipient=actor.user_id, occurrence=new_nonce())
            await programme.note(tx, actor.user_id, "match.rematch" if rematch else "match.unpair", pair_id, now)
        return Parting(await people_of(tx, pair), rematch)


async def undo_part(kit: Kit, actor: Actor, pair_id: str) -> Parting:
    """The pair goes on; any coordinator may say so. Raises Refusal when ten minutes have passed."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        pair = await match.get(tx, pair_id)
        if pair is None:
            raise Refusal("common.errors.gone")
        if pair.state not in match.RUNNING or not await unplan(tx, Job.PART, pair_id, "undone"):
            raise TooLate("leave.refused.too_late_part")
        await programme.note(tx, actor.user_id, "match.unpair_undone", pair_id, now)
        return Parting(await people_of(tx, pair), rematch=False)


async def do_part(kit: Kit, tx: Tx, item: Due) -> str | None:
    """Ten minutes have passed: it ends, as if one of the two had asked."""
    pair = await match.get(tx, item.subject)
    if pair is None or pair.state not in match.RUNNING:
        return "it has ended meanwhile"
    await end_pair(kit, tx, await people_of(tx, pair), kit.clock())
    return None


async def back_to_pool(kit: Kit, actor: Actor, user_id: str) -> Person:
    """Somebody without a pair, who had said "not for now", is matched again. Raises Refusal where they take no part."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        person = await enrol.find(tx, user_id)
        places = [p for p in await enrol.participations(tx, person.id) if p.state in TAKING_PART] if person else []
        if person is None or not places:
            raise Refusal("leave.refused.no_pair")
        for place in places:
            await _look(tx, person, place.cohort_id, yes=True)
        await programme.note(tx, actor.user_id, "match.pooled", person.user_id, now)
        await refresh_homes(tx, [person.user_id], now)
        return person


async def look_again(kit: Kit, actor: Actor, pair_id: str, *, yes: bool) -> Ended:
    """Whether somebody new is looked for, for one of a pair that has ended; nobody else is told what they say.

    Raises Refusal for strangers, and for who does not take part in the cohort any more.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        pair, me, _ = await access.pair(tx, actor, pair_id)
        place = await enrol.place(tx, me.id, pair.cohort_id)
        if pair.state in match.OPEN or place is None or place.state not in TAKING_PART:
            raise Refusal("common.errors.gone")
        await _look(tx, me, pair.cohort_id, yes=yes)
        await refresh_homes(tx, [me.user_id], now)
        return await _facts(tx, pair, me, now)


async def _look(tx: Tx, person: Person, cohort_id: str, *, yes: bool) -> None:
    """Among those who wait, or not; who has a pair in the cohort stays where they are."""
    if any(pair.cohort_id == cohort_id for pair in await match.running_of(tx, person.id)):
        return
    await enrol.set_state(tx, person.id, cohort_id, Enrolment.WAITING if yes else Enrolment.PAUSED)


async def _facts(tx: Tx, pair: Pair, me: Person, now: datetime) -> Ended:
    found = await ended(tx, pair, me.id, now)
    if found is None:
        raise Refusal("common.errors.gone")
    return found


async def _running(tx: Tx, actor: Actor, pair_id: str) -> Pair:
    await access.coordinator(tx, actor)
    pair = await match.get(tx, pair_id)
    if pair is None or pair.state not in match.RUNNING:
        raise Refusal("common.errors.gone")
    return pair


async def _planned(tx: Tx, pair_id: str) -> bool:
    return any(item.state is DueState.PENDING for item in await due.about(tx, Job.PART, pair_id))


def _with(pair: Pair, others: list[Person]) -> bool:
    return all(other.id in (pair.junior_id, pair.senior_id) for other in others)
