"""Cursors, as Slack hands them out: opaque, empty on the last page."""

import base64
from collections.abc import Sequence
from typing import TypeVar

from playground import args as arg
from playground.errors import Json, SlackError

Item = TypeVar("Item")


def page(items: Sequence[Item], args: Json, *, default: int, highest: int) -> tuple[Sequence[Item], Json]:
    """One page of items, and the response_metadata that says how to get the next."""
    limit = arg.number(args, "limit", default)
    if limit < 1 or limit > highest:
        raise SlackError("invalid_limit")
    start = _offset(arg.text(args, "cursor"))
    end = start + limit
    cursor = base64.b64encode(f"from:{end}".encode()).decode() if end < len(items) else ""
    return items[start:end], {"next_cursor": cursor}


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("from:"))
    except ValueError:
        raise SlackError("invalid_cursor") from None
