"""The dry run of a stored list, off the event loop: a long list keeps nobody else waiting."""

import asyncio
from collections.abc import Iterable

from bot.domain.roster import Account, Columns, Directory, Known, Result, Sheet, check
from bot.domain.roster.checking import Progress
from bot.services.kit import Kit
from bot.services.roster.drafts import columns_of, sheet_of
from bot.services.roster.standing import words_for
from bot.services.roster.stored import written
from bot.services.roster.words import vocabulary
from prompts import Words
from storage import enrol, roster
from storage.records.roster import Draft, DraftState, Part
from storage.store import Tx


async def waiting(kit: Kit, team: str, draft_id: str) -> Draft | None:
    """The list, if it still waits for its check."""
    async with kit.store.read(team) as tx:
        draft = await roster.draft(tx, draft_id)
    return draft if draft is not None and draft.state is DraftState.CHECKING else None


async def run(kit: Kit, team: str, draft: Draft, accounts: Iterable[Account]) -> None:
    """Check the list and keep what came out; doing it twice finds the same."""
    words = await words_for(kit, team, draft)
    async with kit.store.read(team) as tx:
        sheet = await sheet_of(tx, draft)
        known = await known_of(tx)
    result = await dry_run(sheet, columns_of(draft), accounts, words, known)
    kept = await asyncio.to_thread(written, result)
    now = kit.clock()
    async with kit.store.write(team) as tx:
        if await still_checking(tx, draft):
            await roster.keep(tx, draft, Part.RESULT, kept, now)
            await roster.set_draft(tx, draft.id, state=DraftState.CHECKED, reason="")


async def dry_run(
    sheet: Sheet,
    columns: Columns,
    accounts: Iterable[Account],
    words: Words,
    known: Known,
    progress: Progress = lambda _done, _of: None,
) -> Result:
    """The check itself, in a thread."""

    def work() -> Result:
        return check(sheet, columns, Directory(accounts), vocabulary(words), known, progress)

    return await asyncio.to_thread(work)


async def known_of(tx: Tx) -> Known:
    """What is stored before a list comes in."""
    return Known(await roster.everybody(tx), await enrol.lines(tx))


async def still_checking(tx: Tx, draft: Draft) -> bool:
    now = await roster.draft(tx, draft.id)
    return now is not None and now.state is DraftState.CHECKING


async def failed(kit: Kit, team: str, draft: Draft, reason: str) -> None:
    """Slack's directory cannot be read: the window says so, and why."""
    async with kit.store.write(team) as tx:
        if await still_checking(tx, draft):
            await roster.set_draft(tx, draft.id, state=DraftState.FAILED, reason=reason[:80])
