"""A playground that listens, and the real Slack SDK as the app that talks to it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from playground import cast
from playground.clock import Clock
from playground.manifest import EXAMPLE
from playground.person import Person
from playground.server import Playground

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Reply = Callable[[SocketModeRequest], Awaitable[dict[str, Any] | None]]


class RecordingApp:
    """An app that notes what arrives and answers as the test says; `silent` leaves it unacknowledged."""

    def __init__(self, pg: Playground, web: AsyncWebClient) -> None:
        self.requests: list[SocketModeRequest] = []
        self.pg, self.web = pg, web
        self.reply: Reply | None = None
        self.silent = 0
        client = AsyncWebClient(base_url=pg.api_url, retry_handlers=[])
        self.client = SocketModeClient(app_token=pg.app_token, web_client=client, auto_reconnect_enabled=True)
        self.client.socket_mode_request_listeners.append(self._take)  # type: ignore[arg-type]

    async def _take(self, client: SocketModeClient, request: SocketModeRequest) -> None:
        self.requests.append(request)
        if self.silent:
            self.silent -= 1
            return
        payload = await self.reply(request) if self.reply else None
        await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))

    async def connect(self) -> None:
        count = self.pg.socket.count + 1
        await self.client.connect()
        assert await self.pg.socket.wait_for(count, 5)

    async def close(self) -> None:
        await self.client.close()

    @property
    def payloads(self) -> list[dict[str, Any]]:
        """What has arrived, oldest first."""
        return [dict(request.payload) for request in self.requests]


@pytest.fixture
async def pg() -> AsyncIterator[Playground]:
    made = Playground(cast.load(), Clock(START), EXAMPLE)
    made.processing_seconds = 0
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def slack(pg: Playground) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(token=pg.bot_token, base_url=pg.api_url, session=session, retry_handlers=[])


@pytest.fixture
async def app(pg: Playground, slack: AsyncWebClient) -> AsyncIterator[RecordingApp]:
    made = RecordingApp(pg, slack)
    await made.connect()
    yield made
    await made.close()


def _person(pg: Playground, name: str) -> Person:
    user = pg.workspace.user_named(name)
    assert user is not None
    return Person(pg, user.id)


@pytest.fixture
def ana(pg: Playground) -> Person:
    return _person(pg, "ana")


@pytest.fixture
def bo(pg: Playground) -> Person:
    return _person(pg, "bo")


@pytest.fixture
def chi(pg: Playground) -> Person:
    return _person(pg, "chi")
