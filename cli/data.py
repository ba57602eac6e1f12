"""`migrate` and `keys`: what is done to the database and its keys without Slack."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer

from bot.clock import system_clock
from bot.settings import PREFIX, KnownKeys, StorageSettings, load, master_keys
from cli.saying import english, problems_in_words, say
from storage import keys as data_keys
from storage.migrate import migrate, refuse_behind
from storage.store import Store
from storage.vault import MasterKey

T = TypeVar("T")


def bring_up_to_date() -> None:
    """Bring the database up to date."""
    words = english()
    with problems_in_words(words):
        settings = load(StorageSettings)
    with problems_in_words(words, settings):
        before, after = asyncio.run(in_store(settings, migrate))
    key = "migrate.current" if before == after else "migrate.done"
    say(words, key, before=before or words.say("app.migrate.fresh"), after=after)


async def in_store(settings: StorageSettings, work: Callable[[Store], Awaitable[T]]) -> T:
    """Do something with the database of the settings, and close it again."""
    store = Store(settings.database_url, master_keys(settings.master_keys))
    try:
        return await work(store)
    finally:
        await store.close()


def _up_to_date(work: Callable[[Store], Awaitable[T]]) -> Callable[[Store], Awaitable[T]]:
    """The same, but for a database of this version only. Raises Behind."""

    async def do(store: Store) -> T:
        await refuse_behind(store)
        return await work(store)

    return do


def new_key() -> None:
    """Make a master key; prints the settings line with the new key first."""
    words = english()
    fresh = MasterKey.new(f"k{secrets.token_hex(3)}").text()
    older = KnownKeys().master_keys.get_secret_value()
    print(f"{PREFIX}MASTER_KEYS={','.join(filter(None, (fresh, older)))}")
    say(words, "keys.made", error=True)


def forget_keys(yes: Annotated[bool, typer.Option("--yes", help="It is meant.")] = False) -> None:
    """Give up data keys whose master key is lost: their people get new ones, and what they wrote reads as removed."""
    words = english()
    with problems_in_words(words):
        settings = load(StorageSettings)
    with problems_in_words(words, settings):
        lost = asyncio.run(in_store(settings, _up_to_date(data_keys.lost)))
        if lost and not yes:
            say(words, "keys.sure", error=True, n=sum(lost.values()), keys=", ".join(sorted(lost)))
            raise typer.Exit(2)
        n = asyncio.run(in_store(settings, lambda store: data_keys.replace_lost(store, system_clock())))
    say(words, "keys.lost" if n else "keys.none_lost", n=n)


def rotate_keys() -> None:
    """Wrap everybody's data key under the first master key; needs the bot to be stopped on SQLite."""
    words = english()
    with problems_in_words(words):
        settings = load(StorageSettings)
    with problems_in_words(words, settings):
        changed, total = asyncio.run(in_store(settings, _up_to_date(data_keys.rotate)))
    say(
        words,
        "keys.rotated" if changed else "keys.nothing",
        n=changed or total,
        master=master_keys(settings.master_keys)[0].id,
    )
