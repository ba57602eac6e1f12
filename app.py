"""revmentor's command line, and the one place where its parts are put together."""

import asyncio
import os
import random
import secrets
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import log as logs
from bot.clock import Clock, system_clock
from bot.delivery.clients import Clients, one_token
from bot.delivery.courier import Courier
from bot.domain.delivery import Pacing
from bot.schedule.sweeps import run_due
from bot.schedule.ticker import Ticker
from bot.services import workspace
from bot.services.calendar import warm
from bot.services.kit import Kit
from bot.settings import PREFIX, KnownKeys, Settings, SettingsError, StorageSettings, load, master_keys
from handlers import routes
from handlers.bolt import build
from handlers.guard import Guard
from handlers.socket import HeldSocket
from prompts import Library, PackError, Words
from prompts import load as load_prompts
from storage import keys as data_keys
from storage.migrate import NewerSchema, migrate
from storage.store import Store, StoreBusy, StoreUnusable
from storage.vault import MasterKey, VaultError

cli = typer.Typer(add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False)
keys = typer.Typer(help="Make and change master keys.")
cli.add_typer(keys, name="keys")
T = TypeVar("T")

_EXPECTED = (SettingsError, VaultError, StoreBusy, StoreUnusable, NewerSchema, SlackApiError, ClientError, OSError)

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
    """Bring the database up to date and connect to Slack.

    Raises StoreBusy, StoreUnusable, NewerSchema, SlackApiError, aiohttp.ClientError and TimeoutError.
    """
    async with AsyncExitStack() as undo:
        store = Store(settings.database_url, master_keys(settings.master_keys))
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
        team = (await client.auth_test())["team_id"]
        socket = HeldSocket(bolt, settings.slack_app_token.get_secret_value(), settings.slack_api_url)
        undo.push_async_callback(socket.close)
        await socket.connect()
        await workspace.back(kit, team)
        undo.pop_all()
    return House(kit, courier, clients, guard, socket)


def _library() -> Library:
    """All packs. A broken one names file, line and key, and nothing starts."""
    try:
        return load_prompts()
    except PackError as problem:
        print(problem, file=sys.stderr)
        raise typer.Exit(2) from None


def _words() -> Words:
    return _library().words("en")


def _say(words: Words, key: str, *, error: bool = False, **params: object) -> None:
    python = Path(sys.executable).name
    print(words.say(f"app.{key}", python=python, **params), file=sys.stderr if error else sys.stdout, flush=True)


@contextmanager
def _problems_in_words(words: Words, settings: Settings | StorageSettings | None = None) -> Iterator[None]:
    """What can go wrong before the bot runs, each as a sentence that says what to do; exit code 2."""
    try:
        yield
    except _EXPECTED as problem:
        _explain(words, problem, settings)
        raise typer.Exit(2) from None


def _explain(words: Words, problem: Exception, settings: Settings | StorageSettings | None) -> None:
    match problem:
        case SettingsError():
            _list_settings(words, problem)
        case VaultError():
            print(problem, file=sys.stderr)
        case StoreBusy():
            _say(words, "run.busy", error=True, database=settings.database_url if settings else "")
        case StoreUnusable():
            _say(words, "run.database", error=True, reason=problem)
        case NewerSchema():
            _say(words, "migrate.newer", error=True, found=problem)
        case SlackApiError():
            which = "app" if "apps.connections" in str(problem.response.api_url) else "bot"
            answer = problem.response.data  # text, where a proxy answered in Slack's place
            reason = answer.get("error") if isinstance(answer, dict) else problem.response.status_code
            _say(words, "run.refused", error=True, which=which, reason=reason)
        case _:
            url = settings.slack_api_url if isinstance(settings, Settings) else ""
            _say(words, "run.unreachable", error=True, url=url, reason=type(problem).__name__)


def _list_settings(words: Words, problem: SettingsError) -> None:
    _say(words, "setting.intro", error=True)
    for name, reason in problem.problems:
        print(f"  {name} {words.say(reason, python=Path(sys.executable).name)}", file=sys.stderr)


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
    library = _library()
    words = library.words("en")
    with _problems_in_words(words):
        settings = load(Settings)
    logs.configure(settings.log_level)
    with _problems_in_words(words, settings):
        asyncio.run(_run(settings, library, words))


async def _run(settings: Settings, library: Library, words: Words) -> None:
    told = _told_to_stop()
    house = await _unless_told(told, open_house(settings, library))
    if house is not None:
        await _work(house, words, told)


async def _unless_told(told: asyncio.Event, opening: Coroutine[Any, Any, House]) -> House | None:
    """The opened house; None, with everything closed again, where SIGTERM came first."""
    start, stop = asyncio.create_task(opening), asyncio.create_task(told.wait())
    await asyncio.wait({start, stop}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if not start.done():
        start.cancel()
        await asyncio.wait({start})
    return None if start.cancelled() else start.result()


async def _work(house: House, words: Words, told: asyncio.Event) -> None:
    if house.kit.store.sqlite:
        await house.courier.take_over()
    ticker = Ticker()
    ticker.every(SWEEP_EVERY, lambda: run_due(house.kit))
    ticker.start()
    carrying = asyncio.create_task(house.courier.run())
    _say(words, "run.connected")
    await told.wait()
    _say(words, "run.stopping")
    await ticker.stop(GRACE / 4)
    await house.stop()
    await carrying


def _told_to_stop() -> asyncio.Event:
    """Set by SIGINT or SIGTERM."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    return told


@cli.command(name="migrate")
def migrate_command() -> None:
    """Bring the database up to date."""
    words = _words()
    with _problems_in_words(words):
        settings = load(StorageSettings)
    with _problems_in_words(words, settings):
        before, after = asyncio.run(_in_store(settings, migrate))
    key = "migrate.current" if before == after else "migrate.done"
    _say(words, key, before=before or words.say("app.migrate.fresh"), after=after)


async def _in_store(settings: StorageSettings, work: Callable[[Store], Awaitable[T]]) -> T:
    store = Store(settings.database_url, master_keys(settings.master_keys))
    try:
        return await work(store)
    finally:
        await store.close()


@keys.command(name="new")
def new_key() -> None:
    """Make a master key; prints the settings line with the new key first."""
    words = _words()
    fresh = MasterKey.new(f"k{secrets.token_hex(3)}").text()
    older = KnownKeys().master_keys.get_secret_value()
    print(f"{PREFIX}MASTER_KEYS={','.join(filter(None, (fresh, older)))}")
    _say(words, "keys.made", error=True)


@keys.command(name="rotate")
def rotate_keys() -> None:
    """Wrap everybody's data key under the first master key; needs the bot to be stopped on SQLite."""
    words = _words()
    with _problems_in_words(words):
        settings = load(StorageSettings)
    with _problems_in_words(words, settings):
        changed, total = asyncio.run(_in_store(settings, data_keys.rotate))
    _say(
        words,
        "keys.rotated" if changed else "keys.nothing",
        n=changed or total,
        master=master_keys(settings.master_keys)[0].id,
    )


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
    except OSError as problem:
        _say(words, "demo.port", error=True, port=port, reason=problem.strerror)
        raise typer.Exit(2) from None


if __name__ == "__main__":
    cli()
