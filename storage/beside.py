"""Opening a database to look at it or to copy it: beside a bot that runs on it where need be."""

from collections.abc import Sequence
from pathlib import Path

from storage.store import Store, StoreBusy, StoreUnusable, url_of
from storage.vault import MasterKey


def open_existing(url: str, masters: Sequence[MasterKey]) -> tuple[Store, bool]:
    """The database, and whether a bot is running on its SQLite file (then it is opened to read only).

    Makes no file where there is none: raises StoreUnusable.
    """
    database = url_of(url).database or ""
    if url.startswith("sqlite") and not Path(database).is_file():
        raise StoreUnusable(f"there is no file {database}")
    try:
        return Store(url, masters), False
    except StoreBusy:
        return Store(url, masters, exclusive=False), True
