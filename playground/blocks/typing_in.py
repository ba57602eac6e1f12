"""Elements into which one types or picks a date: text, number, address, date, time, file."""

import re
from datetime import date, time
from typing import Any

from playground.blocks.choosing import ACTION_ID, COMMON
from playground.blocks.rich_text import RICH_TEXT
from playground.blocks.shape import (
    Checker,
    Found,
    Path,
    Shape,
    boolean,
    integer,
    list_of,
    one_of,
    string,
)
from playground.blocks.text import plain

_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")
_TRIGGERS = list_of(one_of("on_enter_pressed", "on_character_entered"), 2)
_DISPATCH = Shape({"trigger_actions_on": _TRIGGERS})
_TYPED: dict[str, Checker] = {
    "action_id": ACTION_ID,
    "placeholder": plain(150),
    "initial_value": string(3000),
    "dispatch_action_config": _DISPATCH,
    "focus_on_load": boolean,
}
_PICKED: dict[str, Checker] = {**COMMON, "placeholder": plain(150)}


def _lengths(element: dict[str, Any], path: Path, found: Found) -> None:
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
    if shortest > longest:
        found.add((path, "min_length"), "min_length must not be greater than max_length")
    if len(element.get("initial_value", "")) > longest:
        found.add((path, "initial_value"), f"must be less than {longest + 1} characters")


def _range(element: dict[str, Any], path: Path, found: Found) -> None:
    lowest, highest = element.get("min_value", "-inf"), element.get("max_value", "inf")
    if float(lowest) > float(highest):
        found.add((path, "min_value"), "min_value must not be greater than max_value")


def _date(value: Any, path: Path, found: Found) -> None:
    try:
        if not isinstance(value, str) or date.fromisoformat(value).isoformat() != value:
            raise ValueError
    except ValueError:
        found.add(path, "must be a date in the form YYYY-MM-DD")


def _time(value: Any, path: Path, found: Found) -> None:
    try:
        if not isinstance(value, str) or time.fromisoformat(value).strftime("%H:%M") != value:
            raise ValueError
    except ValueError:
        found.add(path, "must be a time in the form HH:mm")


_NUMERIC = string(100, shortest=1, pattern=_NUMBER)

TYPING: dict[str, Checker] = {
    "plain_text_input": Shape(
        {},
        {
            **_TYPED,
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        (_lengths,),
    ),
    "rich_text_input": Shape({}, {**_TYPED, "initial_value": RICH_TEXT}),
    "number_input": Shape(
        {"is_decimal_allowed": boolean},
        {**_TYPED, "initial_value": _NUMERIC, "min_value": _NUMERIC, "max_value": _NUMERIC},
        (_range,),
    ),
    "url_text_input": Shape({}, _TYPED),
    "email_text_input": Shape({}, _TYPED),
    "datepicker": Shape({}, {**_PICKED, "initial_date": _date}),
    "timepicker": Shape({}, {**_PICKED, "initial_time": _time, "timezone": string(100, shortest=1)}),
    "datetimepicker": Shape({}, {**COMMON, "initial_date_time": integer(1_000_000_000, 9_999_999_999)}),
    "file_input": Shape(
        {},
        {
            "action_id": ACTION_ID,
            "filetypes": list_of(string(20, shortest=1), 100),
            "max_files": integer(1, 10),
        },
    ),
}
