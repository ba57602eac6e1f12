"""Who is on the organisation's list and never took part does not stay there for ever."""

from datetime import datetime

from bot.domain.match import chain
from storage import enrol, roster
from storage.store import Tx


async def forget_old(tx: Tx, before: datetime) -> int:
    """Drop people, with their lines, whom no list has named since a moment and who have no place in a cohort.

    Whoever stands above somebody with a place stays while that place does, or the reporting lines would break.
    """
    old = await roster.old(tx, before)
    if not old:
        return 0
    lines = await enrol.lines(tx)
    needed = {above for user in await roster.placed(tx) for above in chain(user, lines)}
    gone = [user for user in old if user not in needed]
    await roster.drop(tx, gone)
    await roster.drop_lines(tx, gone)
    return len(gone)
