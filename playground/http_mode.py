"""HTTP mode: commands, interactions and events as signed requests to the app's address."""

import hashlib
import hmac
import json
import secrets
import time
from typing import Any
from urllib.parse import urlencode

import aiohttp

from playground.delivery import Ack
from playground.errors import Json

REDIRECTS = 2


class HttpMode:
    """Posts to one address, as an app with a single request URL has it."""

    def __init__(self, url: str, signing_secret: str) -> None:
        self._url = url
        self._secret = signing_secret.encode()
        self._session: aiohttp.ClientSession | None = None

    async def send(self, kind: str, payload: Json, seconds: float, retry: Json | None = None) -> Ack:
        """Posts one payload; a status other than 200 is a failure."""
        body, content_type = _encoded(kind, payload)
        headers = self._signed(body) | {"Content-Type": content_type}
        if retry is not None:
            headers["X-Slack-Retry-Num"] = str(retry["retry_attempt"])
            headers["X-Slack-Retry-Reason"] = str(retry["retry_reason"])
        if self._session is None:
            self._session = aiohttp.ClientSession()
        limit = aiohttp.ClientTimeout(total=seconds)
        options: dict[str, Any] = {"data": body, "headers": headers, "timeout": limit, "max_redirects": REDIRECTS}
        try:
            async with self._session.post(self._url, **options) as answer:
                return _read(answer, await answer.text())
        except TimeoutError:
            return Ack(False, "operation_timeout", reason="http_timeout")
        except aiohttp.ClientError as trouble:
            return Ack(False, "dispatch_failed", reason=_reason(trouble))

    async def verify(self, seconds: float = 3.0) -> bool:
        """Whether the app answers Slack's challenge, as it must before the address is accepted."""
        challenge = secrets.token_urlsafe(24)
        payload = {"token": "playground", "challenge": challenge, "type": "url_verification"}
        ack = await self.send("events_api", payload, seconds)
        return ack.ok and challenge in (ack.payload.get("challenge"), ack.payload.get("text", "").strip())

    def _signed(self, body: bytes) -> dict[str, str]:
        stamp = str(int(time.time()))
        digest = hmac.new(self._secret, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest.hexdigest()}"}

    async def close(self) -> None:
        """Closes the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def _encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _read(answer: aiohttp.ClientResponse, text: str) -> Ack:
    if answer.status != 200:
        final = answer.headers.get("X-Slack-No-Retry") == "1"
        return Ack(False, "dispatch_failed", reason="http_error", final=final)
    if not text.strip():
        return Ack(True)
    try:
        body = json.loads(text)
    except ValueError:
        return Ack(True, None, {"text": text})
    return Ack(True, None, body if isinstance(body, dict) else {})


def _reason(trouble: aiohttp.ClientError) -> str:
    if isinstance(trouble, aiohttp.TooManyRedirects):
        return "too_many_redirects"
    if isinstance(trouble, aiohttp.ClientSSLError):
        return "ssl_error"
    return "connection_failed" if isinstance(trouble, aiohttp.ClientConnectionError) else "unknown_error"
