"""The web addresses of the playground: Web API, Socket Mode, uploads, response_urls and the page."""

import asyncio
import json
import math
import time
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from playground import args as arg
from playground import file_fields, page_api
from playground.api import METHODS, Call, Method
from playground.errors import Json, RateLimited, SlackError
from playground.faults import Fault

if TYPE_CHECKING:
    from playground.server import Playground

PAGE = Path(__file__).parent / "page"
MOST_BYTES = 64 * 1024 * 1024
DONE_FIRST = frozenset({"500_after", "internal_error_after", "drop_after", "slow"})


def build(pg: "Playground") -> web.Application:
    """The application that serves a playground."""
    app = web.Application(client_max_size=MOST_BYTES)
    routes = Routes(pg)
    app.router.add_route("*", "/api/{method}", routes.api)
    app.router.add_get("/link/", routes.link)
    app.router.add_post("/upload/{file_id}", routes.upload)
    app.router.add_get("/files/{file_id}/{name}", routes.file)
    app.router.add_post("/response/{key}", routes.response)
    page_api.add_routes(app, pg, PAGE)
    return app


@dataclass
class Reply:
    """What becomes of one call: its arguments once they are read, and the answer to it."""

    body: Json
    args: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200

    def response(self) -> web.Response:
        """The answer as it goes out."""
        return _json(self.body, self.status, self.headers)


class Routes:
    """What the app under test talks to."""

    def __init__(self, pg: "Playground") -> None:
        self._pg = pg

    async def api(self, request: web.Request) -> web.StreamResponse:
        """One Web API call, with the fault that may strike it."""
        started = time.perf_counter()
        name = request.match_info["method"]
        fault = self._pg.faults.decide(name)
        reply = Reply({})
        if fault is None or fault.kind in DONE_FIRST:
            await self._answer(request, name, reply)
        response = await self._respond(request, fault, reply)
        response.headers["Date"] = format_datetime(self._pg.clock.now().astimezone(UTC), usegmt=True)
        spent = (time.perf_counter() - started) * 1000
        status = fault.kind if fault else response.status
        now, text = self._pg.clock.now(), response.text or ""
        self._pg.log.add(now, "bot→slack", name, status, spent, reply.args, text)
        return response

    async def _answer(self, request: web.Request, name: str, reply: Reply) -> None:
        try:
            reply.args, token = await arg.parse(request)
            reply.body = {"ok": True, **self._run(name, reply, token)}
        except RateLimited as refusal:
            reply.body, reply.status = refusal.body(), 429
            reply.headers["Retry-After"] = str(math.ceil(refusal.seconds))
        except SlackError as refusal:
            reply.body = refusal.body()

    def _run(self, name: str, reply: Reply, token: str | None) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        kind = self._token_kind(method, token)
        seconds = self._pg.limits.take(name, self._place(reply.args))
        if seconds:
            raise RateLimited(seconds)
        call = Call(self._pg, reply.args, kind)
        try:
            if kind == "bot":
                call.need(*method.scopes)
            return method.handler(call)
        finally:
            reply.headers.update(self._scopes(call))

    def _place(self, args: Json) -> str:
        """The conversation of a call; the app's DM with a person is that person, for a call may name either."""
        named = str(args.get("channel") or "")
        place = self._pg.workspace.conversations.get(named)
        return place.members[0] if place is not None and place.kind == "app" else named

    def _scopes(self, call: Call) -> dict[str, str]:
        """What the token may do, and what the method asks for, as Slack tells with each answer."""
        if call.token_kind is None:
            return {}
        own = self._pg.manifest.provided if call.token_kind == "bot" else "connections:write"
        asked = {"X-Accepted-OAuth-Scopes": ",".join(call.asked)} if call.asked else {}
        return {"X-OAuth-Scopes": own, **asked}

    def _token_kind(self, method: Method, token: str | None) -> str | None:
        if not method.token:
            return None
        if not token:
            raise SlackError("not_authed")
        if token in self._pg.token_states:
            raise SlackError(self._pg.token_states[token])
        kinds = {self._pg.bot_token: "bot", self._pg.app_token: "app"}
        if token not in kinds:
            raise SlackError("invalid_auth")
        if method.token not in ("any", kinds[token]):
            raise SlackError("not_allowed_token_type")
        return kinds[token]

    async def _respond(self, request: web.Request, fault: Fault | None, reply: Reply) -> web.Response:
        if fault is None:
            return reply.response()
        if fault.kind.startswith("drop"):
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)
        if fault.kind == "slow":
            await asyncio.sleep(fault.retry_after)
            return reply.response()
        return _faulty(fault)

    async def link(self, request: web.Request) -> web.StreamResponse:
        """Socket Mode."""
        return await self._pg.socket.serve(request)

    async def upload(self, request: web.Request) -> web.Response:
        """The bytes of a file, raw or as a form."""
        file = self._pg.workspace.files.get(request.match_info["file_id"])
        if file is None or file.uploaded:
            return web.Response(status=404, text="no such upload")
        content = await _bytes(request)
        if len(content) != file.length:
            return web.Response(status=400, text=f"expected {file.length} bytes, got {len(content)}")
        file.content, file.uploaded = content, True
        return web.Response(text=f"OK - {len(content)}")

    async def file(self, request: web.Request) -> web.Response:
        """An uploaded file."""
        file = self._pg.workspace.files.get(request.match_info["file_id"])
        if file is None or not file.uploaded:
            raise web.HTTPNotFound(text="no such file")
        if file.owner and not self._may_read(request):  # as Slack does: its page for signing in, with 200
            return web.Response(text="<html><body>Sign in to your workspace</body></html>", content_type="text/html")
        safe = file.mimetype.startswith(("image/png", "image/jpeg", "image/gif", "text/plain"))
        headers = {"X-Content-Type-Options": "nosniff"}
        if not safe:
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=file.content, content_type=file.mimetype, headers=headers)

    def _may_read(self, request: web.Request) -> bool:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return token == self._pg.bot_token and file_fields.SCOPE in self._pg.manifest.scopes

    async def response(self, request: web.Request) -> web.Response:
        """What is posted to a response_url."""
        started = time.perf_counter()
        body: Json = {}
        try:
            body = await _json_body(request)
            self._pg.response_urls.take(request.match_info["key"], body)
            response = web.Response(text="ok")
        except SlackError as refusal:
            gone = refusal.error in ("used_url", "expired_url")
            response = _json(refusal.body(), 404 if gone else 400)
        spent = (time.perf_counter() - started) * 1000
        now, text = self._pg.clock.now(), response.text or ""
        self._pg.log.add(now, "bot→slack", "response_url", response.status, spent, body, text)
        return response


def _faulty(fault: Fault) -> web.Response:
    """The answer that a fault gives without looking at the call."""
    if fault.kind == "429":
        after = fault.header if fault.header is not None else str(max(1, round(fault.retry_after)))
        return _json({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": after} if after else None)
    if fault.kind.startswith("500"):
        return web.Response(status=500, text="Internal Server Error")
    if fault.kind == "html":
        page = "<html><body><h1>502 Bad Gateway</h1></body></html>"
        return web.Response(status=502, text=page, content_type="text/html")
    if fault.kind == "empty":
        return web.Response(body=b"", content_type="application/json")
    return _json({"ok": False, "error": fault.error})


def _json(body: Json, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(text=json.dumps(body), status=status, headers=headers, content_type="application/json")


async def _bytes(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    for part in (await request.post()).values():
        if isinstance(part, web.FileField):
            return part.file.read()
    return b""


async def _json_body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        raise SlackError("invalid_payload") from None
    if not isinstance(body, dict):
        raise SlackError("invalid_payload")
    return body
