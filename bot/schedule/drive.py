"""Moving time: steps a movable clock through every moment at which something is due, and lets it be done."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.schedule.sweeps import run_due
from bot.services.kit import Kit
from storage import due, outbox

SetNow = Callable[[datetime], None]
Drain = Callable[[], Awaitable[int]]
Between = Callable[[], Awaitable[int]]

_STEP = timedelta(seconds=1)
_ROUNDS = 1000


async def run_until(kit: Kit, set_now: SetNow, until: datetime, drain: Drain) -> None:
    """Do all that is due up to `until`, in order, each at its own moment; then it is `until`.

    `drain` sends what is in the outbox (`Courier.send_due`) and tells how much that was. What pacing holds back is
    retried a second later, so that a step never stands still.
    """
    await settle(kit, drain)
    while (moment := await next_moment(kit)) is not None and moment <= until:
        set_now(max(moment, min(kit.clock() + _STEP, until)))
        await settle(kit, drain)
        if kit.clock() >= until:
            break
    if kit.clock() < until:
        set_now(until)
    await settle(kit, drain)


async def settle(kit: Kit, drain: Drain) -> None:
    """Do and send what is due now, until that makes nothing more due. Raises RuntimeError if it never ends."""
    for _ in range(_ROUNDS):
        done = await run_due(kit)
        sent = await drain()
        if not done and not sent:
            return
    raise RuntimeError("work keeps making more work that is due at once")


async def next_moment(kit: Kit) -> datetime | None:
    """When the next letter or work of any workspace is due; None when nothing is planned."""
    async with kit.store.read("") as tx:
        moments = [await due.next_at(tx), await outbox.next_at(tx)]
    return min((moment for moment in moments if moment is not None), default=None)
