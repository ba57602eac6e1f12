"""The address that Slack sends everything to: checked, handed to Bolt, acknowledged after the work is stored."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot import metrics
from bot.log import log
from bot.services.kit import Kit
from handlers.bolt import COMMAND, last_words
from handlers.guard import note
from handlers.http.checks import MOST_BYTES, Body, Head, Origin, Refused, check_signature, kind_of, read_body, read_head
from handlers.http.mark import Mark, Marks
from handlers.router import Routes

_READING = 3.0
_HEADERS: dict[str, str | Sequence[str]] = {"content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that Slack signed, and when it came, in seconds since 1970."""

    kind: str
    body: Body
    signature: str
    at: float


class Door:
    """Bolt parses a body before it verifies it and logs it when the signature is bad: it gets only what passed here.

    Whatever is turned away gets 401, or 413 where it is too long, and leaves a word in the log, never a part of it.
    """

    def __init__(
        self,
        kit: Kit,
        bolt: AsyncApp,
        routes: Routes,
        secret: str,
        origin: Origin,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._kit = kit
        self._bolt = bolt
        self._events = frozenset(routes.events)
        self._secret = secret.encode()
        self._origin = origin
        self._wall = wall
        self._marks = Marks(kit.store)

    async def __call__(self, request: web.BaseRequest) -> web.Response:
        """Answer one request; never raises but to be cancelled."""
        started = time.perf_counter()
        kind = "unknown"
        try:
            asked = await self._checked(request)
            kind = asked.kind
            response = await self._answer(asked)
        except Refused as refused:
            return turned_away(refused)
        except Exception as problem:  # nothing is stored, or not for sure: Slack sends an event again
            metrics.failed.add("request")
            log.error("request_failed", kind=kind, exc_info=problem)
            return web.Response(status=500)
        metrics.answered.add(kind, time.perf_counter() - started)
        return response

    async def _checked(self, request: web.BaseRequest) -> Asked:
        now = self._wall()
        head = read_head(request.method, request.headers, now)
        raw = await _raw(request)
        return self._signed(head, raw, now)

    def _signed(self, head: Head, raw: bytes, now: float) -> Asked:
        check_signature(self._secret, head, raw)
        body = read_body(head.content_type, raw)
        asked = Asked(kind_of(body, COMMAND, self._events), body, head.signature, now)
        if asked.kind != "challenge":
            self._origin.check(body)
        return asked

    async def _answer(self, asked: Asked) -> web.Response:
        if asked.kind == "challenge":
            return web.Response(text=str(asked.body.get("challenge", "")))
        if asked.kind == "unused":
            return web.Response()
        mark = Mark(self._marks, self._origin.team_id, asked.signature, asked.at)
        if await mark.taken():
            raise Refused("replay")
        request = AsyncBoltRequest(body=asked.body, headers=_HEADERS, mode="socket_mode")  # it is verified already
        with mark.aboard():
            answer = await self._bolt.async_dispatch(request)
        if mark.replayed:
            raise Refused("replay")
        return _response(answer if asked.kind == "event" else await self._settled(mark, asked, answer))

    async def _settled(self, mark: Mark, asked: Asked, answer: BoltResponse) -> BoltResponse:
        """The answer, once the request is marked as taken: a copy of the request must not be told the same.

        An event needs no mark where it has changed nothing: nothing is answered to it.
        """
        try:
            await mark.settle()
        except Exception as problem:
            if mark.replayed:
                raise Refused("replay") from None
            text = self._kit.words(None).say("common.errors.reference", reference=note(None, problem))
            return BoltResponse(status=200, body=last_words(asked.body, text) or "")
        return answer


async def _raw(request: web.BaseRequest) -> bytes:
    """The body's bytes, as they were signed. Raises Refused where there are too many, or they are too slow."""
    if (request.content_length or 0) > MOST_BYTES:
        raise Refused("too_long", 413)
    raw = bytearray()
    try:
        async with asyncio.timeout(_READING):
            async for chunk in request.content.iter_any():
                raw += chunk
                if len(raw) > MOST_BYTES:
                    raise Refused("too_long", 413)
    except (TimeoutError, ConnectionError, web.RequestPayloadError):
        raise Refused("unreadable") from None
    return bytes(raw)


def turned_away(refused: Refused) -> web.Response:
    """The whole answer to a request that is none of Slack's: a status, and the end of the connection."""
    metrics.refused.add(refused.reason)
    log.info("http.refused", status=refused.status, reason=refused.reason)
    response = web.Response(status=refused.status)
    response.force_close()
    return response


def _response(answer: BoltResponse) -> web.Response:
    content_type: Any = answer.headers.get("content-type", ["text/plain"])[0]
    return web.Response(status=answer.status, text=answer.body, content_type=content_type.partition(";")[0])
