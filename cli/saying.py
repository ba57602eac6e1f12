"""How every command speaks: its words, and what can go wrong before it runs as sentences that say what to do."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.settings import Settings, SettingsError, StorageSettings
from handlers.http import CannotListen
from prompts import Library, PackError, Words
from prompts import load as load_prompts
from storage.migrate import Behind, NewerSchema
from storage.store import StoreBusy, StoreUnusable
from storage.vault import VaultError

Told = Callable[[str, int, int | None], None]
"""What is worked on, how much of it is done, and of how much where that is known."""

_EXPECTED = (SettingsError, VaultError, StoreBusy, StoreUnusable, NewerSchema, Behind, CannotListen)
_SLACK = (SlackApiError, ClientError, OSError)


def library() -> Library:
    """All packs. A broken one names file, line and key, and nothing starts."""
    try:
        return load_prompts()
    except PackError as problem:
        print(problem, file=sys.stderr)
        raise typer.Exit(2) from None


def english() -> Words:
    """The words of the command line."""
    return library().words("en")


def say(words: Words, key: str, *, error: bool = False, **params: object) -> None:
    """Print a text of `prompts/en/app.toml`."""
    python = Path(sys.executable).name
    print(words.say(f"app.{key}", python=python, **params), file=sys.stderr if error else sys.stdout, flush=True)


@contextmanager
def problems_in_words(words: Words, settings: Settings | StorageSettings | None = None) -> Iterator[None]:
    """What can go wrong before the bot runs, each as a sentence that says what to do; exit code 2."""
    try:
        yield
    except (*_EXPECTED, *_SLACK) as problem:
        _explain(words, problem, settings)
        raise typer.Exit(2) from None


def _explain(words: Words, problem: Exception, settings: Settings | StorageSettings | None) -> None:
    match problem:
        case SettingsError():
            _list_settings(words, problem)
        case VaultError():
            print(problem, file=sys.stderr)
        case StoreBusy():
            say(words, "run.busy", error=True, database=problem)
        case StoreUnusable():
            say(words, "run.database", error=True, reason=problem)
        case CannotListen() if isinstance(settings, Settings):
            say(words, "run.port", error=True, host=settings.http_host, port=settings.http_port, reason=problem)
        case Behind() | NewerSchema():
            key = "behind" if isinstance(problem, Behind) else "newer"
            say(words, f"migrate.{key}", error=True, found=problem)
        case SlackApiError():
            which = "app" if "apps.connections" in str(problem.response.api_url) else "bot"
            answer = problem.response.data  # text, where a proxy answered in Slack's place
            reason = answer.get("error") if isinstance(answer, dict) else problem.response.status_code
            say(words, "run.refused", error=True, which=which, reason=reason)
        case _:
            url = settings.slack_api_url if isinstance(settings, Settings) else ""
            say(words, "run.unreachable", error=True, url=url, reason=type(problem).__name__)


def _list_settings(words: Words, problem: SettingsError) -> None:
    say(words, "setting.intro", error=True)
    for name, reason in problem.problems:
        print(f"  {name} {words.say(reason, python=Path(sys.executable).name)}", file=sys.stderr)


@contextmanager
def progress(describe: Callable[[str], str]) -> Iterator[Told]:
    """A bar on a terminal, nothing elsewhere; `describe` puts into words what is worked on."""
    from rich.console import Console  # where they are used: `run` does without
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("")

        def told(what: str, done: int, of: int | None) -> None:
            bar.update(task, description=describe(what), completed=done, total=of)

        yield told
