"""Socket Mode: up to ten connections, envelopes handed out in turn, acknowledgements waited for."""

import asyncio
import contextlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from playground.delivery import Ack
from playground.errors import Json
from playground.ids import Ids

MOST = 10
TICKET_SECONDS = 30.0
SLACKS_LIFETIME = 3600.0  # seconds, about


@dataclass(eq=False)
class Connection:
    """One open web socket of the app, and the envelopes it has not yet acknowledged."""

    ws: web.WebSocketResponse
    pending: dict[str, asyncio.Future[Ack]] = field(default_factory=dict)


class SocketMode:
    """Hands envelopes to the app over its open connections."""

    def __init__(self, ids: Ids, app_id: str) -> None:
        self._ids = ids
        self._app_id = app_id
        self._tickets: dict[str, float] = {}
        self._connections: list[Connection] = []
        self._leaving: list[Connection] = []
        self._turn = 0
        self._changed = asyncio.Event()
        self._ageing: set[asyncio.Task[None]] = set()
        self.on_connect: Callable[[], None] | None = None
        self.enabled = True
        self.lifetime: float | None = None  # real seconds after which a connection has to make place; None: never
        self.grace = 10.0  # real seconds between warning, refresh and end

    @property
    def count(self) -> int:
        """How many connections are open."""
        return len(self._connections)

    def ticket_url(self, base_url: str) -> str:
        """The address of one connection to be, good for half a minute and once."""
        ticket = f"ticket-{self._ids.number('ticket'):06d}"
        self._tickets[ticket] = time.monotonic() + TICKET_SECONDS
        return f"{base_url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={self._app_id}"

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from hello to its end."""
        expires = self._tickets.pop(request.query.get("ticket", ""), 0.0)
        if time.monotonic() > expires:
            raise web.HTTPForbidden(text="the ticket is unknown, used or too old")
        ws = web.WebSocketResponse(heartbeat=15)
        await ws.prepare(request)
        if self.count >= MOST:
            await ws.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await ws.close()
            return ws
        connection = Connection(ws)
        self._connections.append(connection)
        ageing = self._age_in_background(connection)
        try:
            await ws.send_json(self._hello())
            self._signal()
            await _read(connection)
        finally:
            if ageing is not None:
                ageing.cancel()
            self._drop(connection)
        return ws

    def _age_in_background(self, connection: Connection) -> asyncio.Task[None] | None:
        if self.lifetime is None:
            return None
        task = asyncio.create_task(self._age(connection, self.lifetime))
        self._ageing.add(task)
        task.add_done_callback(self._ageing.discard)
        return task

    async def _age(self, connection: Connection, lifetime: float) -> None:
        await asyncio.sleep(max(lifetime - self.grace, 0.0))
        await _tell(connection, "warning")
        await asyncio.sleep(self.grace)
        await self._retire(connection)
        await asyncio.sleep(self.grace)
        await connection.ws.close()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self.count,
            "connection_info": {"app_id": self._app_id},
            "debug_info": {
                "host": "playground",
                "build_number": 1,
                "approximate_connection_time": int(self.lifetime or SLACKS_LIFETIME),
            },
        }

    def _signal(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
        if self.on_connect is not None:
            self.on_connect()

    def _drop(self, connection: Connection) -> None:
        for known in (self._connections, self._leaving):
            if connection in known:
                known.remove(connection)
        for future in connection.pending.values():
            if not future.done():
                future.set_result(Ack(False, "dispatch_failed", reason="socket_closed"))
        self._signal()

    async def wait_for(self, count: int, seconds: float) -> bool:
        """Waits until that many connections are open; False where real time runs out first."""
        end = time.monotonic() + seconds
        while self.count < count:
            left = end - time.monotonic()
            if left <= 0:
                return False
            try:
                await asyncio.wait_for(self._changed.wait(), left)
            except TimeoutError:
                return False
        return True

    async def send(self, kind: str, payload: Json, seconds: float, retry: Json | None = None) -> Ack:
        """Hands one envelope over and waits for its acknowledgement, `seconds` of real time at most."""
        connection = self._next()
        if connection is None:
            return Ack(False, "dispatch_failed", reason="socket_closed")
        envelope_id = f"envelope-{self._ids.number('envelope'):08d}"
        answerable = kind != "events_api"
        envelope = {
            "envelope_id": envelope_id,
            "type": kind,
            "accepts_response_payload": answerable,
            "payload": payload,
            **(retry or {}),
        }
        future: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        connection.pending[envelope_id] = future
        try:
            await connection.ws.send_json(envelope)
            return await asyncio.wait_for(future, seconds)
        except TimeoutError:
            return Ack(False, "operation_timeout", reason="timeout")
        except ConnectionError:
            return Ack(False, "dispatch_failed", reason="socket_closed")
        finally:
            connection.pending.pop(envelope_id, None)

    def _next(self) -> Connection | None:
        usable = [connection for connection in self._connections if not connection.ws.closed]
        if not usable:
            return None
        self._turn += 1
        return usable[self._turn % len(usable)]

    async def warn(self) -> None:
        """Says on every connection that it is about to end; until then it is served like before."""
        for connection in list(self._connections):
            await _tell(connection, "warning")

    async def refresh(self) -> None:
        """Tells every connection to make place for a new one, as Slack does every hour or so.

        An old connection gets nothing more, but what it still acknowledges counts.
        """
        for connection in list(self._connections):
            await self._retire(connection)

    async def _retire(self, connection: Connection) -> None:
        if connection in self._connections:
            self._connections.remove(connection)
            self._leaving.append(connection)
            await _tell(connection, "refresh_requested")

    async def disable(self) -> None:
        """Switches Socket Mode off as in the app's settings: connections end, and no new one is given out."""
        self.enabled = False
        self._tickets.clear()
        for connection in [*self._connections, *self._leaving]:
            await _tell(connection, "link_disabled")
            await connection.ws.close()

    async def drop(self) -> None:
        """Cuts every connection without a word, as a network does."""
        for connection in [*self._connections, *self._leaving]:
            await connection.ws.close(code=1011)

    async def close(self) -> None:
        """Ends all connections."""
        for connection in [*self._connections, *self._leaving]:
            await connection.ws.close()


async def _tell(connection: Connection, reason: str) -> None:
    with contextlib.suppress(ConnectionError):
        await connection.ws.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}})


async def _read(connection: Connection) -> None:
    async for incoming in connection.ws:
        if incoming.type is not WSMsgType.TEXT:
            continue
        answer = _answer(incoming.data)
        future = connection.pending.get(answer.get("envelope_id", ""))
        if future is not None and not future.done():
            future.set_result(Ack(True, None, answer.get("payload") or {}))


def _answer(text: str) -> dict[str, Any]:
    try:
        answer = json.loads(text)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
