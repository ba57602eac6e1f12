"""The playground itself: state, tokens and manifest of one app in one workspace, served on this machine."""

import asyncio
import time
from collections import deque
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from aiohttp import web

from playground import manifest as manifests
from playground import payloads
from playground.clock import Clock
from playground.delivery import Ack, Channel, Events
from playground.errors import Json
from playground.faults import Faults
from playground.http_mode import HttpMode
from playground.limits import Limits
from playground.live import Live
from playground.records import Message, User
from playground.request_log import RequestLog, Row
from playground.response_urls import ResponseUrls
from playground.routes import build
from playground.socket_mode import SocketMode
from playground.triggers import Triggers
from playground.views import Views
from playground.workspace import Workspace

BOT_TOKEN = "xoxb-playground-0001"
APP_TOKEN = "xapp-playground-0001"


class Tokens(NamedTuple):
    """What an app needs to talk to the playground."""

    bot_token: str
    app_token: str


class Playground:
    """A Slack of one's own; `start` it, point an app's base URL at `api_url`, and open `page_url`."""

    app_id = "A07PG00001"
    bot_id = "U07BOT0001"
    bot_profile_id = "B07PG00001"

    def __init__(
        self,
        workspace: Workspace,
        clock: Clock,
        manifest: Json,
        *,
        faults: Faults | None = None,
        granted: Collection[str] = (),
    ) -> None:
        self.workspace = workspace
        self.clock = clock
        self.manifest = manifests.parse(manifest, granted)
        self.faults = faults or Faults()
        self.bot_token, self.app_token = BOT_TOKEN, APP_TOKEN
        self.token_states: dict[str, str] = {}  # token -> the error it gets, such as account_inactive
        self.completions: dict[str, list[Json]] = {}  # command -> [{"text": …, "description": …}]
        self.ack_seconds = 3.0  # real seconds, as with Slack
        self.processing_seconds = 0.2  # real seconds until an uploaded file can be shown in a block
        self.problems: deque[str] = deque(maxlen=1000)
        self.limits = Limits(clock.now)
        self.log = RequestLog()
        self.live = Live()
        self.triggers = Triggers(workspace.ids, workspace.team_id)
        self.response_urls = ResponseUrls(self)
        self.socket = SocketMode(workspace.ids, self.app_id)
        self.channel: Channel = self.socket
        self.events = Events()
        app = {"app_id": self.app_id, "bot_id": self.bot_profile_id, "app_installed_team_id": workspace.team_id}
        self.views = Views(workspace, clock.now, app)
        self._move_in()

    def _move_in(self) -> None:
        """The bot becomes a member, and whoever watches hears of what happens."""
        self.base_url = ""
        self._runner: web.AppRunner | None = None
        self._background: set[asyncio.Task[Any]] = set()
        name = self.manifest.bot_name
        self.workspace.bot_user_id = self.bot_id
        self.workspace.users[self.bot_id] = User(self.bot_id, name, name, is_bot=True, tz="UTC")
        self.workspace.notify = self.live.publish
        self.log.on_row = self._tell_row
        self.clock.on_change(self._tell_clock)

    @property
    def tokens(self) -> Tokens:
        """The bot token and the app token."""
        return Tokens(self.bot_token, self.app_token)

    @property
    def api_url(self) -> str:
        """What an app takes for https://slack.com/api/."""
        return f"{self.base_url}/api/"

    @property
    def page_url(self) -> str:
        """What a person opens in a browser."""
        return f"{self.base_url}/"

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listens and returns the base address; port 0 takes a free one."""
        self._runner = web.AppRunner(build(self), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        taken = self._runner.addresses[0][1]
        self.base_url = f"http://{host}:{taken}"
        return self.base_url

    async def stop(self) -> None:
        """Ends all connections and stops listening."""
        await self.events.close()
        for task in list(self._background):
            task.cancel()
        await self.channel.close()
        await self.socket.close()
        await self.live.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def use_http(self, url: str, signing_secret: str) -> None:
        """From now on hands everything over in signed requests to `url` instead of Socket Mode."""
        self.channel = HttpMode(url, signing_secret)

    def set_token_state(self, token: str, error: str | None) -> None:
        """Makes a token fail with account_inactive, token_revoked, invalid_auth …; None heals it."""
        if error is None:
            self.token_states.pop(token, None)
        else:
            self.token_states[token] = error

    def problem(self, text: str, user_id: str | None = None) -> None:
        """Notes that the app did something Slack advises against or fails at; shown to the person it hit."""
        self.problems.append(text)
        self.live.publish("problem", {user_id} if user_id else None, lambda: {"text": text})

    def message(self, message: Message, *, metadata: bool = False) -> Json:
        """The message object of answers and payloads."""
        made: Json = {
            "type": "message",
            "user": message.user,
            "ts": message.ts,
            "text": message.text,
            "team": self.workspace.team_id,
        }
        if message.is_bot:
            made |= {"bot_id": self.bot_profile_id, "app_id": self.app_id}
        if message.blocks:
            made["blocks"] = message.blocks
        if message.thread_ts:
            made["thread_ts"] = message.thread_ts
        if message.edited:
            made["edited"] = {"user": message.user, "ts": message.edited}
        if message.files:
            made["files"] = [file.to_slack(self.base_url, message.user) for file in message.files]
        if metadata and message.metadata:
            made["metadata"] = message.metadata
        return made

    def file_trouble(self, reference: Json) -> str | None:
        """What is wrong with a slack_file in an image block; None where it can be shown."""
        url = str(reference.get("url", ""))
        file_id = reference.get("id") or url.rpartition("/files/")[2].partition("/")[0]
        file = self.workspace.files.get(file_id)
        if file is None or not file.completed:
            return "invalid slack file: there is no such file"
        if time.monotonic() < file.ready_at:
            return "invalid slack file: it is still being processed"
        return None

    async def hand_over(self, kind: str, what: str, payload: Json) -> Ack:
        """Gives a command or interaction to the app and waits for its acknowledgement."""
        started = time.perf_counter()
        ack = await self.channel.send(kind, payload, self.ack_seconds)
        self._log_out(what, ack, started, payload)
        return ack

    async def send_event(self, inner: Json) -> Ack:
        """Tells the app of an event its manifest asks for; waits for the first acknowledgement."""
        if inner["type"] not in self.manifest.events:
            return Ack(True)
        started = time.perf_counter()
        payload = payloads.event(self, inner)
        ack = await self.events.send(self.channel, payload, self.ack_seconds)
        self._log_out(f"event {inner['type']}", ack, started, payload)
        return ack

    async def change_user(self, user_id: str, **changes: Any) -> Ack:
        """Changes a person (deleted, tz, title, …) and sends user_change."""
        user = self.workspace.user(user_id)
        for key, value in changes.items():
            setattr(user, key, value)
        now = self.clock.now()
        shown = user.to_slack(self.workspace.team_id, now)
        return await self.send_event({"type": "user_change", "user": shown, "cache_ts": int(now.timestamp())})

    async def uninstall(self) -> Ack:
        """Takes the app out of the workspace: its tokens die, and app_uninstalled and tokens_revoked are sent."""
        self.set_token_state(self.bot_token, "account_inactive")
        await self.send_event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.bot_id]}})
        return await self.send_event({"type": "app_uninstalled"})

    async def revoke_tokens(self) -> Ack:
        """Makes the bot token worthless while the app stays, and sends tokens_revoked."""
        self.set_token_state(self.bot_token, "token_revoked")
        return await self.send_event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.bot_id]}})

    def in_background(self, work: Any) -> None:
        """Runs a coroutine without making anybody wait."""
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def settle(self) -> None:
        """Waits until nothing is on its way to the app any more."""
        while self._background:
            await asyncio.gather(*self._background)
        await self.events.settle()

    def _log_out(self, what: str, ack: Ack, started: float, payload: Json) -> None:
        spent = (time.perf_counter() - started) * 1000
        status = "ok" if ack.ok else str(ack.error)
        self.log.add(self.clock.now(), "slack→bot", what, status, spent, payload, ack.payload)

    def _tell_row(self, row: Row) -> None:
        self.live.publish("request", None, lambda: {"request": row.to_page()})

    def _tell_clock(self, now: datetime) -> None:
        self.live.publish("clock", None, lambda: {"now_iso": now.isoformat()})
