"""What makes the suite quick without changing what it tests: things done once a process that cost time in each test."""

import gc
import signal
from types import FrameType
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from hypothesis import settings
from sqlalchemy import event
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.util import LRUCache

from storage import store
from tests.thorough import PLAYED

_COMPILED: Any = LRUCache(3000)
_TYPES: Any = WeakKeyDictionary()


LONG = (
    "screens/",
    "visibility/",
    "end_to_end/test_roles",
    "test_app",
    "end_to_end/test_story",
    "crash/",
    "schedule/",
)
"""What takes long in few tests is begun first, so that one core does not end with it while the others are done."""


def pytest_configure(config: pytest.Config) -> None:
    _prepare_engines()
    examples = 100 if PLAYED else 25
    settings.register_profile("any machine", deadline=None, max_examples=examples)  # a busy one makes any example slow
    settings.load_profile("any machine")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: next((n for n, name in enumerate(LONG) if item.nodeid[6:].startswith(name)), len(LONG)))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupted)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """What was loaded and collected stays to the end, and is not looked through again for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _interrupted(_signal: int, _frame: FrameType | None) -> None:
    """As Python's own. For that one asyncio puts a handler of its loop's, and prints all that a task holds to do it."""
    raise KeyboardInterrupt


def _prepare_engines() -> None:
    """SQLAlchemy keeps a statement's SQL with its engine; tests have two each, and all on SQLite share it.

    And what a test has written need not survive the machine: nobody waits for the disk, as on `tests.postgres`' server.
    """
    make = store.sqlite_engine

    def made(*args: Any, **options: Any) -> Any:
        engine = make(*args, **options)
        engine.sync_engine._compiled_cache = _COMPILED
        engine.dialect._type_memos = _TYPES
        event.listen(engine.sync_engine, "connect", _no_waiting)
        return engine

    store.sqlite_engine = made
    SQLiteDialect_aiosqlite.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign,assignment]
    SQLiteDialect_aiosqlite.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign,assignment]


def _no_waiting(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()
