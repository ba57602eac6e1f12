"""The process that is killed: the real sweeps and the real courier on a SQLite file."""

import asyncio
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bot import log
from bot.delivery.clients import Clients, one_token
from bot.delivery.courier import Courier
from bot.delivery.letters import Entry, Letters
from bot.domain.delivery import Pacing
from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.schedule.drive import next_moment
from bot.schedule.jobs import Jobs
from bot.schedule.sweeps import run_due
from bot.services.kit import Kit
from bot.services.post import post
from bot.views.parts import Message, section
from playground.server import BOT_TOKEN
from prompts import Library, Words
from storage.ids import new_id
from storage.records.delivery import Due, Letter
from storage.store import Store, Tx
from storage.vault import MasterKey
from tests.crash.plan import Plan

_TIMEOUT = 1.0
"""Real seconds until the network's answer counts as lost."""


async def ask(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Queue a check-in. Its key is new each time on purpose: a sweep that ran twice would show as a double."""
    await post(tx, Kind.CHECKIN, due.recipient, new_id(), kit.clock(), subject=due.subject)
    return None


async def load(kit: Kit, tx: Tx, letter: Letter) -> str:
    return letter.params["subject"]


def draw(words: Words, subject: str) -> Message:
    return Message(subject, [section("Quick private check-in, about a minute."), section(subject)])


JOBS: Jobs = {Job.CHECKIN: ask}
LETTERS: Letters = {Kind.CHECKIN: Entry(load, draw)}


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
    store = Store(f"sqlite+aiosqlite:///{plan.database}", [MasterKey.parse(plan.master)])
    woken = asyncio.Event()
    kit = Kit(store, plan.clock, library, wake=woken.set)
    clients = Clients(one_token(BOT_TOKEN), plan.api_url, timedelta(seconds=_TIMEOUT))
    pacing = Pacing(
        per_minute=100_000,
        grace=max(timedelta(seconds=90), plan.virtual(1.5)),
        lease=plan.virtual(10 * _TIMEOUT),
        timeout=plan.virtual(_TIMEOUT),
        first_retry=timedelta(seconds=10),
    )
    courier = Courier(kit, clients, letters=LETTERS, pacing=pacing, checkpoint=checkpoint, woken=woken)
    await courier.take_over()
    working = asyncio.create_task(courier.run())
    while await next_moment(kit) is not None:
        await run_due(kit, jobs=JOBS, checkpoint=checkpoint)
        await asyncio.sleep(0.05)
    await courier.stop()
    await working
    await clients.close()
    await store.close()
