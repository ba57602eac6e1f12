"""Arguments of a Web API call in any of the forms that Slack takes: query string, form or JSON."""

import json
from typing import Any

from aiohttp import web

from playground.errors import Json, SlackError


async def parse(request: web.Request) -> tuple[Json, str | None]:
    """The arguments and the token of a call; a JSON body may not carry the token, as with Slack."""
    args: Json = dict(request.query)
    token: str | None = args.pop("token", None)
    if request.method == "POST" and request.can_read_body:
        body, in_body = await _body(request)
        args.update(body)
        token = in_body or token
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        token = header.removeprefix("Bearer ").strip()
    return args, token


async def _body(request: web.Request) -> tuple[Json, str | None]:
    kind = request.content_type
    if kind == "application/json":
        return _from_json(await request.read()), None
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        form = {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
        return dict(form), form.pop("token", None)
    raise SlackError("invalid_post_type" if "Content-Type" in request.headers else "missing_post_type")


def _from_json(raw: bytes) -> Json:
    try:
        body = json.loads(raw or b"{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    body.pop("token", None)
    return body


def text(args: Json, key: str, default: str = "") -> str:
    """A text argument; numbers and booleans of a JSON body are written out."""
    value = args.get(key)
    if value is None:
        return default
    return value if isinstance(value, str) else json.dumps(value)


def needed(args: Json, key: str, error: str = "invalid_arguments") -> str:
    """A text argument that must be there, else SlackError names it."""
    value = text(args, key)
    if not value:
        raise invalid(f"missing required field: {key}", error)
    return value


def flag(args: Json, key: str, default: bool = False) -> bool:
    """A boolean argument: true, "true", 1 and "1" are true."""
    value = args.get(key)
    return default if value is None or value == "" else str(value).lower() in ("true", "1")


def number(args: Json, key: str, default: int) -> int:
    """A whole number; raises SlackError invalid_arguments for anything else."""
    value = args.get(key)
    if value is None or value == "":
        return default
    try:
        return int(str(value))
    except ValueError:
        raise invalid(f"must be an integer: {key}") from None


def structure(args: Json, key: str, error: str = "invalid_arguments") -> Any:
    """A list or object, given as such or as JSON text; None where it is not given."""
    value = args.get(key)
    if not isinstance(value, str):
        return value
    if not value:
        return None
    try:
        return json.loads(value)
    except ValueError:
        raise invalid(f"must be valid JSON: {key}", error) from None


def listing(args: Json, key: str) -> list[str]:
    """A list of ids, comma-separated or as a list."""
    value = args.get(key)
    parts = value if isinstance(value, list) else str(value or "").split(",")
    return [str(part).strip() for part in parts if str(part).strip()]


def invalid(message: str, error: str = "invalid_arguments") -> SlackError:
    """The refusal of an argument, with the sentence where Slack puts it."""
    return SlackError(error, response_metadata={"messages": [f"[ERROR] {message}"]})
