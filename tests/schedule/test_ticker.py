"""The tick drops nothing, overlaps nothing, and lets what is running finish."""

import asyncio
from collections.abc import Callable

from bot.schedule.ticker import Ticker

SOON = 0.01


async def until(truth: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not truth():
            await asyncio.sleep(0)


async def test_a_sweep_that_takes_longer_than_its_interval_never_runs_twice_at_once() -> None:
    running, most, ended = 0, 0, 0
    gate = asyncio.Event()

    async def sweep() -> None:
        nonlocal running, most, ended
        running += 1
        most = max(most, running)
        await gate.wait()
        running -= 1
        ended += 1

    ticker = Ticker()
    ticker.every(SOON, sweep)
    ticker.start()
    await until(lambda: running == 1)
    other = 0

    async def beside() -> None:
        nonlocal other
        other += 1

    ticker.every(SOON, beside)
    await until(lambda: other >= 5)
    gate.set()
    await until(lambda: ended >= 2)
    await ticker.stop()
    assert most == 1


async def test_stopping_waits_for_the_sweep_that_is_running() -> None:
    started, gate, finished = asyncio.Event(), asyncio.Event(), False

    async def sweep() -> None:
        nonlocal finished
        started.set()
        await gate.wait()
        finished = True

    ticker = Ticker()
    ticker.every(SOON, sweep)
    ticker.start()
    await started.wait()
    stopping = asyncio.create_task(ticker.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    gate.set()
    await stopping
    assert finished, "APScheduler's own shutdown would have cancelled it"


async def test_a_sweep_that_never_ends_is_let_go_of() -> None:
    started, cancelled = asyncio.Event(), False

    async def sweep() -> None:
        nonlocal cancelled
        started.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled = True
            raise

    ticker = Ticker()
    ticker.every(SOON, sweep)
    ticker.start()
    await started.wait()
    await ticker.stop(seconds=0.01)
    await until(lambda: cancelled)


async def test_a_sweep_that_raises_is_called_again() -> None:
    calls = 0

    async def sweep() -> None:
        nonlocal calls
        calls += 1
        raise OSError

    ticker = Ticker()
    ticker.every(SOON, sweep)
    ticker.start()
    await until(lambda: calls >= 2)
    await ticker.stop()


def test_late_runs_are_never_dropped() -> None:
    ticker = Ticker()

    async def sweep() -> None:
        return None

    ticker.every(60, sweep)
    defaults = ticker._scheduler._job_defaults
    assert (defaults["misfire_grace_time"], defaults["coalesce"], defaults["max_instances"]) == (None, True, 1)
