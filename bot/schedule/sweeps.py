"""Everything that is due by now: claimed, done and marked in one transaction, late or failing items recorded."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import groupby

from bot.log import log
from bot.schedule.jobs import JOBS, Do, Jobs
from bot.services.kit import Kit
from storage import due
from storage.records.delivery import Due
from storage.store import Tx

MOST_ATTEMPTS = 8
_FIRST_RETRY = timedelta(seconds=30)
_LONGEST_RETRY = timedelta(hours=1)
_PATIENCE = 30.0
_TOGETHER = 20
"""Items in one transaction: few, for whoever clicks meanwhile waits for it."""


class _Raised(Exception):
    """An item's use case raised."""

    def __init__(self, item: Due, problem: Exception) -> None:
        super().__init__(item.id)
        self.item = item
        self.problem = problem


def pass_by(_name: str) -> None:
    """The checkpoint of a real sweep."""


async def run_due(kit: Kit, limit: int = 500, *, jobs: Jobs = JOBS, checkpoint: Callable[[str], None] = pass_by) -> int:
    """Do up to `limit` items that are due, earliest first; tells how many were dealt with.

    An item that raises is put off and finally set aside; it never keeps the others from being done. Several sweeps
    may run beside each other: whoever claims an item first does it.
    """
    async with kit.store.read(kit.team) as tx:
        items = await due.ready(tx, kit.clock(), limit)
    dealt = 0
    for batch in _batches(items):
        dealt += await _deal(kit, batch, jobs, checkpoint)
    return dealt


def _batches(items: list[Due]) -> Iterator[list[Due]]:
    """What is done in one transaction: a few items of one workspace, in their order."""
    for _, same in groupby(items, key=lambda item: item.team_id):
        left = list(same)
        for start in range(0, len(left), _TOGETHER):
            yield left[start : start + _TOGETHER]


async def _deal(kit: Kit, batch: list[Due], jobs: Jobs, checkpoint: Callable[[str], None]) -> int:
    """Where one of them raises, nothing of the batch has happened: all but that one are done again, in their order."""
    if not batch:
        return 0
    try:
        dealt = await _together(kit, batch, jobs, checkpoint)
        checkpoint("due_committed")
        return dealt
    except _Raised as raised:
        item, problem = raised.item, raised.problem
    except Exception as unforeseen:  # the transaction's own trouble: whose it is shows when each has one of its own
        if len(batch) > 1:
            return sum([await _deal(kit, [one], jobs, checkpoint) for one in batch])
        item, problem = batch[0], unforeseen
    place = batch.index(item)
    before = await _deal(kit, batch[:place], jobs, checkpoint)
    await _put_off(kit, item, problem)
    return before + 1 + await _deal(kit, batch[place + 1 :], jobs, checkpoint)


async def _together(kit: Kit, batch: list[Due], jobs: Jobs, checkpoint: Callable[[str], None]) -> int:
    dealt = 0
    async with kit.store.write(batch[0].team_id) as tx:
        for item in batch:
            try:
                async with asyncio.timeout(_PATIENCE):
                    dealt += await _do(kit, tx, item, _use_case(item, jobs), checkpoint)
            except Exception as problem:
                raise _Raised(item, problem) from problem
    return dealt


async def _do(kit: Kit, tx: Tx, item: Due, do: Do | None, checkpoint: Callable[[str], None]) -> bool:
    now = kit.clock()
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


async def _put_off(kit: Kit, item: Due, problem: Exception) -> None:
    error = type(problem).__name__
    log.error("due.raised", due=item.id, job=item.kind, team=item.team_id, attempts=item.attempts + 1, exc_info=problem)
    async with kit.store.write(item.team_id) as tx:
        if item.attempts + 1 >= MOST_ATTEMPTS:
            await due.set_aside(tx, item, f"raised {error} {item.attempts + 1} times")
        else:
            wait = min(_LONGEST_RETRY, _FIRST_RETRY * (1 << item.attempts))
            await due.put_off(tx, item, kit.clock() + wait, f"raised {error}")


def _use_case(item: Due, jobs: Jobs) -> Do | None:
    return next((do for job, do in jobs.items() if job == item.kind), None)
