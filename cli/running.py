"""`run`: join a workspace and work until told to stop."""

import asyncio
import faulthandler
import gc
import signal
from collections.abc import Coroutine
from itertools import count
from typing import TYPE_CHECKING, Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot import log as logs
from bot.settings import Settings, load
from cli.saying import library, problems_in_words, say
from cli.threads import Daemons
from prompts import Library, Words

if TYPE_CHECKING:  # a command line that does not run the bot does without it
    from cli.house import House

SWEEP_EVERY = 15.0
"""Seconds between two looks at what is due."""

LAST = 9.5
"""Seconds after being told to stop until the process ends whatever hangs; a supervisor usually kills after ten."""

LONGEST_WAIT = 60.0
"""Seconds between two tries to reach a Slack that is away when the bot starts; they begin with one."""


def run() -> None:
    """Join the Slack workspace of the settings, over Socket Mode or HTTP, until stopped."""
    packs = library()
    words = packs.words("en")
    with problems_in_words(words):
        settings = load(Settings)
    logs.configure(settings.log_level)
    with problems_in_words(words, settings):
        asyncio.run(_run(settings, packs, words))
    gc.freeze()  # Python would look through all that is left, which takes longer than everything else at the end


async def _run(settings: Settings, library: Library, words: Words) -> None:
    told = _told_to_stop()
    asyncio.get_running_loop().set_default_executor(Daemons())
    house = await _unless_told(told, _opened(settings, library, words))
    if house is not None:
        await _work(house, settings, words, told)


async def _opened(settings: Settings, library: Library, words: Words) -> "House":
    """The house, as soon as Slack is there; what Slack refuses is raised, for no waiting mends it."""
    from bot.delivery.errors import failure_from
    from cli.house import open_house

    for tries in count():
        try:
            return await open_house(settings, library)
        except (SlackApiError, ClientError, OSError) as problem:
            failure = failure_from(problem)
            if failure.refused or failure.permanent:
                raise
            asked = failure.retry_after.total_seconds() if failure.retry_after else 0.0
            wait = max(asked, min(LONGEST_WAIT, 2.0**tries))
            url = settings.slack_api_url
            say(words, "run.waiting", error=True, url=url, reason=failure.reason, seconds=round(wait))
            await asyncio.sleep(wait)
    raise AssertionError("unreachable")


async def _unless_told(told: asyncio.Event, opening: Coroutine[Any, Any, "House"]) -> "House | None":
    """The opened house; None, with everything closed again, where SIGTERM came first."""
    start, stop = asyncio.create_task(opening), asyncio.create_task(told.wait())
    await asyncio.wait({start, stop}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if not start.done():
        start.cancel()
        await asyncio.wait({start})
    return None if start.cancelled() else start.result()


async def _work(house: "House", settings: Settings, words: Words, told: asyncio.Event) -> None:
    from bot.schedule.sweeps import run_due
    from bot.schedule.ticker import LET_GO, Ticker
    from bot.services.calendar import warm
    from cli.house import GRACE

    ticker, beside = Ticker(), []
    ticker.every(SWEEP_EVERY, lambda: run_due(house.kit))
    try:
        if house.kit.store.sqlite:
            await house.courier.take_over()
        ticker.start()
        beside = [asyncio.create_task(house.courier.run()), asyncio.create_task(asyncio.to_thread(warm))]
        _say_where(house, settings, words)
        await told.wait()
        say(words, "run.stopping")
    finally:
        house.doors.announce_stop()
        await house.stop(GRACE, ticker.stop(GRACE / 4 - LET_GO))
        for task in beside:
            task.cancel()


def _say_where(house: "House", settings: Settings, words: Words) -> None:
    host, port = settings.http_host, house.doors.port
    if house.doors.socket is None:
        say(words, "run.listening", host=host, port=port)
    else:
        say(words, "run.connected")
    if port is not None:
        say(words, "run.watched", host=host, port=port)


def _told_to_stop() -> asyncio.Event:
    """Set by SIGINT or SIGTERM. From then on the process has `LAST` seconds to live, even where a thread hangs."""
    told = asyncio.Event()

    def tell() -> None:
        if not told.is_set():
            faulthandler.dump_traceback_later(LAST, exit=True)  # places only: no values
        told.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, tell)
    return told
