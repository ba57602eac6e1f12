"""Who holds a connection of the store at this moment, so that closing it leaves none behind."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

ROLLBACK = 1.0
"""Seconds for transactions that were called off to roll back."""


class StoreClosed(Exception):
    """The store was closed: no transaction begins any more."""


class Lent:
    """The transactions that are open or wait for a connection, each with its task."""

    def __init__(self) -> None:
        self._held: dict[object, asyncio.Task[object] | None] = {}
        self._changed: asyncio.Event | None = None
        self._closed = False

    @contextmanager
    def out(self) -> Iterator[None]:
        """Around a transaction, from before it begins until its connection is back. Raises StoreClosed."""
        if self._closed:
            raise StoreClosed
        mark = object()
        self._held[mark] = asyncio.current_task()
        try:
            yield
        finally:
            del self._held[mark]
            if self._changed is not None:
                self._changed.set()

    async def all_back(self, seconds: float) -> None:
        """Lend no more. What is out may end for so many seconds, then its tasks are cancelled and it rolls back."""
        self._closed = True
        await self._wait(seconds)
        for task in self._others():
            task.cancel()
        await self._wait(ROLLBACK)

    def _others(self) -> set[asyncio.Task[object]]:
        held = set(self._held.values()) - {asyncio.current_task(), None}
        return {task for task in held if task is not None}

    async def _wait(self, seconds: float) -> None:
        self._changed = asyncio.Event()
        try:
            async with asyncio.timeout(seconds):
                while self._others():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return
