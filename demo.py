"""The demo: the production bot, over real HTTP and Socket Mode, against the playground, with a clock that is moved."""

import asyncio
import random
import signal
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import yaml
from pydantic import SecretStr

from bot.delivery.courier import Courier
from bot.domain.delivery import Pacing
from bot.schedule.drive import next_moment, run_until, settle
from bot.services.kit import Kit
from bot.settings import Settings
from playground.cast import load as load_cast
from playground.clock import Clock
from playground.player import StoryPlayer
from playground.server import Playground
from playground.story import Story, StoryError
from playground.story import load as load_story
from playground.transcript import Transcript
from prompts import Words
from prompts import load as load_prompts
from storage.vault import MasterKey

__all__ = ["MANIFEST", "UNHURRIED", "Staging", "StoryError", "play", "settings_for", "stage"]

UNHURRIED = Pacing(per_minute=100_000, homes_per_minute=100_000, gap=timedelta(0), opening=timedelta(0))
"""For the playground, which has no rate limits to keep."""

PACE = timedelta(minutes=15)
"""How far a story's clock goes at a time, past the next moment at which something is due."""

MANIFEST: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("manifest.yaml").read_text(encoding="utf-8"))


class Bot(Protocol):
    """A running bot, as the command line puts it together."""

    kit: Kit
    courier: Courier

    async def stop(self) -> None: ...


Open = Callable[..., Awaitable[Bot]]


def settings_for(slack: Playground, folder: Path) -> Settings:
    """Settings that point at the playground, with a database and a master key of their own."""
    return Settings(
        _env_file=None,
        slack_bot_token=SecretStr(slack.bot_token),
        slack_app_token=SecretStr(slack.app_token),
        slack_api_url=slack.api_url,
        master_keys=SecretStr(MasterKey.new("demo").text()),
        database_url=f"sqlite+aiosqlite:///{folder / 'demo.db'}",
    )


async def play(
    open_house: Open, words: Words, names: Sequence[str], *, long: bool = False, port: int = 0, stay: bool = False
) -> None:
    """Play stories, one after the other, and print their transcripts; with `stay`, keep the last one's page open until
    told to stop. `long` plays everybody to the end. Raises StoryError."""
    stories = [load_story(name, long=long) for name in names]
    stopped = asyncio.create_task(_told_to_stop().wait())
    try:
        for number, story in enumerate(stories, 1):
            last = number == len(stories)
            await _play(open_house, words, story, stopped, port=port, stay=stay and last)
            if stopped.done():
                return
    finally:
        stopped.cancel()


async def _play(
    open_house: Open, words: Words, story: Story, stopped: "asyncio.Task[Any]", *, port: int, stay: bool
) -> None:
    """One story, in a workspace and with a database of its own, until it ends or somebody stops it."""
    with tempfile.TemporaryDirectory(prefix="revmentor-demo-") as folder:
        clock = Clock(story.starts)
        slack = Playground(load_cast(), clock, MANIFEST, granted=story.granted)
        await slack.start(port=port)
        bot = await open_house(
            settings_for(slack, Path(folder)), load_prompts(), clock=clock.now,
            dice=random.Random(story.seed), pacing=UNHURRIED,
        )  # fmt: skip
        acting = asyncio.create_task(_act(words, story, slack, bot, stay))
        try:
            await asyncio.wait({acting, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if acting.done():
                acting.result()
        finally:
            acting.cancel()
            await bot.stop()
            await slack.stop()


async def _act(words: Words, story: Story, slack: Playground, bot: Bot, stay: bool) -> None:
    started = asyncio.get_running_loop().time()
    print(words.say("app.demo.begins", title=story.title), flush=True)
    transcript = Transcript(story, slack.workspace, slack.clock.now, partial(print, flush=True))
    await stage(story, slack, bot, transcript)
    seconds = round(asyncio.get_running_loop().time() - started)
    counts = {"messages": transcript.messages, "clicks": transcript.clicks, "weeks": story.weeks}
    print(words.say("app.demo.finished", seconds=seconds, **counts), flush=True)
    if stay:
        print(words.say("app.demo.page", url=slack.page_url), flush=True)
        await _go_on(slack, bot)


async def stage(story: Story, slack: Playground, bot: Bot, transcript: Transcript) -> None:
    """A story from its first scene to its end."""
    async with Staging(story, slack, bot, transcript) as staging:
        await staging.until(story.ends)


class Staging:
    """A story on its way: people and bot do what is due, `pace` of it at a time, in order. As a context it begins when
    that is entered, and people stop acting when it is left."""

    def __init__(
        self, story: Story, slack: Playground, bot: Bot, transcript: Transcript, *, pace: timedelta = PACE
    ) -> None:
        self._pace, self._leap = pace, story.leap
        self._slack, self._bot, self._transcript = slack, bot, transcript
        self._player = StoryPlayer(slack, story, transcript)
        self._patience = slack.processing_seconds

    async def __aenter__(self) -> "Staging":
        self._slack.processing_seconds = 0.0  # the story's clock stands still meanwhile
        return self

    async def __aexit__(self, *_: object) -> None:
        self._slack.processing_seconds = self._patience
        self._transcript.finish()
        self._player.close()

    async def until(self, ends: datetime) -> None:
        """Go on to this moment, in UTC. Raises StoryError when it does not go as written."""
        slack, bot, player = self._slack, self._bot, self._player
        while slack.clock.now() < ends:
            now = slack.clock.now()
            wakes = (await next_moment(bot.kit, after=now), player.next_at(), ends)
            then = self._leap(now) or max(min(filter(None, wakes)), now) + self._pace
            slack.clock.set(min(then, ends))
            await settle(bot.kit, bot.courier.send_due)
            if await player.act():
                await settle(bot.kit, bot.courier.send_due)
        await settle(bot.kit, bot.courier.send_due)


async def _go_on(slack: Playground, bot: Bot) -> None:
    """The page is the user's: real time passes, and its buttons move the clock through all that is due on the way."""
    moving = asyncio.Lock()

    async def move(until: datetime) -> None:
        async with moving:
            await run_until(bot.kit, slack.clock.set, until, bot.courier.send_due)

    slack.clock.register_mover(move)
    slack.clock.tick(True)
    while True:
        async with moving:
            await settle(bot.kit, bot.courier.send_due)
        await asyncio.sleep(0.2)


def _told_to_stop() -> asyncio.Event:
    """Set by SIGINT or SIGTERM."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    return told
