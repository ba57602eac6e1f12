"""Saving what a dry run showed, exactly that; and taking it back for ten minutes."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain.jobs import Job
from bot.domain.match import off_line
from bot.domain.refusals import Refusal
from bot.domain.roster import UNDO_MINUTES, Changes, Checked, Counts, Field, Known, Result, Saved, changes
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match.people import people_of_all
from bot.services.post import plan, unplan
from bot.services.roster.checks import known_of
from bot.services.roster.drafts import ask_for_check, mine
from bot.services.roster.stored import Before, before_of, result_of, written_before
from storage import enrol, match, programme, roster
from storage.records.roster import Draft, DraftState, Listed, Part
from storage.store import Tx

UNDO = timedelta(minutes=UNDO_MINUTES)


async def save(kit: Kit, actor: Actor, draft_id: str, view_id: str) -> Saved | Checked:
    """Write what the dry run showed. Where that is not what saving would do any more, check again instead.

    Raises Refusal where the list is gone, or was not checked.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await programme.hold(tx)
        draft = await mine(tx, actor, draft_id)
        result = await result_of(tx, draft)
        if result is None:
            raise Refusal("roster.refused.unchecked")
        known = await known_of(tx)
        made, before = await asyncio.to_thread(_compared, result, known)
        if made.mark != result.mark:
            columns = {Field(name): n for name, n in draft.columns.items()}
            await ask_for_check(tx, kit, actor, draft, columns, view_id)
            return Checked(draft.id, reason="changed")
        await write(tx, made, actor.user_id, now)
        await _remember(tx, draft, before, now)
        return Saved(draft.id, result.counts, len(made.lines), await _forbidden(tx))


async def write(tx: Tx, made: Changes, actor: str, now: datetime) -> None:
    """Everybody on the list, whom they report to, and a line in the audit log: counts only."""
    await roster.save(tx, made.people, now)
    await roster.set_lines(tx, made.lines)
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


async def undo(kit: Kit, actor: Actor, draft_id: str) -> Counts:
    """Take a saving back, for ten minutes: whatever has not been changed since is as it was before."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await programme.hold(tx)
        await access.coordinator(tx, actor)
        draft = await roster.draft(tx, draft_id)
        me = await enrol.find(tx, actor.user_id)
        if draft is None or me is None or draft.person_id != me.id or draft.state is not DraftState.SAVED:
            raise Refusal("roster.refused.undo_gone")
        before = await before_of(tx, draft)
        if before is None or draft.saved_at is None or now - draft.saved_at > UNDO:
            raise Refusal("roster.refused.undo_late")
        counts = await _restore(tx, before, draft.saved_at)
        await roster.forget(tx, draft.id, *Part)
        await roster.set_draft(tx, draft.id, state=DraftState.UNDONE)
        await programme.note(tx, actor.user_id, "roster.undone", tx.team, now)
        kit.store.scrub_after()
        return counts


async def _remember(tx: Tx, draft: Draft, before: str, now: datetime) -> None:
    """Only what was replaced is kept, and only while it can be taken back."""
    await roster.forget(tx, draft.id, Part.TEXT, Part.RESULT)
    await roster.keep(tx, draft, Part.BEFORE, before, now)
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
    """Open pairs that the lines now keep apart: they are people's to talk about, so nothing happens to them."""
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
