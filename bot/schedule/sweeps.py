"""Everything that is due by now: claimed, done and marked in one transaction each, late or failing items recorded."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from bot.log import log
from bot.schedule.jobs import JOBS, Do, Jobs
from bot.services.kit import Kit
from storage import due
from storage.records.delivery import Due

MOST_ATTEMPTS = 8
_FIRST_RETRY = timedelta(seconds=30)
_LONGEST_RETRY = timedelta(hours=1)
_PATIENCE = 30.0


def pass_by(_name: str) -> None:
    """The checkpoint of a real sweep."""


async def run_due(kit: Kit, limit: int = 500, *, jobs: Jobs = JOBS, checkpoint: Callable[[str], None] = pass_by) -> int:
    """Do up to `limit` items that are due, earliest first; tells how many were dealt with.

    An item that raises is put off and finally set aside; it never keeps the others from being done. Several sweeps
    may run beside each other: whoever claims an item first does it.
    """
    async with kit.store.read("") as tx:
        items = await due.ready(tx, kit.clock(), limit)
    dealt = 0
    for item in items:
        dealt += await _deal(kit, item, jobs, checkpoint)
    if dealt:
        kit.wake()
    return dealt


async def _deal(kit: Kit, item: Due, jobs: Jobs, checkpoint: Callable[[str], None]) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE):
            claimed = await _do(kit, item, _use_case(item, jobs), checkpoint)
        checkpoint("due_committed")
        return claimed
    except Exception as problem:
        log.exception("due.raised", due=item.id, job=item.kind, team=item.team_id, attempts=item.attempts + 1)
        await _raised(kit, item, type(problem).__name__)
        return True


async def _do(kit: Kit, item: Due, do: Do | None, checkpoint: Callable[[str], None]) -> bool:
    now = kit.clock()
    async with kit.store.write(item.team_id) as tx:
        if not await due.claim(tx, item, now):
            return False
        checkpoint("due_claimed")
        if do is None:
            reason: str | None = "nobody does this kind of work"
        elif item.stale_at is not None and item.stale_at <= now:
            reason = "too late"
        else:
            reason = await do(kit, tx, item)
        if reason is not None:
            await due.skip(tx, item, reason)
            log.info("due.skipped", due=item.id, job=item.kind, team=item.team_id, reason=reason)
        checkpoint("due_done")
    return True


async def _raised(kit: Kit, item: Due, error: str) -> None:
    async with kit.store.write(item.team_id) as tx:
        if item.attempts + 1 >= MOST_ATTEMPTS:
            await due.set_aside(tx, item, f"raised {error} {item.attempts + 1} times")
        else:
            wait = min(_LONGEST_RETRY, _FIRST_RETRY * (1 << item.attempts))
            await due.put_off(tx, item, kit.clock() + wait, f"raised {error}")


def _use_case(item: Due, jobs: Jobs) -> Do | None:
    return next((do for job, do in jobs.items() if job == item.kind), None)
