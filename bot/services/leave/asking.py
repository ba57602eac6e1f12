"""Somebody asks to leave; for ten minutes nothing has happened yet."""

from bot.domain.jobs import Job
from bot.domain.leave import ALL, NOTE_LENGTH, Asked, LeaveForm, may_undo
from bot.domain.refusals import Refusal, TooLate
from bot.domain.when import UNDO
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import plan, refresh_home, unplan
from storage import leave, match
from storage.ids import new_id
from storage.records.enrol import Person
from storage.records.leave import LeaveReason, LeaveState, Leaving
from storage.records.match import Pair
from storage.store import Tx


async def form(kit: Kit, actor: Actor) -> LeaveForm:
    """What there is to leave. Raises Refusal for somebody who takes no part."""
    async with kit.store.read(actor.team_id) as tx:
        me = await access.person(tx, actor)
        return LeaveForm(me, tuple([await people_of(tx, pair) for pair in await match.running_of(tx, me.id)]))


async def ask(kit: Kit, actor: Actor, what: str, *, reason: LeaveReason | None, note: str) -> Asked:
    """End a pair (its id) or leave the programme (`ALL`), in ten minutes; asking twice is once, with
    the newer reason and note.

    Raises Refusal for pairs that are not the actor's or have ended, and for a note that is too long.
    """
    now = kit.clock()
    if len(note) > NOTE_LENGTH:
        raise Refusal("common.errors.too_long", field="leave.note", length=len(note), limit=NOTE_LENGTH)
    async with kit.store.write(actor.team_id) as tx:
        me = await access.person(tx, actor)
        pair_id = None if what == ALL else (await _running(tx, actor, what)).id
        known = [one for one in await leave.asked_by(tx, me.id) if one.pair_id in (pair_id, None)]
        if known:
            await leave.reword(tx, known[0], reason, note or None, now)
            return await _asked(tx, known[0], me)
        made = Leaving(new_id(), tx.team, me.id, pair_id, reason, note or None, LeaveState.ASKED, now)
        await leave.add(tx, made)
        await plan(tx, Job.LEAVE, made.id, now + UNDO, recipient=me.id)
        await refresh_home(tx, me.user_id, now)
        return await _asked(tx, made, me)


async def undo(kit: Kit, actor: Actor, leaving_id: str) -> Asked:
    """Stay after all. Raises Refusal when ten minutes have passed, or the pair has ended by itself.

    Missing and somebody else's give the same answer.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        me = await access.person(tx, actor)
        found = await leave.get(tx, leaving_id)
        if found is None or found.person_id != me.id:
            raise Refusal("common.errors.gone")
        if found.pair_id is not None and may_undo(found, now):
            await _running(tx, actor, found.pair_id)  # it may have ended without this
        if not may_undo(found, now) or not await leave.move(tx, found.id, LeaveState.ASKED, LeaveState.UNDONE):
            raise TooLate("leave.refused.too_late")
        await unplan(tx, Job.LEAVE, found.id, "undone")
        await refresh_home(tx, me.user_id, now)
        return await _asked(tx, found, me)


async def pending(tx: Tx, me: Person) -> tuple[Asked, ...]:
    """What somebody has asked for and can still take back."""
    return tuple([await _asked(tx, one, me) for one in await leave.asked_by(tx, me.id)])


async def _running(tx: Tx, actor: Actor, pair_id: str) -> Pair:
    pair, _, _ = await access.pair(tx, actor, pair_id)
    if pair.state not in match.RUNNING:
        raise Refusal("common.errors.pair_ended")
    return pair


async def _asked(tx: Tx, leaving: Leaving, me: Person) -> Asked:
    pair = await match.get(tx, leaving.pair_id) if leaving.pair_id else None
    return Asked(leaving, (await people_of(tx, pair)).other(me.id) if pair else None)
