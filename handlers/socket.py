"""Socket Mode: every request's task is held, and can be waited for when the process is told to stop."""

import asyncio
import time
from contextlib import suppress
from typing import Any

from aiohttp import ClientSession, ClientWSTimeout
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.log import log

_OPENING = 20.0

GOODBYE = 1.0
"""Seconds that Slack has to say goodbye too; aiohttp would wait for ten, and anew after whatever comes in instead."""


class OneTry:
    """The client's session; an address is good for one connection, so a try that fails is followed by a fresh one.

    The SDK keeps the address of a failed try and goes on calling it for ever.
    """

    def __init__(self, client: Any, session: ClientSession) -> None:
        self._client = client
        self._session = session

    @property
    def closed(self) -> bool:
        return self._session.closed

    async def ws_connect(self, address: str, **options: Any) -> Any:
        """Connect; the client has no address afterwards and asks Slack for one before it tries again."""
        self._client.wss_uri = None
        return await self._session.ws_connect(address, timeout=ClientWSTimeout(ws_close=GOODBYE), **options)

    async def close(self) -> None:
        await self._session.close()


class HeldSocket(AsyncSocketModeHandler):
    """Bolt's handler, but slack_sdk starts its listeners as tasks that nobody refers to: here they are kept."""

    def __init__(self, app: AsyncApp, app_token: str, api_url: str) -> None:
        # A client of its own: it opens connections with the app token, and must know the base URL too.
        super().__init__(app, app_token, web_client=AsyncWebClient(token=app_token, base_url=api_url))
        client: Any = self.client
        client.aiohttp_client_session = OneTry(client, client.aiohttp_client_session)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._draining = False

    @property
    def busy(self) -> int:
        """How many envelopes are under way."""
        return len(self._tasks)

    async def connect(self) -> None:
        """Open the connection. Raises SlackApiError for a bad app token, TimeoutError where no socket opens.

        The SDK would try again for ever, with nobody told, and trips over an answer that is not Slack's.
        """
        answer = await self.client.web_client.apps_connections_open(app_token=self.client.app_token)
        self.client.wss_uri = str(answer["url"])
        async with asyncio.timeout(_OPENING):
            await self.client.connect()

    async def handle(self, client: Any, req: SocketModeRequest) -> None:
        """Run one envelope; it is acknowledged after the work is stored, and a failure leaves it to Slack's retry.

        While draining nothing new is begun: what is not acknowledged comes to the next connection.
        """
        if self._draining:
            return
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        started = time.perf_counter()
        try:
            await send_async_response(client, req, await run_async_bolt_app(self.app, req), time.time())
            metrics.answered.add(_kind(req), time.perf_counter() - started)
        except Exception as problem:
            log.error("envelope_failed", kind=req.type, exc_info=problem)

    async def connected(self) -> bool:
        """Whether requests can come in at this moment."""
        return not self._draining and await self.client.is_connected()

    async def drain(self, seconds: float) -> None:
        """Begin nothing new, and wait for what is under way: its acknowledgement needs the connection."""
        self._draining = True
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        await self.close()

    async def close(self) -> None:
        """Let go of the connection and its session, whether or not Slack says goodbye too."""
        client: Any = self.client
        with suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE):
                await client.close()
        for task in (client.message_processor, client.current_session_monitor, client.message_receiver):
            if task is not None:
                task.cancel()
        with suppress(TimeoutError):  # it waits until what was written has left
            async with asyncio.timeout(GOODBYE / 4):
                await client.aiohttp_client_session.close()


def _kind(req: SocketModeRequest) -> str:
    """As the HTTP door names it."""
    if req.type != "interactive":
        return {"slash_commands": "command", "events_api": "event"}.get(req.type, "unused")
    return {"block_actions": "action", "view_submission": "submission"}.get(str(req.payload.get("type")), "unused")
