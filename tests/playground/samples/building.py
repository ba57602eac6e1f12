"""Blocks, elements and views to break, and the form of a sample: what breaks a rule, what just keeps it, and where."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
READY_FILE = "F07READY01"


@dataclass(frozen=True)
class Sample:
    """`make(bad)` is refused at `place` and `make(good)` passes; both are messages (lists) or views."""

    name: str
    make: Callable[[Any], Any]
    bad: Any
    good: Any
    place: str


def plain(text: str = "words") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "words") -> Json:
    return {"type": "mrkdwn", "text": text}


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **more}


def option(value: str = "a", text: str = "A", **more: Any) -> Json:
    return {"text": plain(text), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(f"v{number}", f"Option {number}") for number in range(count)]


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain(), "action_id": "go", **more}


def actions(*elements: Any) -> Json:
    return {"type": "actions", "elements": list(elements)}


def context(*elements: Any) -> Json:
    return {"type": "context", "elements": list(elements)}


def field(element: Any, **more: Any) -> Json:
    return {"type": "input", "label": plain(), "element": element, **more}


def select(**more: Any) -> Json:
    return {"type": "static_select", "options": [option()], **more}


def typed(**more: Any) -> Json:
    return {"type": "plain_text_input", **more}


def image(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a chart", **more}


def confirm(**more: Any) -> Json:
    return {"title": plain("Sure?"), "text": plain(), "confirm": plain("Yes"), "deny": plain("No"), **more}


def rich(*leaves: Any) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(leaves)}]}


def rich_list(**more: Any) -> Json:
    line = {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}
    return {"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": [line], **more}]}


def cell(text: str = "x") -> Json:
    return {"type": "raw_text", "text": text}


def table(rows: Any, **more: Any) -> Json:
    return {"type": "table", "rows": rows, **more}


def modal(*blocks: Any, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Title"), "submit": plain("Save"), "blocks": list(blocks), **more}


def home(*blocks: Any, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}


def without(sample: Json, key: str) -> Json:
    return {name: value for name, value in sample.items() if name != key}


def one(element: Any) -> list[Json]:
    """A message with one element among actions, at /blocks/0/elements/0."""
    return [actions(element)]


def asked(element: Any) -> Json:
    """A modal with one field, its element at /view/blocks/0/element."""
    return modal(field(element))
