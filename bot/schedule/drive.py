"""Moving time: steps a movable clock through every moment at which something is due, and lets it be done."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.schedule.sweeps import run_due
from bot.services.kit import Kit
from storage import due, outbox

SetNow = Callable[[datetime], None]
Drain = Callable[[], Awaitable[int]]

_STEP = timedelta(seconds=1)
_ROUNDS = 1000


async def run_until(kit: Kit, set_now: SetNow, until: datetime, drain: Drain) -> None:
    """Do all that is due up to `until`, in order, each at its own moment; then it is `until`.

    `drain` sends what is in the outbox (`Courier.send_due`) and tells how much that was. What pacing holds back is
    tried again a second later, then after two, four and so on, and at every moment at which something else is due.
    """
    step = _STEP
    await settle(kit, drain)
    while (now := kit.clock()) < until:
        moment = await next_moment(kit)
        if moment is not None and moment <= now:
            moment = min(await next_moment(kit, after=now) or until, now + step)
        set_now(min(moment or until, until))
        step = _STEP if await settle(kit, drain) else step * 2


async def settle(kit: Kit, drain: Drain) -> int:
    """Do and send what is due now, until that makes nothing more due; tells how much it was.

    Raises RuntimeError if it never ends.
    """
    total = await run_due(kit)
    for _ in range(_ROUNDS):
        total += await drain()  # which has come to its own end: only work can make it worth another look
        done = await run_due(kit) if total else 0
        total += done
        if not done:
            return total
    raise RuntimeError("work keeps making more work that is due at once")


async def next_moment(kit: Kit, after: datetime | None = None) -> datetime | None:
    """When the kit's next letter or work is due, or the next one later than `after`; None when none is."""
    async with kit.store.read(kit.team) as tx:
        moments = [await due.next_at(tx, after), await outbox.next_at(tx, after)]
    return min((moment for moment in moments if moment is not None), default=None)
