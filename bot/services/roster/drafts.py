"""A list on its way in: handed in, its columns chosen, looked at again. Only whoever handed it in sees it."""

import asyncio
import json
from datetime import timedelta

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.roster import Checked, Choosing, Columns, Desk, Field, Sheet, checked, guess, read
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.post import plan, post
from bot.services.roster.standing import own
from bot.services.roster.words import headers
from storage import enrol, roster
from storage.ids import new_id
from storage.records.delivery import Due
from storage.records.roster import Draft, DraftState, Part
from storage.store import Tx

KEPT = timedelta(days=1)
"""How long a list waits to be saved."""
_SAMPLES = 3
_TAKEN_IN = (DraftState.SAVING, DraftState.SAVED, DraftState.UNDOING, DraftState.UNDONE)
AFTER_ACK = timedelta(seconds=1)
"""The answer to the click changes the window, too: what the work draws must come after it."""


async def desk(kit: Kit, actor: Actor, *, files: bool) -> Desk:
    """For coordinators: the window for a list. Raises Refusal for anybody else."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        me = await enrol.find(tx, actor.user_id)
        waiting = await roster.waiting(tx, me.id) if me else None
        return Desk(files, waiting.id if waiting else "")


async def hand_in(kit: Kit, actor: Actor, text: str, *, guessed: bool = False) -> Choosing:
    """Keep a list, sealed, and guess its columns. Raises Refusal under `list` for what cannot be read."""
    try:
        sheet = await asyncio.to_thread(read, text, guessed=guessed)
    except Refusal as refused:
        raise Refusal(refused.key, field="list", **refused.params) from None
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        me = await enrol.find(tx, actor.user_id) or await enrol.meet_person(
            tx, actor.user_id, name="", zone="UTC", locale="", enterprise_id=actor.enterprise_id
        )
        draft = Draft(new_id(), tx.team, me.id, DraftState.GIVEN, now, {})
        await roster.add_draft(tx, draft)
        await roster.keep(tx, draft, Part.TEXT, json.dumps({"guessed": guessed, "text": text}), now)
        await plan(tx, Job.ROSTER_FORGET, draft.id, now + KEPT, occurrence="kept")
    return _choosing(kit, draft, sheet)


async def choosing(kit: Kit, actor: Actor, draft_id: str) -> Choosing:
    """The columns once more, as they were chosen. Raises Refusal where the list is gone."""
    async with kit.store.read(actor.team_id) as tx:
        draft = await mine(tx, actor, draft_id)
        return _choosing(kit, draft, await sheet_of(tx, draft))


async def choose(kit: Kit, actor: Actor, draft_id: str, columns: Columns, view_id: str) -> Checked:
    """Have the list checked with these columns; the window `view_id` will show what came out.

    Raises Refusal under a field that cannot be read like this.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        draft = await mine(tx, actor, draft_id)
        sheet = await sheet_of(tx, draft)
        await ask_for_check(tx, kit, actor, draft, checked(columns, len(sheet.headers)), view_id)
        await roster.forget(tx, draft.id, Part.RESULT)
        await plan(tx, Job.ROSTER_FORGET, draft.id, now + KEPT, occurrence=f"kept:{now.isoformat()}")
    return Checked(draft_id)


def columns_of(draft: Draft) -> Columns:
    """The columns as they were chosen."""
    return {Field(name): n for name, n in draft.columns.items()}


async def ask_for_check(
    tx: Tx, kit: Kit, actor: Actor, draft: Draft, columns: Columns, view_id: str, *, reason: str = ""
) -> None:
    """Queue the check; it reads Slack's directory, so the courier does it."""
    stored = {one.value: n for one, n in columns.items()}
    values = {"state": DraftState.CHECKING, "columns": stored, "view_id": view_id, "reason": reason}
    await roster.set_draft(tx, draft.id, **values)
    at = kit.clock() + AFTER_ACK
    await post(tx, Kind.ROSTER_CHECK, actor.user_id, new_id(), at, draft=draft.id)


async def mine(tx: Tx, actor: Actor, draft_id: str) -> Draft:
    """The actor's own list that is not saved yet. Missing, saved and somebody else's give the same answer."""
    draft = await own(tx, actor, draft_id)
    if draft.state in _TAKEN_IN:
        raise Refusal("roster.refused.gone")
    return draft


async def sheet_of(tx: Tx, draft: Draft) -> Sheet:
    """The list as it was handed in, read again. Raises Refusal where it cannot be opened any more."""
    kept = await roster.kept(tx, draft, Part.TEXT)
    if not kept:
        raise Refusal("roster.refused.gone")
    told = json.loads(kept)
    return await asyncio.to_thread(read, told["text"], guessed=told["guessed"])


async def do_forget(kit: Kit, tx: Tx, due: Due) -> str | None:
    """A list that nobody saved, or what could be taken back: gone."""
    draft = await roster.draft(tx, due.subject)
    if draft is None:
        return "it is gone"
    await roster.drop_draft(tx, draft.id)
    kit.store.scrub_after()
    return None


def _choosing(kit: Kit, draft: Draft, sheet: Sheet) -> Choosing:
    columns = columns_of(draft) or guess(sheet.headers, headers(kit.words(None)))
    samples = tuple(_sample([row.cells[n] for row in sheet.rows]) for n in range(len(sheet.headers)))
    return Choosing(draft.id, sheet.headers, samples, len(sheet.rows), columns, sheet.guessed)


def _sample(cells: list[str]) -> str:
    """The first different cells of a column, so that it can be recognised."""
    filled = dict.fromkeys(cell[:30] for cell in cells[:200] if cell)
    return ", ".join(list(filled)[:_SAMPLES])
