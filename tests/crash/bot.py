"""The process that is killed: the real sweeps and the real courier."""

import asyncio
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bot import log
from bot.delivery.clients import Clients, one_token
from bot.delivery.courier import Courier
from bot.domain.delivery import Pacing
from bot.schedule.sweeps import run_due
from bot.services.kit import Kit
from playground.server import BOT_TOKEN
from prompts import Library
from storage import due, outbox
from storage.records.delivery import LetterState
from storage.store import Store
from storage.vault import MasterKey
from tests.crash.plan import TEAM, Plan

_TIMEOUT = 1.0
"""Real seconds until the network's answer counts as lost."""


def run(plan: Plan, library: Library, point: str, visit: int) -> None:
    """Work until everything is sent, or until the `visit`-th time at `point`, where the process kills itself."""
    with Path(plan.errors).open("a", encoding="utf-8") as errors:
        log.configure("ERROR", errors)
        asyncio.run(_work(plan, library, _deadly(point, visit)))


def _deadly(point: str, visit: int) -> Callable[[str], None]:
    left = visit

    def checkpoint(name: str) -> None:
        nonlocal left
        if name == point:
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return checkpoint


async def _work(plan: Plan, library: Library, checkpoint: Callable[[str], None]) -> None:
    store = Store(plan.database, [MasterKey.parse(plan.master)])
    woken = asyncio.Event()
    store.when_queued = woken.set
    kit = Kit(store, plan.clock, library)
    clients = Clients(one_token(BOT_TOKEN), plan.api_url, timedelta(seconds=_TIMEOUT))
    pacing = Pacing(
        per_minute=100_000,
        opening=timedelta(0),
        grace=max(timedelta(seconds=90), plan.virtual(1.5)),
        lease=plan.virtual((10 if store.sqlite else 4) * _TIMEOUT),  # a dead replica's letters wait for its end
        timeout=plan.virtual(_TIMEOUT),
        first_retry=timedelta(seconds=10),
    )
    courier = Courier(kit, clients, pacing=pacing, checkpoint=checkpoint, woken=woken)
    if store.sqlite:
        await courier.take_over()
    working = asyncio.create_task(courier.run())
    while await _left(store, plan):
        await run_due(kit, checkpoint=checkpoint)
        await asyncio.sleep(0.05)
    await courier.stop()
    await working
    await clients.close()
    await store.close()


async def _left(store: Store, plan: Plan) -> bool:
    """Whether anything is still to be done before the last check-in's end; reminders days later are not."""
    async with store.read(TEAM) as tx:
        soon = await due.next_at(tx)
        states = await outbox.counts(tx)
    unsent = states.get(LetterState.WAITING, 0) + states.get(LetterState.SENDING, 0)
    return unsent > 0 or (soon is not None and soon - plan.clock() < timedelta(hours=12))
