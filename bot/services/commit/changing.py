"""Done, moved, dropped: each by the senior alone, and each undone for ten minutes."""

from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.commit import DUE_ON, Changed, What, ask_noticed_at, is_alive, may_undo, undone, wrong_day
from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, Refusals, TooLate
from bot.domain.when import UNDO, local_day
from bot.services import access
from bot.services.calendar import days_off
from bot.services.commit.making import plan_reminders, refresh_both, stamp
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import plan, post, unplan
from storage import commit, outbox
from storage.match import RUNNING
from storage.records.commit import Commitment, CommitmentState
from storage.store import Tx

_OPEN = CommitmentState.OPEN


async def done(kit: Kit, actor: Actor, commitment_id: str) -> Changed:
    """The senior says that it is done. Three days later the junior is asked, in private, whether she noticed."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        before, people = await own(tx, actor, commitment_id, now)
        after = await _change(tx, before, people, now, state=CommitmentState.DONE, done_at=now)
        await unplan(tx, Job.COMMITMENT_DUE, before.id, "done")
        junior = people.junior
        at = ask_noticed_at(now, junior.zone, days_off(junior.region))
        await plan(tx, Job.ASK_NOTICED, before.id, at, recipient=junior.id, occurrence=stamp(after))
        return Changed(after, What.DONE)


async def move(kit: Kit, actor: Actor, commitment_id: str, due_on: date | None) -> Changed:
    """Another day. Raises Refusals under the field when it is not ahead, or is the day it already has."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        before, people = await own(tx, actor, commitment_id, now)
        key = wrong_day(due_on, local_day(now, people.senior.zone))
        if key is None and due_on == before.due_on:
            key = "commit.refused.same_day"
        if key or due_on is None:
            raise Refusals([Refusal(key or "commit.refused.no_day", field=DUE_ON)])
        changes = {"due_on": due_on, "due_before": before.due_on, "moved": before.moved + 1}
        after = await _change(tx, before, people, now, **changes)
        await plan_reminders(tx, after, people.senior, now)
        return Changed(after, What.MOVED)


async def drop(kit: Kit, actor: Actor, commitment_id: str) -> Changed:
    """It will not happen; the junior sees that it was dropped."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        before, people = await own(tx, actor, commitment_id, now)
        after = await _change(tx, before, people, now, state=CommitmentState.DROPPED)
        await unplan(tx, Job.COMMITMENT_DUE, before.id, "dropped")
        return Changed(after, What.DROPPED)


async def undo(kit: Kit, actor: Actor, commitment_id: str, what: str) -> Changed | None:
    """Take the last change back; None when a commitment just made is forgotten. Raises Refusal when it is too late."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        before, people = await own(tx, actor, commitment_id, now, still_open=False)
        if what not in undone(before):
            raise Refusal("common.errors.already_done")
        if not may_undo(before, What(what), now):
            raise TooLate("commit.refused.too_late")
        await unplan(tx, Job.ASK_NOTICED, before.id, "undone")
        await outbox.cancel(tx, Kind.COMMITMENT_CHANGED, _key(before), "undone")
        if what == What.MADE:
            await _forget(tx, before, now)
            await refresh_both(tx, people, now)
            return None
        if what == What.DROPPED and may_undo(before, What.MADE, before.changed_at):
            key = _key(before)  # dropped before the pair space had heard of it: now it shall
            await post(tx, Kind.COMMITMENT_MADE, before.pair_id, key, now + UNDO, commitment=before.id)
        after = await _store(tx, before, now, **undone(before)[What(what)])
        await plan_reminders(tx, after, people.senior, now)
        await refresh_both(tx, people, now)
        return Changed(after, What.RESTORED)


async def own(
    tx: Tx, actor: Actor, commitment_id: str, now: datetime, *, still_open: bool = True
) -> tuple[Commitment, PairPeople]:
    """The actor's own commitment, in a pair that runs or was completed not long ago.

    Missing and somebody else's give the same answer; an ended pair has its own.
    """
    found = await commit.get(tx, commitment_id)
    if found is None:
        raise Refusal("common.errors.gone")
    pair, me, _ = await access.pair(tx, actor, found.pair_id)
    if found.owner_id != me.id:
        raise Refusal("common.errors.gone")
    if pair.state not in RUNNING and not is_alive(pair, now):
        raise Refusal("common.errors.pair_ended")
    if still_open and found.state is not _OPEN:
        raise Refusal("common.errors.already_done")
    return found, await people_of(tx, pair)


async def _change(tx: Tx, before: Commitment, people: PairPeople, now: datetime, **values: Any) -> Commitment:
    """Store a change, and let the pair space hear of it in ten minutes, as one message for several changes."""
    if "due_before" not in values and not may_undo(before, What.MOVED, now):
        values["due_before"] = None  # taking this back must not make an old move new again
    after = await _store(tx, before, now, **values)
    unheard = await outbox.cancel(tx, Kind.COMMITMENT_MADE, before.id, "changed") if _dropped(after) else False
    await outbox.cancel(tx, Kind.COMMITMENT_CHANGED, _key(before), "changed again")
    if not unheard:
        await post(
            tx, Kind.COMMITMENT_CHANGED, before.pair_id, _key(after), after.changed_at + UNDO,
            commitment=before.id,
        )  # fmt: skip
    await refresh_both(tx, people, now)
    return after


async def _store(tx: Tx, before: Commitment, now: datetime, **values: Any) -> Commitment:
    # Always later than the change before, for what follows from each is planned under its time.
    changed_at = max(now, before.changed_at + timedelta(microseconds=1))
    if not await commit.change(tx, before.id, before.state, changed_at=changed_at, **values):
        raise Refusal("common.errors.already_done")
    after = await commit.get(tx, before.id)
    assert after is not None
    return after


async def _forget(tx: Tx, made: Commitment, now: datetime) -> None:
    await unplan(tx, Job.COMMITMENT_DUE, made.id, "undone")
    await outbox.cancel(tx, Kind.COMMITMENT_MADE, made.id, "undone")
    await commit.reopen_proposal(tx, made.id, now)
    await commit.remove(tx, made.id)


def _dropped(commitment: Commitment) -> bool:
    return commitment.state is CommitmentState.DROPPED


def _key(commitment: Commitment) -> str:
    return f"{commitment.id}:{stamp(commitment)}"
