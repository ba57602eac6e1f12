"""What a request must be before anybody reads its body: of the right shape and size, fresh, and signed by Slack."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from multidict import CIMultiDictProxy

MOST_BYTES = 256 * 1024
FRESH = 300
"""Seconds that a timestamp may be off, either way: https://docs.slack.dev/authentication/verifying-requests-from-slack"""

_MOST_HEADER = 16 * 1024
_MOST_FIELDS = 100
_STAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=([0-9a-f]{64})")
_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"

Headers = CIMultiDictProxy[str]
Body = dict[str, Any]


class Refused(Exception):
    """Turned away with a status; `reason` is one of a few words of ours, for the log and the metrics."""

    def __init__(self, reason: str, status: int = 401) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


@dataclass(frozen=True, slots=True)
class Head:
    """What the headers say, checked for form; `signature` is 64 hexadecimal digits."""

    timestamp: str
    signature: str
    content_type: str


def read_head(method: str, headers: Headers, now: float) -> Head:
    """The headers that matter; `now` in seconds since 1970. Raises Refused."""
    if sum(len(name) + len(value) for name, value in headers.items()) > _MOST_HEADER:
        raise Refused("headers")
    if method != "POST" or "Content-Encoding" in headers:
        raise Refused("method" if method != "POST" else "encoding")
    stamp = _STAMP.fullmatch(_only(headers, "X-Slack-Request-Timestamp"))
    signature = _SIGNATURE.fullmatch(_only(headers, "X-Slack-Signature"))
    if stamp is None or signature is None:
        raise Refused("headers")
    if abs(now - int(stamp[0])) > FRESH:
        raise Refused("timestamp")
    return Head(stamp[0], signature[1], _content_type(headers))


def _only(headers: Headers, name: str) -> str:
    found = headers.getall(name, [])
    return found[0] if len(found) == 1 else ""


def _content_type(headers: Headers) -> str:
    found = _only(headers, "Content-Type").partition(";")[0].strip().lower()
    if found not in (_JSON, _FORM):
        raise Refused("content_type")
    return found


def check_signature(secret: bytes, head: Head, raw: bytes) -> None:
    """Raises Refused unless Slack signed exactly these bytes at this time."""
    signed = hmac.new(secret, b"v0:" + head.timestamp.encode() + b":" + raw, hashlib.sha256)
    if not hmac.compare_digest(signed.hexdigest().encode(), head.signature.encode()):
        raise Refused("signature")


def read_body(content_type: str, raw: bytes) -> Body:
    """The payload of a signed request. Raises Refused where there is none to be read."""
    try:
        text = raw.decode()
        if content_type == _JSON:
            return _object(text)
        fields = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
        return _object(fields["payload"]) if "payload" in fields else fields
    except (ValueError, RecursionError):
        raise Refused("unreadable") from None


def _object(text: str) -> Body:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def kind_of(body: Body, command: str, events: Iterable[str]) -> str:
    """What a payload asks for: command, action, submission, event; whether we are there; `unused` for all else."""
    found = body.get("type")
    if found == "url_verification" or "ssl_check" in body:
        return "challenge"
    if found == "event_callback":
        event = body.get("event")
        return "event" if isinstance(event, dict) and event.get("type") in tuple(events) else "unused"
    if found is None and "command" in body:
        return "command" if body["command"] == command else "unused"
    return {"block_actions": "action", "view_submission": "submission"}.get(str(found), "unused")


@dataclass(frozen=True, slots=True)
class Origin:
    """The workspace and the app that requests have to come from."""

    team_id: str
    app_id: str

    def check(self, body: Body) -> None:
        """Raises Refused for a request about another workspace or app."""
        if body.get("api_app_id") != self.app_id:
            raise Refused("app")
        if _team(body) != self.team_id:
            raise Refused("team")


def _team(body: Body) -> object:
    """As `handlers.turn.actor_of` reads it, but of a body that may be anything."""
    user, team = body.get("user"), body.get("team")
    inner = team.get("id") if isinstance(team, dict) else None
    own = user.get("team_id") if isinstance(user, dict) else None
    return body.get("team_id") or inner or own
