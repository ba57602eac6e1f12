"""The one place where the parts of a running bot are put together."""

import asyncio
import random
from contextlib import AsyncExitStack
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
from cli.doors import Doors, open_doors
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

    async def stop(self, seconds: float = GRACE) -> None:
        """Stop listening, let what is under way finish, close everything."""
        await self.doors.drain()
        await self.guard.drain(seconds / 4)
        await self.courier.stop(seconds / 4)
        await self.clients.close()
        await self.kit.store.close()


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
