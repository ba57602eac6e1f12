"""How Slack reaches a running bot: through a connection that we open, or at an address that we serve."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.services.kit import Kit
from bot.settings import Settings
from handlers import routes
from handlers.http import SLACK
from handlers.socket import HeldSocket

if TYPE_CHECKING:
    from handlers.http.health import Health
    from handlers.http.server import HttpServer, Page

DRAIN = 2.5
"""Seconds for requests that are under way when told to stop; the guard answers within two."""


@dataclass
class Doors:
    """The socket in Socket Mode; the server in HTTP mode, or wherever a port is set."""

    socket: HeldSocket | None = None
    server: "HttpServer | None" = None
    health: "Health | None" = None

    @property
    def port(self) -> int | None:
        """Where the server listens, if there is one."""
        return self.server.port if self.server else None

    def announce_stop(self) -> None:
        """`/readyz` says from now on that nothing should be sent here."""
        if self.health is not None:
            self.health.stopping = True

    async def drain(self, seconds: float = DRAIN) -> None:
        """Accept nothing more and let what is under way be answered; the connections are closed afterwards."""
        self.announce_stop()
        closing = [self.socket.drain(seconds)] if self.socket else []
        await asyncio.gather(*closing, *([self.server.drain()] if self.server else []))


async def open_doors(settings: Settings, kit: Kit, bolt: AsyncApp, client: AsyncWebClient, who: Any) -> Doors:
    """Open what the settings ask for; `who` is what auth.test said.

    Raises CannotListen, SlackApiError, aiohttp.ClientError and TimeoutError; nothing stays open then.
    """
    doors = Doors()
    try:
        if settings.slack_app_token is not None:
            doors.socket = HeldSocket(bolt, settings.slack_app_token.get_secret_value(), settings.slack_api_url)
            await doors.socket.connect()
        if settings.http_port is not None:
            await _serve(doors, settings, kit, bolt, client, who)
    except BaseException:
        await doors.drain()
        raise
    return doors


async def _serve(doors: Doors, settings: Settings, kit: Kit, bolt: AsyncApp, client: AsyncWebClient, who: Any) -> None:
    # Imported where they are used: a bot without a port does without a web server.
    from handlers.http.health import Health, SlackToken
    from handlers.http.metrics import Metrics
    from handlers.http.server import HttpServer

    health = Health(kit, SlackToken(client.auth_test), doors.socket)
    pages: dict[str, Page] = {
        "/healthz": health.alive,
        "/readyz": health.ready,
        "/metrics": Metrics(kit, who["team_id"]).page,
    }
    if settings.slack_signing_secret is not None:
        pages[SLACK] = await _slack(settings.slack_signing_secret.get_secret_value(), kit, bolt, client, who)
    server = HttpServer(pages, DRAIN)
    await server.start(settings.http_host, settings.http_port or 0)
    doors.server, doors.health = server, health


async def _slack(secret: str, kit: Kit, bolt: AsyncApp, client: AsyncWebClient, who: Any) -> "Page":
    from handlers.http.checks import Origin
    from handlers.http.door import Door

    bot = (await client.bots_info(bot=who["bot_id"]))["bot"]  # auth.test does not tell the app's id
    return Door(kit, bolt, routes(), secret, Origin(who["team_id"], bot["app_id"]))
