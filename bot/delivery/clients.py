"""Slack clients for sends: one shared session for all workspaces, and nothing repeated behind our back."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Protocol

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

SLACK = "https://slack.com/api/"

CLOSING = 0.5
"""Seconds for what a slow Slack has not read yet."""

Token = Callable[[str], Awaitable[str]]
"""Workspace id → bot token."""


class ClientFor(Protocol):
    """Hands out the client of a workspace."""

    async def __call__(self, team: str) -> AsyncWebClient: ...


class Clients:
    """Open within a running loop, close at the end. `base_url` ends in `/api/`."""

    def __init__(self, token: Token, base_url: str = SLACK, timeout: timedelta = timedelta(seconds=20)) -> None:
        self._token = token
        self._base_url = base_url
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None

    async def __call__(self, team: str) -> AsyncWebClient:
        # slack_sdk repeats a send once after a dropped connection and opens a connection per call, unless told so.
        # Its own timeout is ignored beside a given session, so the session carries it.
        if self._session is None or self._session.closed:
            limit = aiohttp.TCPConnector(limit=128, keepalive_timeout=30)
            timeout = aiohttp.ClientTimeout(total=self._timeout.total_seconds())
            self._session = aiohttp.ClientSession(connector=limit, timeout=timeout)
        return AsyncWebClient(
            token=await self._token(team),
            base_url=self._base_url,
            session=self._session,
            retry_handlers=[],
            timeout=int(self._timeout.total_seconds()) or 1,
        )

    async def close(self) -> None:
        """Close the session, without waiting long for what a slow Slack has not read yet."""
        if self._session is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSING):
                    await self._session.close()


def one_token(token: str) -> Token:
    """The same token for every workspace: an app that is installed in one."""

    async def give(_team: str) -> str:
        return token

    return give
