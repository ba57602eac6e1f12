"""The one place where the parts of a running bot are put together."""

import asyncio
import random
from collections.abc import Awaitable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock, system_clock
from bot.delivery.clients import Clients, one_token
from bot.delivery.courier import Courier
from bot.domain.delivery import Pacing
from bot.domain.privacy import Keeping
from bot.services import workspace
from bot.services.kit import Kit
from bot.settings import Settings, master_keys
from cli.doors import DRAIN, Doors, open_doors
from handlers import routes
from handlers.bolt import build
from handlers.guard import Guard
from prompts import Library
from storage.migrate import migrate
from storage.store import Store

GRACE = 8.0
"""Seconds for what is under way when told to stop; a supervisor usually kills after ten."""


@dataclass
class House:
    """All parts of one running bot. Tests and the demo build it like this too, with a clock of their own."""

    kit: Kit
    courier: Courier
    clients: Clients
    guard: Guard
    doors: Doors

    async def stop(self, seconds: float = GRACE, *beside: Awaitable[None]) -> None:
        """Begin nothing more, let what is under way finish, close everything; within `seconds`, whatever hangs.

        What is to be stopped `beside` it takes a quarter of them at most, and is done before anything is closed.
        """
        try:
            await asyncio.gather(self._answer(seconds / 2), self.courier.stop(seconds / 4), *beside)
        finally:
            await self.clients.close()
            await self.kit.store.close(seconds / 8)

    async def _answer(self, seconds: float) -> None:
        """Let those who are heard already have their answers."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        with suppress(TimeoutError):
            async with asyncio.timeout_at(end):
                await self.doors.drain(min(DRAIN, seconds * 5 / 8))
        await self.guard.drain(max(end - loop.time(), 0))


async def open_house(
    settings: Settings,
    library: Library,
    *,
    clock: Clock = system_clock,
    dice: random.Random | None = None,
    pacing: Pacing | None = None,
) -> House:
    """Bring the database up to date, connect to Slack or wait for its requests.

    Raises StoreBusy, StoreUnusable, NewerSchema, CannotListen, SlackApiError, aiohttp.ClientError and TimeoutError.
    """
    async with AsyncExitStack() as undo:
        store = Store(settings.database_url, master_keys(settings.master_keys))
        undo.push_async_callback(store.close)
        await migrate(store)
        token = settings.slack_bot_token.get_secret_value()
        client = AsyncWebClient(token=token, base_url=settings.slack_api_url)
        who = await client.auth_test()
        woken = asyncio.Event()
        store.when_queued = woken.set
        keeping = Keeping(settings.retention_text_days, settings.retention_days)
        kit = Kit(store, clock, library, dice or random.SystemRandom(), who["team_id"], keeping)
        clients = Clients(one_token(token), settings.slack_api_url)
        undo.push_async_callback(clients.close)
        pacing = pacing or Pacing(per_minute=60 * settings.messages_per_second)
        courier = Courier(kit, clients, pacing=pacing, woken=woken)
        bolt, guard = build(kit, client, routes())
        doors = await open_doors(settings, kit, bolt, client, who)
        undo.push_async_callback(doors.drain)
        await workspace.back(kit, kit.team)
        undo.pop_all()
    return House(kit, courier, clients, guard, doors)
