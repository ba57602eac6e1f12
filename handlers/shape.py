"""Reads what came in without trusting its shape: a part that is missing or of another type counts as empty."""

from collections.abc import Iterator, Mapping
from typing import Any

from prompts import clean


def mapping(thing: Any) -> Mapping[str, Any]:
    return thing if isinstance(thing, Mapping) else {}


def mappings(thing: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in a list."""
    yield from (one for one in thing if isinstance(one, Mapping)) if isinstance(thing, list) else ()


def string(thing: Any) -> str:
    """A text without control characters and lone surrogates, which no database takes."""
    return clean(thing) if isinstance(thing, str) else ""


def number(text: str | None, otherwise: int) -> int:
    """The whole number that a menu's value stands for; a menu that was never ours may carry anything."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else otherwise
