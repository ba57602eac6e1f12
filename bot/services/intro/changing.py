"""What a step does to an introduction, what follows from it, and taking it back for ten minutes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.commit import reminders
from bot.domain.intro import (
    LAPSE_AFTER,
    Did,
    IntroDone,
    as_seen,
    last,
    may,
    may_undo,
    reader,
    remind_at,
    restored,
    taken,
    talk_times,
)
from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, TooLate
from bot.domain.when import UNDO, days_later
from bot.services import access
from bot.services.calendar import days_off
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import plan, post, refresh_homes, unplan
from storage import enrol, intro, match
from storage.match import RUNNING
from storage.records.delivery import Due
from storage.records.enrol import Person
from storage.records.intro import Introduction, IntroState
from storage.records.match import PairState
from storage.store import Tx

_KINDS = {
    IntroState.ASKED: Kind.INTRO_ASKED, IntroState.WITHDRAWN: Kind.INTRO_LET_GO, IntroState.RESTED: Kind.INTRO_LET_GO,
}  # fmt: skip
_AROUND = (Job.INTRO_REMIND, Job.INTRO_LAPSE, Job.INTRO_DUE, Job.ASK_TALKED)


async def let_go(kit: Kit, actor: Actor, intro_id: str) -> IntroDone:
    """The junior takes back what waits, or needs no more what was answered. Raises Refusal where it is settled."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        before, people, me = await own(tx, actor, intro_id, now)
        did = Did.WITHDRAWN if before.state is IntroState.ASKED else Did.RESTED
        return await step(tx, before, people, me, did, now)


async def take(kit: Kit, actor: Actor, intro_id: str) -> IntroDone:
    """The junior asks for whom the senior named instead. Raises Refusal where the senior has gone since."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        before, people, me = await own(tx, actor, intro_id, now)
        return await step(tx, before, people, me, Did.TAKEN, now, instead=True)


async def undo(kit: Kit, actor: Actor, intro_id: str, what: str) -> IntroDone | None:
    """Take the last thing back; None when one that is new is forgotten. Raises Refusal when it is too late."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        before, people, me = await own(tx, actor, intro_id, now)
        if before.changed_by != me.id or last(before, people.side_of(before.author_id)) != what:
            raise Refusal("common.errors.already_done")
        if not may_undo(before, me.id, now):
            raise TooLate("intro.refused.too_late")
        if before.state_before is None:
            await _stop(tx, before, "undone")
            await intro.remove(tx, before.id)
            await refresh(tx, people, now)
            return None
        await _take_answer_back(tx, before, Did(what), now)
        await _stop(tx, before, "undone")
        after = await store(tx, before, **restored(before, _later(before, now)))
        await follow(tx, after, people, tell=before.unheard)
        await refresh(tx, people, now)
        return IntroDone(after, people, Did.RESTORED)


async def step(
    tx: Tx, before: Introduction, people: PairPeople, me: Person, did: Did, now: datetime, **more: Any
) -> IntroDone:
    """Take a step, plan what follows; the other one hears of it in ten minutes."""
    may(before, did, people.side_of(me.id))
    unheard = await _stop(tx, before, "changed")
    after = await store(tx, before, **taken(before, did, me.id, _later(before, now), unheard=unheard, **more))
    await follow(tx, after, people)
    await refresh(tx, people, now)
    return IntroDone(after, people, did)


async def store(tx: Tx, before: Introduction, **values: Any) -> Introduction:
    """Raises Refusal when somebody was quicker."""
    if not await intro.change(tx, before, **values):
        raise Refusal("intro.refused.settled")
    after = await intro.get(tx, before.id)
    assert after is not None
    return after


async def follow(tx: Tx, it: Introduction, people: PairPeople, *, tell: bool = True) -> None:
    """Plan what comes of an introduction as it stands now."""
    junior, senior, mark = people.junior, people.senior, stamp(it)
    if tell:
        await plan(tx, Job.INTRO_TELL, it.id, it.changed_at + UNDO, occurrence=mark)
    if it.state is IntroState.ASKED:
        at = remind_at(it.changed_at, senior.zone, days_off(senior.region))
        await plan(tx, Job.INTRO_REMIND, it.id, at, recipient=senior.id, occurrence=mark)
        await plan(tx, Job.INTRO_LAPSE, it.id, days_later(it.changed_at, LAPSE_AFTER, junior.zone), occurrence=mark)
    if it.state is IntroState.AGREED and it.due_on is not None:
        await _plan_day(tx, it, it.due_on, senior)
    if it.state is IntroState.MADE and it.made_at is not None:
        for n, at in enumerate(talk_times(it.made_at, junior.zone, days_off(junior.region)), 1):
            await plan(tx, Job.ASK_TALKED, it.id, at, recipient=junior.id, occurrence=f"{mark}:{n}")


async def do_tell(kit: Kit, tx: Tx, item: Due) -> str | None:
    """Ten minutes have passed: the other one reads what was done, and both Homes show it."""
    now = kit.clock()
    it = await intro.get(tx, item.subject)
    pair = await match.get(tx, it.pair_id) if it is not None else None
    if it is None or pair is None or pair.state not in RUNNING:
        return "the pair has ended"
    people = await people_of(tx, pair)
    await refresh(tx, people, now)
    if stamp(it) != item.occurrence:
        return "it has changed since"
    if it.state is IntroState.WITHDRAWN and it.unheard:
        return "nobody had heard of it"
    kind = _KINDS.get(it.state, Kind.INTRO_TOLD)
    to = people.on(reader(it)).user_id
    await post(tx, kind, to, f"{it.id}:{stamp(it)}", now, intro=it.id, pair=pair.id, at=stamp(it))
    return None


async def own(tx: Tx, actor: Actor, intro_id: str, now: datetime) -> tuple[Introduction, PairPeople, Person]:
    """An introduction of the actor's own pair. Missing, somebody else's and not heard of yet give the same answer."""
    found = await intro.get(tx, intro_id)
    if found is None:
        raise Refusal("common.errors.gone")
    pair, me, _ = await access.pair(tx, actor, found.pair_id)
    if pair.state not in RUNNING:
        raise Refusal("common.errors.pair_ended")
    if as_seen(found, me.id, now) is None:
        raise Refusal("common.errors.gone")
    return found, await people_of(tx, pair), me


async def refresh(tx: Tx, people: PairPeople, now: datetime) -> None:
    """Both Homes are drawn again."""
    await refresh_homes(tx, (people.junior.user_id, people.senior.user_id), now)


def stamp(it: Introduction) -> str:
    """Tells one change from every other: what follows from it is planned under this name."""
    return f"{it.changed_at:%Y%m%dT%H%M%S%f}"


async def live(tx: Tx, item: Due) -> tuple[Introduction, PairPeople] | None:
    """What planned work is about, if it stands as it did then, in an active pair."""
    it = await intro.get(tx, item.subject)
    pair = await match.get(tx, it.pair_id) if it is not None else None
    if it is None or pair is None or pair.state is not PairState.ACTIVE:
        return None
    reader = await enrol.get(tx, item.recipient) if item.recipient else None
    gone = reader is not None and reader.deactivated
    stale = item.occurrence.partition(":")[0] != stamp(it)
    return None if gone or stale else (it, await people_of(tx, pair))


async def _plan_day(tx: Tx, it: Introduction, day: date, senior: Person) -> None:
    for moment, at in reminders(day, it.changed_at, senior.zone, days_off(senior.region)).items():
        await plan(tx, Job.INTRO_DUE, it.id, at, recipient=senior.id, occurrence=f"{stamp(it)}:{moment}")


async def _take_answer_back(tx: Tx, it: Introduction, what: Did, now: datetime) -> None:
    """What the senior wrote with the step that is taken back goes with it; whom they named before stays."""
    if what is Did.BETTER or (what is Did.DECLINED and not it.instead):
        await intro.drop_answer(tx, it.id)
    elif what is Did.DECLINED and it.answer is not None:
        await intro.save_answer(tx, it.pair_id, replace(it.answer, why_not=""), now)


async def _stop(tx: Tx, it: Introduction, why: str) -> bool:
    """What was planned is off; tells whether the other one had not been told of it yet."""
    for job in _AROUND:
        await unplan(tx, job, it.id, why)
    return await unplan(tx, Job.INTRO_TELL, it.id, why) > 0


def _later(it: Introduction, now: datetime) -> datetime:
    """Always later than the change before, for what follows from each is planned under its time."""
    return max(now, it.changed_at + timedelta(microseconds=1))
