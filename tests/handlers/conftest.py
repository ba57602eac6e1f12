"""The production doors with a probe behind them, and the log they write."""

import io
from collections.abc import AsyncIterator, Iterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot import log
from bot.services.kit import Kit
from handlers.bolt import build
from handlers.guard import PATIENCE
from handlers.router import Routes
from handlers.socket import HeldSocket
from playground.server import Playground
from tests.handlers.probe import Doors, Probe, router_of

BUSY = 30.0
"""Seconds; a machine that does something else as well is no failure."""


@pytest.fixture
async def doors(kit: Kit, slack: Playground) -> AsyncIterator[Doors]:
    probe = Probe()
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    bolt, guard = build(kit, client, Routes([router_of(probe)]))
    guard.patience = slack.ack_seconds = slack.triggers.lifetime = BUSY
    socket = HeldSocket(bolt, slack.app_token, slack.api_url)
    await socket.connect()
    assert await slack.socket.wait_for(1, 5)
    yield Doors(slack, kit, guard, socket, client, probe)
    probe.gate.set()
    await guard.drain(5)
    await socket.drain(2)


@pytest.fixture
def in_earnest(doors: Doors) -> None:
    """As patient as in a real house, and Slack, too."""
    doors.guard.patience, doors.pg.ack_seconds = PATIENCE, 3.0


@pytest.fixture
def hurried(doors: Doors) -> None:
    """The guard gives up waiting after a tenth of a second, so that slow work need not be slow."""
    doors.guard.patience = 0.1


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """All that is logged."""
    stream = io.StringIO()
    log.configure("DEBUG", stream)
    yield stream
    log.configure("INFO")
