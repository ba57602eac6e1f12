"""Saving what a dry run showed, exactly that; and taking it back for ten minutes."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from bot.domain.jobs import Job
from bot.domain.match import off_line
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, TooLate
from bot.domain.roster import (
    Broken,
    Busy,
    Changes,
    Checked,
    Counts,
    Known,
    Result,
    Saved,
    Standing,
    Undone,
    changes,
)
from bot.domain.when import UNDO
from bot.services.kit import Actor, Kit
from bot.services.match.people import people_of_all, plan_look_at_lines
from bot.services.post import plan, post, unplan
from bot.services.roster.checks import known_of
from bot.services.roster.drafts import AFTER_ACK, KEPT, ask_for_check, columns_of
from bot.services.roster.standing import own, standing_of
from bot.services.roster.stored import Before, before_of, result_of, written_before, written_done
from storage import enrol, match, programme, roster
from storage.ids import new_id
from storage.records.roster import Draft, DraftState, Listed, Part
from storage.store import Tx

AT_ONCE = 4
"""Pieces of a list, each 16,000 characters, that are written while its coordinator waits: some two hundred people."""


async def save(kit: Kit, actor: Actor, draft_id: str, view_id: str) -> Standing:
    """Write what the dry run showed. Where that is not what saving would do any more, check again instead.

    A long list is saved by the courier, and the window `view_id` shows what came of it. Raises Refusal where the list
    is gone, or was not checked.
    """
    async with kit.store.write(actor.team_id) as tx:
        await programme.hold(tx)
        draft = await own(tx, actor, draft_id)
        if draft.state is DraftState.SAVING:
            return Busy(draft.id)
        if draft.state is not DraftState.CHECKED:
            saved = draft.state in (DraftState.SAVED, DraftState.UNDOING, DraftState.UNDONE)
            raise Refusal("roster.refused.gone" if saved else "roster.refused.unchecked")
        await roster.set_draft(tx, draft.id, view_id=view_id)
        if await roster.pieces(tx, draft.id, Part.RESULT) > AT_ONCE:
            return await _queue(tx, kit, actor, draft, DraftState.SAVING)
        return await _save(kit, tx, draft)


async def undo(kit: Kit, actor: Actor, draft_id: str, view_id: str = "") -> Standing:
    """Take a saving back, for ten minutes: whatever has not been changed since is as it was before. As `save` does."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await programme.hold(tx)
        draft = await own(tx, actor, draft_id)
        if draft.state is DraftState.UNDOING:
            return Busy(draft.id, undoing=True)
        if draft.state is not DraftState.SAVED:
            raise Refusal("roster.refused.undo_gone")
        if draft.saved_at is None or now - draft.saved_at > UNDO:
            raise TooLate("roster.refused.undo_late")
        await roster.set_draft(tx, draft.id, view_id=view_id)
        if await roster.pieces(tx, draft.id, Part.BEFORE) > AT_ONCE:
            return await _queue(tx, kit, actor, draft, DraftState.UNDOING)
        return await _take_back(kit, tx, draft)


async def retry(kit: Kit, actor: Actor, draft_id: str, view_id: str) -> Standing:
    """Once more what broke. Raises Refusal where nothing did, or the list is gone."""
    async with kit.store.write(actor.team_id) as tx:
        draft = await own(tx, actor, draft_id)
        broke = await standing_of(tx, draft)
        if not isinstance(broke, Broken):
            return broke
        await roster.set_draft(tx, draft.id, view_id=view_id)
        if broke.work == DraftState.CHECKING:
            await ask_for_check(tx, kit, actor, draft, columns_of(draft), view_id)
            return Checked(draft.id)
        return await _queue(tx, kit, actor, draft, DraftState(broke.work))


async def work(kit: Kit, team: str, draft_id: str) -> None:
    """What `save` and `undo` left to the courier. Doing it twice changes nothing: the state goes with the facts."""
    async with kit.store.write(team) as tx:
        await programme.hold(tx)
        draft = await roster.draft(tx, draft_id)
        if draft is not None and draft.state is DraftState.SAVING:
            await _save(kit, tx, draft)
        elif draft is not None and draft.state is DraftState.UNDOING:
            await _take_back(kit, tx, draft)


async def _queue(tx: Tx, kit: Kit, actor: Actor, draft: Draft, state: DraftState) -> Busy:
    """The list stays until it has been worked on, also where it would have been forgotten meanwhile."""
    now = kit.clock()
    await roster.set_draft(tx, draft.id, state=state, reason="")
    await unplan(tx, Job.ROSTER_FORGET, draft.id, "it is being worked on")
    await plan(tx, Job.ROSTER_FORGET, draft.id, now + KEPT, occurrence=f"{state}:{now.isoformat()}")
    await post(tx, Kind.ROSTER_SAVE, actor.user_id, new_id(), now + AFTER_ACK, draft=draft.id)
    return Busy(draft.id, undoing=state is DraftState.UNDOING)


async def _save(kit: Kit, tx: Tx, draft: Draft) -> Saved | Checked:
    now, who = kit.clock(), await _owner(tx, draft)
    result = await result_of(tx, draft)
    if result is None:
        raise Refusal("roster.refused.gone")
    known = await known_of(tx)
    made, before = await asyncio.to_thread(_compared, result, known)
    if made.mark != result.mark:
        now_open = await roster.draft(tx, draft.id) or draft
        actor = Actor(tx.team, who)
        await ask_for_check(tx, kit, actor, draft, columns_of(draft), now_open.view_id, reason="changed")
        return Checked(draft.id, reason="changed")
    await write(tx, made, who, now)
    done = Saved(draft.id, result.counts, len(made.lines), await _forbidden(tx))
    await _remember(tx, draft, before, done, now)
    return done


async def _owner(tx: Tx, draft: Draft) -> str:
    """The Slack id of whoever handed it in."""
    person = await enrol.get(tx, draft.person_id)
    return person.user_id if person else ""


async def write(tx: Tx, made: Changes, actor: str, now: datetime) -> None:
    """Everybody on the list, whom they report to, and a line in the audit log: counts only."""
    await roster.save(tx, made.people, now)
    await roster.set_lines(tx, made.lines)
    await plan_look_at_lines(tx, now)
    tally = f"new={made.new} changed={made.changed}"
    await programme.note(tx, actor, "roster.imported", tx.team, now, tally)


def replaced(made: Changes, people: Mapping[str, Listed], lines: Mapping[str, str]) -> Before:
    """What was there before, of what becomes different."""
    touched = {one.user_id: people.get(one.user_id) for one in made.people if people.get(one.user_id) != one}
    return Before(touched, {user: (lines.get(user), manager) for user, manager in made.lines.items()})


def _compared(result: Result, known: Known) -> tuple[Changes, str]:
    """What saving does now, and what it replaces, written down."""
    made = changes(result.people, known.people, known.lines)
    return made, written_before(replaced(made, known.people, known.lines))


async def _take_back(kit: Kit, tx: Tx, draft: Draft) -> Undone:
    before = await before_of(tx, draft)
    if before is None or draft.saved_at is None:
        raise TooLate("roster.refused.undo_late")
    done = Undone(draft.id, await _restore(tx, before, draft.saved_at))
    now = kit.clock()
    await roster.forget(tx, draft.id, *Part)
    await roster.keep(tx, draft, Part.DONE, written_done(done), now)
    await roster.set_draft(tx, draft.id, state=DraftState.UNDONE)
    await programme.note(tx, await _owner(tx, draft), "roster.undone", tx.team, now)
    kit.store.scrub_after()
    return done


async def _remember(tx: Tx, draft: Draft, before: str, done: Saved, now: datetime) -> None:
    """Only what was replaced is kept, and only while it can be taken back."""
    await roster.forget(tx, draft.id, Part.TEXT, Part.RESULT)
    await roster.keep(tx, draft, Part.BEFORE, before, now)
    await roster.keep(tx, draft, Part.DONE, written_done(done), now)
    await roster.set_draft(tx, draft.id, state=DraftState.SAVED, saved_at=now)
    await unplan(tx, Job.ROSTER_FORGET, draft.id, "it was saved")
    await plan(tx, Job.ROSTER_FORGET, draft.id, now + UNDO, occurrence="saved")


async def _restore(tx: Tx, before: Before, saved_at: datetime) -> Counts:
    people, lines = await roster.everybody(tx), await enrol.lines(tx)
    ours = {user for user in before.people if user in people and people[user].at == saved_at}
    back = [one for user in ours if (one := before.people[user]) is not None]
    await roster.save(tx, back)
    await roster.drop(tx, ours - {one.user_id for one in back})
    still = {user: then for user, (then, given) in before.lines.items() if lines.get(user) == given}
    await roster.set_lines(tx, {user: then for user, then in still.items() if then is not None})
    await roster.drop_lines(tx, [user for user, then in still.items() if then is None])
    return Counts(new=len(ours) - len(back), changed=len(back))


async def _forbidden(tx: Tx) -> tuple[tuple[str, str], ...]:
    """Open pairs that the lines now keep apart: both of each are asked, ten minutes later."""
    lines = await enrol.lines(tx)
    pairs = await people_of_all(tx, await match.all_open(tx))
    couples = ((p.junior.user_id, p.senior.user_id) for p in pairs)
    return tuple(couple for couple in couples if off_line(*couple, lines))


async def save_unasked(kit: Kit, team: str, result: Result, actor: str) -> Saved | None:
    """For the command line: write what its dry run showed. None where saving would do something else by now."""
    now = kit.clock()
    async with kit.store.write(team) as tx:
        await programme.hold(tx)
        known = await known_of(tx)
        made = changes(result.people, known.people, known.lines)
        if made.mark != result.mark:
            return None
        await write(tx, made, actor, now)
        return Saved("", result.counts, len(made.lines), await _forbidden(tx))
