"""revmentor's command line, and the one place where its parts are put together."""

import asyncio
import os
import random
import secrets
import signal
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import aiohttp
import typer
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import log as logs
from bot.clock import Clock, system_clock
from bot.delivery.clients import Clients, one_token
from bot.delivery.courier import Courier
from bot.domain.delivery import Pacing
from bot.schedule.sweeps import run_due
from bot.schedule.ticker import Ticker
from bot.services.calendar import warm
from bot.services.kit import Kit
from bot.settings import PREFIX, Settings, SettingsError, StorageSettings, load
from handlers import routes
from handlers.bolt import build
from handlers.guard import Guard
from handlers.socket import HeldSocket
from prompts import Library, PackError, Words
from prompts import load as load_prompts
from storage import keys as data_keys
from storage.migrate import NewerSchema, migrate
from storage.store import Store, StoreBusy
from storage.vault import MasterKey, VaultError

cli = typer.Typer(add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False)
keys = typer.Typer(help="Make and change master keys.")
cli.add_typer(keys, name="keys")

GRACE = 8.0
"""Seconds for what is under way when told to stop; a supervisor usually kills after ten."""

SWEEP_EVERY = 15.0
"""Seconds between two looks at what is due."""


@dataclass
class House:
    """All parts of one running bot. Tests and the demo build it like this too, with a clock of their own."""

    kit: Kit
    courier: Courier
    clients: Clients
    guard: Guard
    socket: HeldSocket

    async def stop(self, seconds: float = GRACE) -> None:
        """Stop listening, let what is under way finish, close everything."""
        await self.socket.drain(seconds / 4)
        await self.guard.drain(seconds / 4)
        await self.courier.stop(seconds / 4)
        await self.clients.close()
        await self.kit.store.close()


async def open_house(
    settings: Settings,
    library: Library,
    *,
    clock: Clock = system_clock,
    dice: random.Random | None = None,
    pacing: Pacing | None = None,
) -> House:
    """Bring the database up to date and connect to Slack. Raises StoreBusy, VaultError, NewerSchema, SlackApiError."""
    async with AsyncExitStack() as undo:
        store = Store(settings.database_url, masters(settings))
        undo.push_async_callback(store.close)
        await migrate(store)
        warm()
        woken = asyncio.Event()
        kit = Kit(store, clock, library, dice or random.SystemRandom(), woken.set)
        token = settings.slack_bot_token.get_secret_value()
        clients = Clients(one_token(token), settings.slack_api_url)
        undo.push_async_callback(clients.close)
        pacing = pacing or Pacing(per_minute=60 * settings.messages_per_second)
        courier = Courier(kit, clients, pacing=pacing, woken=woken)
        client = AsyncWebClient(token=token, base_url=settings.slack_api_url)
        bolt, guard = build(kit, client, routes())
        await client.auth_test()
        socket = HeldSocket(bolt, settings.slack_app_token.get_secret_value(), settings.slack_api_url)
        undo.push_async_callback(socket.close)
        await socket.connect()
        undo.pop_all()
    return House(kit, courier, clients, guard, socket)


def masters(settings: Settings | StorageSettings) -> list[MasterKey]:
    """The master keys of the settings. Raises VaultError."""
    return [MasterKey.parse(text) for text in settings.master_keys.get_secret_value().split(",") if text.strip()]


def _words() -> Words:
    """The pack of the command line. A broken pack names file, line and key, and nothing starts."""
    try:
        return load_prompts().words("en")
    except PackError as problem:
        print(problem, file=sys.stderr)
        raise typer.Exit(2) from None


def _say(words: Words, key: str, *, error: bool = False, **params: object) -> None:
    python = Path(sys.executable).name
    print(words.say(f"app.{key}", python=python, **params), file=sys.stderr if error else sys.stdout, flush=True)


@contextmanager
def _problems_in_words(words: Words, settings: Settings | StorageSettings | None = None) -> Iterator[None]:
    """What can go wrong before the bot runs, each as a sentence that says what to do; exit code 2."""
    try:
        yield
    except SettingsError as problem:
        _list_settings(words, problem)
    except VaultError as problem:
        print(problem, file=sys.stderr)
    except StoreBusy:
        _say(words, "run.busy", error=True, database=settings.database_url if settings else "")
    except NewerSchema as problem:
        _say(words, "migrate.newer", error=True, found=problem)
    except SlackApiError as problem:
        which = "app" if "apps.connections" in str(problem.response.api_url) else "bot"
        _say(words, "run.refused", error=True, which=which, reason=problem.response.get("error"))
    except (aiohttp.ClientError, TimeoutError, OSError) as problem:
        _say(words, "run.unreachable", error=True, url=_address(settings), reason=type(problem).__name__)
    else:
        return
    raise typer.Exit(2)


def _list_settings(words: Words, problem: SettingsError) -> None:
    _say(words, "setting.intro", error=True)
    for name, reason in problem.problems:
        print(f"  {name} {words.say(reason, python=Path(sys.executable).name)}", file=sys.stderr)


def _address(settings: Settings | StorageSettings | None) -> str:
    return settings.slack_api_url if isinstance(settings, Settings) else ""


@cli.callback(invoke_without_command=True)
def about(context: typer.Context) -> None:
    """Runs a reverse-mentoring programme in Slack."""
    if context.invoked_subcommand is None:
        words = _words()
        for line in ("line_1", "line_2", "line_3"):
            _say(words, f"about.{line}")


@cli.command()
def run() -> None:
    """Join the Slack workspace of the settings, over Socket Mode, until stopped."""
    words = _words()
    with _problems_in_words(words):
        settings = load(Settings)
    logs.configure(settings.log_level)
    with _problems_in_words(words, settings):
        asyncio.run(_run(settings, words))


async def _run(settings: Settings, words: Words) -> None:
    house = await open_house(settings, load_prompts())
    if house.kit.store.sqlite:
        await house.courier.take_over()
    ticker = Ticker()
    ticker.every(SWEEP_EVERY, lambda: run_due(house.kit))
    ticker.start()
    carrying = asyncio.create_task(house.courier.run())
    _say(words, "run.connected")
    await _told_to_stop()
    _say(words, "run.stopping")
    await ticker.stop(GRACE / 4)
    await house.stop()
    await carrying


async def _told_to_stop() -> None:
    """Until SIGINT or SIGTERM."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    await told.wait()


@cli.command(name="migrate")
def migrate_command() -> None:
    """Bring the database up to date."""
    words = _words()
    with _problems_in_words(words):
        settings = load(StorageSettings)
    with _problems_in_words(words, settings):
        before, after = asyncio.run(_migrate(settings))
    key = "migrate.current" if before == after else "migrate.done"
    _say(words, key, before=before or words.say("app.migrate.fresh"), after=after)


async def _migrate(settings: StorageSettings) -> tuple[str | None, str]:
    store = Store(settings.database_url, masters(settings))
    try:
        return await migrate(store)
    finally:
        await store.close()


@keys.command(name="new")
def new_key() -> None:
    """Make a master key; prints the settings line with the new key first."""
    words = _words()
    fresh = MasterKey.new(f"k{secrets.token_hex(3)}").text()
    older = os.environ.get(f"{PREFIX}MASTER_KEYS", "")
    print(f"{PREFIX}MASTER_KEYS={','.join(filter(None, (fresh, older)))}")
    _say(words, "keys.made", error=True)


@keys.command(name="rotate")
def rotate_keys() -> None:
    """Wrap everybody's data key under the first master key; needs the bot to be stopped on SQLite."""
    words = _words()
    with _problems_in_words(words):
        settings = load(StorageSettings)
    with _problems_in_words(words, settings):
        changed, total = asyncio.run(_rotate(settings))
    _say(words, "keys.rotated" if changed else "keys.nothing", n=changed or total, master=masters(settings)[0].id)


async def _rotate(settings: StorageSettings) -> tuple[int, int]:
    store = Store(settings.database_url, masters(settings))
    try:
        return await data_keys.rotate(store)
    finally:
        await store.close()


@cli.command(name="demo")
def demo_command(
    once: Annotated[bool, typer.Option("--once", help="End when the story ends.")] = False,
    story: Annotated[str, typer.Option(help="A story of playground/stories.")] = "sixteen_weeks",
    port: Annotated[int, typer.Option(help="The page's port; 0 takes a free one.")] = 0,
) -> None:
    """Play a whole programme on this machine; on a terminal, leave the page open to go on playing."""
    import demo  # with the playground, which `run` never needs

    words = _words()
    if any(os.environ.get(f"{PREFIX}SLACK_{kind}_TOKEN") for kind in ("BOT", "APP")):
        _say(words, "demo.real_tokens", error=True)
        raise typer.Exit(2)
    logs.configure("ERROR")
    try:
        asyncio.run(demo.play(open_house, words, story, port=port, stay=sys.stdout.isatty() and not once))
    except demo.StoryError as problem:
        print(problem, file=sys.stderr)
        raise typer.Exit(1) from None


if __name__ == "__main__":
    cli()
