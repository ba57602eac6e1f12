"""What an input element holds: the entry that Slack puts into state.values and into actions."""

from collections.abc import Iterator
from typing import Any

from playground.errors import Json

FIELDS = {
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "multi_static_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "plain_text_input": "value",
    "number_input": "value",
    "url_text_input": "value",
    "email_text_input": "value",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}
STATELESS = ("button", "overflow")
_LISTS = ("selected_options", "selected_users", "selected_conversations", "selected_channels", "files")
_INITIAL = {
    "selected_date_time": "initial_date_time",
    "value": "initial_value",
    "rich_text_value": "initial_value",
}


def interactive(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every (block, element) pair that a person can press or fill, in reading order."""
    for block in blocks:
        for element in _candidates(block):
            if isinstance(element, dict) and "action_id" in element:
                yield block, element


def _candidates(block: Json) -> list[Any]:
    kind = block.get("type")
    if kind == "section":
        return [block.get("accessory")]
    if kind == "input":
        return [block.get("element")]
    if kind == "actions":
        return list(block.get("elements", []))
    return []


def is_list(element: Json) -> bool:
    """Whether the element takes several values."""
    return FIELDS.get(element["type"]) in _LISTS


def options(element: Json) -> list[Json]:
    """All options of an element, those in groups included."""
    found = list(element.get("options", []))
    for group in element.get("option_groups", []):
        found.extend(group.get("options", []))
    return found


def initial_state(blocks: list[Json]) -> dict[str, Json]:
    """What state.values holds before anybody has touched the view."""
    state: dict[str, Json] = {}
    for block, element in interactive(blocks):
        if element["type"] not in STATELESS:
            made = {"type": element["type"], **_initial(element)}
            state.setdefault(block["block_id"], {})[element["action_id"]] = made
    return state


def _initial(element: Json) -> Json:
    field = FIELDS[element["type"]]
    key = _INITIAL.get(field, field.replace("selected_", "initial_"))
    return {field: element.get(key, [] if field in _LISTS else None)}


def entry(element: Json, value: Any) -> Json:
    """The state entry for a value as the page gives it (an option's value, a list, text, a number, an id)."""
    field = FIELDS[element["type"]]
    return {"type": element["type"], field: _held(element, field, value)}


def _held(element: Json, field: str, value: Any) -> Any:
    if field == "selected_option":
        return _option(element, value)
    if field == "selected_options":
        chosen = [_option(element, item) for item in value or []]
        return [option for option in chosen if option is not None]
    if field in _LISTS:
        return list(value or [])
    if value in (None, ""):
        return None
    if field == "rich_text_value":
        return value if isinstance(value, dict) else _rich(str(value))
    return int(value) if field == "selected_date_time" else str(value)


def _rich(text: str) -> Json:
    """Typed words as the rich text that Slack's own field makes of them."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def _option(element: Json, value: Any) -> Json | None:
    if isinstance(value, dict):
        value = value.get("value")
    for option in options(element):
        if option["value"] == value:
            return option
    if value in (None, ""):
        return None
    raise ValueError(f"{element['action_id']} has no option {value!r}")


def held(made: Json) -> Any:
    """The plain value in a state entry; None or an empty list where nothing is filled in."""
    return made.get(FIELDS[made["type"]])
