"""`backup`, `restore` and `copy`: the whole database, to another place and back."""

import asyncio
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import system_clock
from bot.settings import StorageSettings, load, master_keys
from cli.saying import english, problems_in_words, progress, say
from prompts import Words
from storage.backup import BadBackup, Manifest, Restored
from storage.backup import back_up as back_up_rows
from storage.backup import restore as restore_rows
from storage.backup.files import KEYS
from storage.beside import open_existing
from storage.copy import Differs, InUse, NotEmpty, Told
from storage.copy import copy as copy_rows
from storage.store import Store

Folder = Annotated[Path, typer.Argument(help="A folder; a backup makes it.")]
KeysFile = Annotated[Path | None, typer.Option("--keys", help="The file of data keys, where it lies apart.")]


def back_up(folder: Folder, keys: KeysFile = None) -> None:
    """Write a backup into a new folder, also while the bot is running; data keys into a file apart."""
    words = english()
    with problems_in_words(words):
        settings = load(StorageSettings)
    with _in_words(words, settings), _copied(words) as told:
        made = asyncio.run(_back_up(settings, folder.absolute(), keys.absolute() if keys else None, told))
    rows, at = sum(made.rows.values()), made.made_at.isoformat(timespec="seconds")
    say(words, "backup.done", n=rows, at=at, path=folder, keys=made.keys, keys_path=keys or folder / KEYS)


async def _back_up(settings: StorageSettings, folder: Path, keys: Path | None, told: Told) -> Manifest:
    store, _ = open_existing(settings.database_url, master_keys(settings.master_keys))
    try:
        return await back_up_rows(store, folder, keys, system_clock(), told)
    finally:
        await store.close()


def restore(
    folder: Folder,
    keys: KeysFile = None,
    without_keys: Annotated[
        bool, typer.Option("--without-keys", help="Do without data keys: private texts read as removed.")
    ] = False,
) -> None:
    """Fill the empty database of the settings from a backup."""
    words = english()
    with problems_in_words(words):
        settings = load(StorageSettings)
    chosen = None if without_keys else keys or folder / KEYS
    with _in_words(words, settings), _copied(words) as told:
        found = asyncio.run(_restore(settings, folder, chosen, told))
    _tell(words, found)


async def _restore(settings: StorageSettings, folder: Path, keys: Path | None, told: Told) -> Restored:
    store = Store(settings.database_url, master_keys(settings.master_keys))
    try:
        return await restore_rows(folder, keys, store, system_clock(), told)
    finally:
        await store.close()


def _tell(words: Words, found: Restored) -> None:
    say(words, "restore.done", n=found.rows, at=found.made_at.isoformat(timespec="seconds"))
    for name in ("closed", "strangers", "looked_for", "set_aside"):
        if n := getattr(found, name):
            say(words, f"restore.{name}", n=n)
    if found.unknown:
        say(words, "restore.unknown", keys=", ".join(found.unknown))
    say(words, "restore.next")


def copy(to: Annotated[str, typer.Option("--to", help="The address of an empty database.")]) -> None:
    """Copy everything into an empty database, such as from SQLite to PostgreSQL; the bot must be stopped."""
    words = english()
    with problems_in_words(words):
        settings = load(StorageSettings)
    try:
        target = StorageSettings(_env_file=None, master_keys=settings.master_keys, database_url=to)
    except ValueError:
        say(words, "copying.address", error=True)
        raise typer.Exit(2) from None
    with _in_words(words, settings), _copied(words) as told:
        rows = asyncio.run(_copy(settings, target, told))
    say(words, "copying.done", n=sum(rows.values()))


async def _copy(settings: StorageSettings, target: StorageSettings, told: Told) -> dict[str, int]:
    masters = master_keys(settings.master_keys)
    source = Store(settings.database_url, masters)
    try:
        into = Store(target.database_url, masters)
        try:
            return await copy_rows(source, into, told)
        finally:
            await into.close()
    finally:
        await source.close()


@contextmanager
def _in_words(words: Words, settings: StorageSettings) -> Iterator[None]:
    """What can go wrong with a copy, as sentences; exit code 2."""
    with problems_in_words(words, settings):
        try:
            yield
            return
        except (NotEmpty, InUse, Differs) as problem:
            say(words, f"copying.{type(problem).__name__.lower()}", error=True, table=problem)
        except BadBackup as problem:
            say(words, f"backup.{problem}", error=True, path=problem.path)
        except OSError as problem:
            say(words, "copying.file", error=True, path=problem.filename, reason=problem.strerror)
        raise typer.Exit(2)


def _copied(words: Words) -> AbstractContextManager[Told]:
    return progress(lambda table: words.say("app.copying.progress", table=table))
