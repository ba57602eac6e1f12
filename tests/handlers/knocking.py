"""A production door at a real address, and requests to it: signed as Slack would, or in every way it would not."""

import asyncio
import hashlib
import hmac
import io
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp
from multidict import CIMultiDict
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select

from bot.services.kit import Kit
from bot.views.common import sentence
from handlers.bolt import build
from handlers.guard import Guard
from handlers.http import SLACK
from handlers.http.checks import Origin
from handlers.http.door import Door
from handlers.http.server import HttpServer
from handlers.replies import Close, Reply, Say
from handlers.router import Router, Routes, Who
from handlers.turn import Turn
from playground.server import Playground
from storage import inbox
from storage import tables as t
from storage.store import Tx

SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = 1_772_438_400.0
SECRET = "the plum cake stands behind the printer"
TEAM, APP = "T07PG00001", "A07PG00001"
Headers = Iterable[tuple[str, str]]


@dataclass
class Rows:
    """A step made for tests: it keeps what it is told as rows, or only reads, or breaks in the middle."""

    failures: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    ran: list[str] = field(default_factory=list)

    def router(self) -> Router:
        router = Router("rows")
        for work in (self.keep, self.read, self.wait, self.stumble):
            router.command(work.__name__, Who.ALL)(work)
        router.submission("rows.keep")(self.close)
        router.event("app_home_opened")(self.event)
        return router

    async def keep(self, turn: Turn) -> Reply:
        self.ran.append("keep")
        async with turn.kit.store.write(turn.actor.team_id) as tx:
            await inbox.add(tx, turn.text, "kept", turn.kit.clock())
        return Say(sentence(f"Kept: {SECRET}"))

    async def read(self, turn: Turn) -> Reply:
        self.ran.append("read")
        return Say(sentence(SECRET))

    async def wait(self, turn: Turn) -> Reply:
        self.ran.append("wait")
        await self.gate.wait()
        return await self.keep(turn)

    async def stumble(self, turn: Turn) -> Reply:
        self.ran.append("stumble")
        async with turn.kit.store.write(turn.actor.team_id) as tx:
            await inbox.add(tx, turn.text, "kept", turn.kit.clock())
            raise ValueError(SECRET)

    async def close(self, turn: Turn) -> Reply:
        await self.keep(turn)
        return Close()

    async def event(self, kit: Kit, tx: Tx, event: dict[str, Any]) -> None:
        self.ran.append("event")
        if self.failures:
            self.failures -= 1
            raise RuntimeError(SECRET)


@dataclass
class Knocking:
    """The address, and the clock that the door sees."""

    kit: Kit
    rows: Rows
    session: aiohttp.ClientSession
    url: str
    lines: io.StringIO
    server: HttpServer
    guard: Guard
    now: float = NOW

    async def send(self, body: bytes, headers: Headers, method: str = "POST") -> tuple[int, str]:
        """The status and the text of the answer."""
        given = CIMultiDict(headers)
        async with self.session.request(method, self.url, data=body, headers=given) as answer:
            return answer.status, await answer.text()

    async def ask(self, body: bytes, *, json: bool = False, at: float | None = None, **more: str) -> tuple[int, str]:
        """A request as Slack signs it."""
        return await self.send(body, [*signed(body, at or self.now, json=json), *more.items()])

    async def stored(self) -> tuple[list[str], int]:
        """What was kept, and how many requests are marked as taken."""
        async with self.kit.store.read("") as tx:
            kept = list(await tx.conn.scalars(select(t.inbox.c.event_id).order_by(t.inbox.c.event_id)))
            taken = list(await tx.conn.scalars(select(t.taken_request.c.signature)))
        return kept, len(taken)


def signed(body: bytes, at: float = NOW, *, json: bool = False, secret: str = SIGNING_SECRET) -> list[tuple[str, str]]:
    """The three headers."""
    stamp = str(int(at))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    kind = "application/json" if json else "application/x-www-form-urlencoded"
    return [("X-Slack-Request-Timestamp", stamp), ("X-Slack-Signature", f"v0={digest}"), ("Content-Type", kind)]


def command(text: str = f"keep {SECRET}", **changes: str) -> bytes:
    """A slash command's body."""
    fields = {"command": "/revmentor", "text": text, "team_id": TEAM, "user_id": "U1", "api_app_id": APP}
    return urlencode({**fields, "trigger_id": "1.2.3", "response_url": "http://127.0.0.1:9/", **changes}).encode()


def submission(**changes: Any) -> bytes:
    """A modal's submission."""
    view = {"id": "V1", "type": "modal", "callback_id": "rows.keep", "blocks": [], "state": {"values": {}}}
    who = {"user": {"id": "U1", "team_id": TEAM}, "team": {"id": TEAM}, "api_app_id": APP}
    return urlencode({"payload": json.dumps({"type": "view_submission", "view": view, **who, **changes})}).encode()


def event(event_id: str = "Ev1", **changes: Any) -> bytes:
    """An event's body."""
    inner = {"type": "app_home_opened", "user": "U1", "tab": "home"}
    whole = {"type": "event_callback", "team_id": TEAM, "api_app_id": APP, "event_id": event_id, "event": inner}
    return json.dumps({**whole, **changes}).encode()


@asynccontextmanager
async def knocking(kit: Kit, slack: Playground, lines: io.StringIO) -> AsyncIterator[Knocking]:
    """The door, open."""
    rows = Rows()
    routes = Routes([rows.router()])
    bolt, guard = build(kit, AsyncWebClient(token=slack.bot_token, base_url=slack.api_url), routes)
    async with aiohttp.ClientSession() as session:
        door = Door(kit, bolt, routes, SIGNING_SECRET, Origin(TEAM, APP), wall=lambda: made.now)
        server = HttpServer({SLACK: door}, 2.0)
        await server.start("127.0.0.1", 0)
        made = Knocking(kit, rows, session, f"http://127.0.0.1:{server.port}{SLACK}", lines, server, guard)
        yield made
        await guard.drain(2)
        await server.drain()
