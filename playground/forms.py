"""Filling in a modal as a person does: find the field, understand the value, refuse what a client refuses."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from playground import elements, file_fields
from playground.errors import Json, NoSuchThing
from playground.workspace import Workspace

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_URL = re.compile(r"https?://\S+\Z")
_NUMBER = re.compile(r"-?\d+([.,]\d+)?\Z")
REQUIRED = "Please fill in this field."


def find_field(blocks: list[Json], name: str) -> tuple[Json, Json]:
    """The (block, element) that a label, block_id or action_id names; raises NoSuchThing listing the fields."""
    pairs = [pair for pair in elements.interactive(blocks) if pair[1]["type"] != "button"]
    for fits in (_by_id, _by_label, _by_beginning):
        for block, element in pairs:
            if fits(block, element, name):
                return block, element
    known = ", ".join(sorted({label(block) or block["block_id"] for block, _ in pairs}))
    raise NoSuchThing(f"no field {name!r}; there are: {known or 'none'}")


def _by_id(block: Json, element: Json, name: str) -> bool:
    return name in (block["block_id"], element["action_id"])


def _by_label(block: Json, element: Json, name: str) -> bool:
    return label(block).casefold().startswith(name.casefold()) and label(block) != ""


def _by_beginning(block: Json, element: Json, name: str) -> bool:
    """`prepare.answer.` stands for the first field whose id begins so."""
    return name.endswith(".") and block["block_id"].startswith(name)


def label(block: Json) -> str:
    """The words beside a field."""
    words = block.get("label") or block.get("text") or {}
    return str(words.get("text", ""))


def in_words(view: Json | None, values: Mapping[str, Any]) -> list[str]:
    """What is chosen and typed into a modal, as it reads there: "By when?: 2026-04-14". A file by its name."""
    said = []
    for name, value in values.items():
        block, element = find_field(view["blocks"] if view else [], name)
        shown = {one["value"]: one["text"]["text"] for one in elements.options(element)}
        items = value if isinstance(value, list) else [value]
        given = ", ".join(one["name"] if isinstance(one, dict) else str(shown.get(one, one)) for one in items)
        said.append(f"{label(block)}: {given}" if label(block) else given)
    return said


def understand(element: Json, value: Any, workspace: Workspace, zone: str) -> Any:
    """A value as people say it (an option's text, a name, a local date and time), as the element holds it.

    `zone` is the person's own; raises NoSuchThing for an option or a person that does not exist.
    """
    if value is None:
        return [] if elements.is_list(element) else None
    if elements.is_list(element):
        items = value if isinstance(value, list | tuple | set) else [value]
        return [_single(element, item, workspace, zone) for item in items]
    return _single(element, value, workspace, zone)


def _single(element: Json, value: Any, workspace: Workspace, zone: str) -> Any:
    kind = element["type"]
    if elements.options(element):
        return _option_value(element, str(value))
    if "users_select" in kind:
        user = workspace.user_named(str(value))
        if user is None:
            raise NoSuchThing(f"nobody is called {value!r}")
        return user.id
    if "conversations_select" in kind or "channels_select" in kind:
        place = workspace.channel_named(str(value))
        if place is None:
            raise NoSuchThing(f"there is no channel {value!r}")
        return place.id
    if kind == "datetimepicker":
        return _epoch(value, zone)
    if kind == "file_input":
        return file_fields.chosen(value)
    return str(value)


def _option_value(element: Json, wanted: str) -> str:
    found = elements.options(element)
    for option in found:
        if option["value"] == wanted:
            return wanted
    for option in found:
        if option["text"]["text"].casefold() == wanted.casefold():
            return str(option["value"])
    for option in found:
        if option["text"]["text"].casefold().startswith(wanted.casefold()) and wanted:
            return str(option["value"])
    offered = ", ".join(option["text"]["text"] for option in found)
    raise NoSuchThing(f"no option {wanted!r}; there are: {offered}")


def _epoch(value: Any, zone: str) -> int:
    if isinstance(value, int):
        return value
    instant = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=ZoneInfo(zone))
    return int(instant.timestamp())


def filled(blocks: list[Json], state: Mapping[str, Json], values: Mapping[str, Json]) -> dict[str, Json]:
    """The state with the values of block_id -> action_id -> value put in.

    A field that is no longer in the view is passed over; raises ValueError for an option that is not offered.
    """
    made: dict[str, Json] = {block: dict(actions) for block, actions in state.items()}
    known = {(block["block_id"], element["action_id"]): element for block, element in elements.interactive(blocks)}
    for block_id, actions in values.items():
        for action_id, value in actions.items():
            element = known.get((block_id, action_id))
            if element is not None and element["type"] not in elements.STATELESS:
                made.setdefault(block_id, {})[action_id] = elements.entry(element, value)
    return made


def complaints(blocks: list[Json], state: Mapping[str, Json]) -> dict[str, str]:
    """What the client says under each field before it sends anything: block_id -> sentence."""
    found: dict[str, str] = {}
    for block, element in elements.interactive(blocks):
        if block["type"] != "input":
            continue
        value = elements.held(state[block["block_id"]][element["action_id"]])
        empty = value is None or value == "" or value == []
        if empty and not block.get("optional", False):
            found[block["block_id"]] = REQUIRED
        elif not empty:
            trouble = _trouble(element, value)
            if trouble:
                found[block["block_id"]] = trouble
    return found


def _trouble(element: Json, value: Any) -> str | None:
    kind = element["type"]
    if kind == "plain_text_input":
        return _length(element, str(value))
    if kind == "email_text_input" and not _EMAIL.match(value):
        return "Please give a whole e-mail address."
    if kind == "url_text_input" and not _URL.match(value):
        return "Please give a whole web address, with https:// in front."
    if kind in _MORE:
        return _MORE[kind](element, value)
    if "max_selected_items" in element and len(value) > element["max_selected_items"]:
        return f"Please choose {element['max_selected_items']} at most."
    return None


_MORE: Mapping[str, Callable[[Json, Any], str | None]] = {
    "number_input": lambda element, value: _number(element, str(value)),
    "file_input": file_fields.trouble,
}


def _length(element: Json, value: str) -> str | None:
    if len(value) > element.get("max_length", 3000):
        return f"Please use {element.get('max_length', 3000)} characters at most."
    if len(value) < element.get("min_length", 0):
        return f"Please use {element['min_length']} characters at least."
    return None


def _number(element: Json, value: str) -> str | None:
    if not _NUMBER.match(value):
        return "Please give a number."
    if not element["is_decimal_allowed"] and not value.lstrip("-").isdigit():
        return "Please give a whole number."
    amount = float(value.replace(",", "."))
    if "min_value" in element and amount < float(element["min_value"]):
        return f"Please give {element['min_value']} or more."
    if "max_value" in element and amount > float(element["max_value"]):
        return f"Please give {element['max_value']} or less."
    return None
