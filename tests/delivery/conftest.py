"""A post office per test."""

from collections.abc import AsyncIterator

import pytest

from bot.services.kit import Kit
from playground.server import Playground
from tests.clockwork import MovableClock
from tests.delivery.post_office import Office
from tests.world import World


@pytest.fixture
async def office(kit: Kit, clock: MovableClock, slack: Playground, world: World) -> AsyncIterator[Office]:
    opened = Office(kit, clock, slack)
    yield opened
    await opened.clients.close()
