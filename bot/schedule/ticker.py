"""The tick: APScheduler calls the sweep every few seconds, in UTC; what is due is asked of the database."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Sweep = Callable[[], Awaitable[object]]

LET_GO = 0.5
"""Seconds for sweeps that were cancelled to roll back."""


class Ticker:
    """Calls each sweep at its interval, never two of one at a time, and none is dropped for being late.

    APScheduler's own defaults drop a run that is a second late, and its `shutdown(wait=True)` cancels running
    coroutines: here the running ones are waited for first.
    """

    def __init__(self) -> None:
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._running: set[asyncio.Future[object]] = set()

    def every(self, seconds: float, sweep: Sweep) -> None:
        """Call `sweep` every so many seconds from the start on."""

        async def tick() -> None:
            task = asyncio.ensure_future(sweep())
            self._running.add(task)
            try:
                await asyncio.shield(task)
            finally:
                self._running.discard(task)

        self._scheduler.add_job(tick, "interval", seconds=seconds)

    def start(self) -> None:
        self._scheduler.start()

    async def stop(self, seconds: float = 10.0) -> None:
        """No more ticks; running sweeps may finish for so many seconds, then they are cancelled and roll back."""
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        if self._running:
            _, late = await asyncio.wait(set(self._running), timeout=seconds)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=LET_GO)
        self._scheduler.shutdown(wait=False)
