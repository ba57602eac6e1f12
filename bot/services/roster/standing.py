"""Where a list stands, and who is shown it: the window that waits, or a message where it was closed."""

from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.roster import Broken, Busy, Checked, Saved, Standing, Undone, Window
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.post import post
from bot.services.roster.stored import done_of, result_of
from prompts import Words
from storage import enrol, roster
from storage.records.delivery import Letter
from storage.records.roster import Draft, DraftState
from storage.store import Tx

UNDER_WAY = (DraftState.CHECKING, DraftState.SAVING, DraftState.UNDOING)


async def look(kit: Kit, actor: Actor, draft_id: str, page: int = 0) -> Standing:
    """Where the actor's list stands. Raises Refusal where it is gone."""
    async with kit.store.read(actor.team_id) as tx:
        return await standing_of(tx, await own(tx, actor, draft_id), page)


async def own(tx: Tx, actor: Actor, draft_id: str) -> Draft:
    """The actor's own list. Raises Refusal; missing and somebody else's give the same answer."""
    await access.coordinator(tx, actor)
    draft, me = await roster.draft(tx, draft_id), await enrol.find(tx, actor.user_id)
    if draft is None or me is None or draft.person_id != me.id:
        raise Refusal("roster.refused.gone")
    return draft


async def standing_of(tx: Tx, draft: Draft, page: int = 0) -> Standing:
    """What its window shows. Raises Refusal where what was done is forgotten."""
    match draft.state:
        case DraftState.SAVING | DraftState.UNDOING:
            return Busy(draft.id, undoing=draft.state is DraftState.UNDOING)
        case DraftState.SAVED | DraftState.UNDONE:
            return await _done(tx, draft)
        case DraftState.BROKEN:
            work, _, reference = draft.reason.partition(" ")
            return Broken(draft.id, work, reference)
        case _:
            return Checked(draft.id, await result_of(tx, draft), reason=draft.reason, page=page)


async def _done(tx: Tx, draft: Draft) -> Saved | Undone:
    done = await done_of(tx, draft)
    if done is None:
        raise Refusal("roster.refused.gone")
    return done


async def words_for(kit: Kit, team: str, draft: Draft) -> Words:
    """The words of whoever handed the list in."""
    async with kit.store.read(team) as tx:
        person = await enrol.get(tx, draft.person_id)
    return kit.words(person.locale if person else None)


async def broken(kit: Kit, team: str, draft_id: str, reference: str) -> None:
    """What nobody foresaw ends the work: the window says so, with the number that stands in the log."""
    async with kit.store.write(team) as tx:
        draft = await roster.draft(tx, draft_id)
        if draft is not None and draft.state in UNDER_WAY:
            await roster.set_draft(tx, draft.id, state=DraftState.BROKEN, reason=f"{draft.state} {reference}")


async def over(kit: Kit, team: str, draft_id: str) -> tuple[Draft, Standing] | None:
    """A list whose work is over, and what is to be shown of it; None while there is more to come, or it is gone."""
    async with kit.store.read(team) as tx:
        draft = await roster.draft(tx, draft_id)
        shown = None if draft is None or draft.state in UNDER_WAY else await _shown(tx, draft)
        return (draft, shown) if draft is not None and shown is not None else None


async def closed(kit: Kit, team: str, draft: Draft, key: str) -> None:
    """The window is not open any more: whoever handed the list in gets a message, once for each `key`."""
    now = kit.clock()
    async with kit.store.write(team) as tx:
        person = await enrol.get(tx, draft.person_id)
        if person is not None:
            await roster.set_draft(tx, draft.id, view_id="")
            await post(tx, Kind.ROSTER_CHECKED, person.user_id, f"{draft.id}:{key}", now, draft=draft.id)


async def load(kit: Kit, tx: Tx, letter: Letter) -> Standing | None:
    """What the message in the window's place is drawn from; None while there is more to come, or it is gone."""
    draft = await roster.draft(tx, letter.params["draft"])
    return None if draft is None or draft.state in UNDER_WAY else await _shown(tx, draft)


async def load_window(kit: Kit, tx: Tx, letter: Letter) -> Window | None:
    """What the waiting window is drawn from, where there is one."""
    draft = await roster.draft(tx, letter.params["draft"])
    shown = await _shown(tx, draft) if draft is not None and draft.view_id else None
    return Window(draft.view_id, shown) if draft is not None and shown is not None else None


async def _shown(tx: Tx, draft: Draft) -> Standing | None:
    """Nothing where its columns are being chosen, or what was done is forgotten."""
    if draft.state is DraftState.GIVEN:
        return None
    try:
        return await standing_of(tx, draft)
    except Refusal:
        return None
