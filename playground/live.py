"""Tells open pages, and whoever listens in this process, what has just changed."""

import asyncio
from collections.abc import Callable, Collection
from typing import Any

from aiohttp import web

from playground.errors import Json

Listener = Callable[[str, Collection[str] | None, Json], None]


class Live:
    """Fans changes out; builds a change only where somebody looks."""

    def __init__(self) -> None:
        self._pages: dict[web.WebSocketResponse, tuple[str, asyncio.Queue[Json]]] = {}
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener(type, audience, data)` on each change; returns the way to stop it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, kind: str, audience: Collection[str] | None, build: Callable[[], Json]) -> None:
        """Sends a change to the people in `audience` (None: everybody)."""
        queues = [q for user, q in self._pages.values() if audience is None or user in audience]
        if not queues and not self._listeners:
            return
        data = build()
        for listener in list(self._listeners):
            listener(kind, audience, data)
        for queue in queues:
            queue.put_nowait({"type": kind, **data})

    async def serve(self, request: web.Request, user_id: str) -> web.WebSocketResponse:
        """Keeps one page up to date until it goes away."""
        socket = web.WebSocketResponse(heartbeat=20)
        await socket.prepare(request)
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self._pages[socket] = (user_id, queue)
        sender = asyncio.create_task(_pump(socket, queue))
        try:
            async for _ in socket:
                pass
        finally:
            self._pages.pop(socket, None)
            sender.cancel()
        return socket

    async def close(self) -> None:
        """Closes all pages."""
        for socket in list(self._pages):
            await socket.close()


async def _pump(socket: web.WebSocketResponse, queue: asyncio.Queue[Json]) -> None:
    while True:
        item: Any = await queue.get()
        try:
            await socket.send_json(item)
        except ConnectionError:
            return
