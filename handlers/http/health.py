"""Whether the process lives (`/healthz`) and whether it can do its work (`/readyz`), each check by name."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from aiohttp import ClientError, web
from slack_sdk.errors import SlackApiError

from bot.services.kit import Kit
from handlers.socket import HeldSocket
from storage.migrate import revision, revisions

OK = "ok"
_PATIENCE = 2.0
_ASK_AGAIN = 60.0
_TRUSTED = 600.0

Ask = Callable[[], Awaitable[object]]


class SlackToken:
    """Whether Slack knows the bot's token; asked once a minute at most.

    A Slack that is away says nothing about the token: what it last said holds for ten minutes.
    """

    def __init__(self, ask: Ask, clock: Callable[[], float] = time.monotonic) -> None:
        """`ask` calls auth.test; it has just been answered. `clock` counts seconds."""
        self._ask = ask
        self._clock = clock
        self._asked = self._confirmed = clock()
        self._refused = ""

    async def state(self) -> str:
        """`ok`, or what is wrong."""
        if self._clock() - self._asked >= _ASK_AGAIN:
            self._asked = self._clock()
            await self._look()
        if self._refused:
            return f"token refused: {self._refused}"
        return OK if self._clock() - self._confirmed < _TRUSTED else "not reached for ten minutes"

    async def _look(self) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._ask()
        except SlackApiError as problem:
            answer = problem.response.data
            if isinstance(answer, dict) and problem.response.status_code == 200:
                self._refused = str(answer.get("error", "unknown"))[:40]
        except (ClientError, OSError, TimeoutError):
            pass
        else:
            self._refused, self._confirmed = "", self._clock()


class Health:
    """The two pages; `stopping` is set when the process was told to stop."""

    def __init__(self, kit: Kit, token: SlackToken, socket: HeldSocket | None) -> None:
        self._kit = kit
        self._token = token
        self._socket = socket
        self._head = revisions()[-1]
        self.stopping = False

    async def alive(self, _request: web.BaseRequest) -> web.Response:
        """The process answers, whatever it can or cannot do."""
        return web.Response(text="alive\n")

    async def ready(self, _request: web.BaseRequest) -> web.Response:
        """200 when every check is `ok`, else 503; the checks either way."""
        checks = await self.checks()
        good = all(state == OK for state in checks.values())
        return web.json_response({"ready": good, "checks": checks}, status=200 if good else 503)

    async def checks(self) -> dict[str, str]:
        """Each check and what came of it."""
        found = {"running": "stopping" if self.stopping else OK, "database": OK, "migrations": OK}
        try:
            async with asyncio.timeout(_PATIENCE):
                if await revision(self._kit.store) != self._head:
                    found["migrations"] = "another version's schema"
        except Exception as problem:  # whatever a driver raises, without its words: they name hosts and users
            found["database"] = found["migrations"] = type(problem).__name__
        found["slack"] = await self._token.state()
        if self._socket is not None:
            found["socket"] = OK if await self._socket.connected() else "not connected"
        return found
