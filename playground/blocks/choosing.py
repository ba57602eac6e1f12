"""Elements with which one chooses: buttons, selects, radio buttons, checkboxes, overflow menus."""

from typing import Any

from playground.blocks.shape import Checker, Found, Path, Shape, boolean, integer, list_of, one_of, string, url
from playground.blocks.text import (
    CONFIRM,
    GROUP,
    LINK_OPTION,
    OPTION,
    RICH_OPTION,
    initial_among_options,
    not_more_than_allowed,
    options_or_groups,
    plain,
    unique_values,
)

ACTION_ID = string(255, shortest=1)
SLACK_ID = string(255, shortest=1)
COMMON: dict[str, Checker] = {"action_id": ACTION_ID, "confirm": CONFIRM, "focus_on_load": boolean}
_MENU: dict[str, Checker] = {**COMMON, "placeholder": plain(150)}
_MANY: dict[str, Checker] = {**_MENU, "max_selected_items": integer(1, 10_000)}
_OPTIONS: dict[str, Checker] = {"options": list_of(OPTION, 100), "option_groups": list_of(GROUP, 100)}
_CHOICE = (options_or_groups, initial_among_options, unique_values)
_FEW = (not_more_than_allowed,)
_SOME = (*_CHOICE, not_more_than_allowed)

FILTER = Shape(
    {},
    {
        "include": list_of(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)


def _answers_from_modals(element: dict[str, Any], path: Path, found: Found) -> None:
    if element.get("response_url_enabled") and found.surface != "modal":
        found.add((path, "response_url_enabled"), "response_url_enabled is only for modals")


BUTTON = Shape(
    {"text": plain(75)},
    {
        "action_id": ACTION_ID,
        "url": url(),
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)

CHOOSING: dict[str, Checker] = {
    "button": BUTTON,
    "overflow": Shape(
        {"options": list_of(LINK_OPTION, 5)},
        {"action_id": ACTION_ID, "confirm": CONFIRM},
        (unique_values,),
    ),
    "static_select": Shape({}, {**_MENU, **_OPTIONS, "initial_option": OPTION}, _CHOICE),
    "multi_static_select": Shape({}, {**_MANY, **_OPTIONS, "initial_options": list_of(OPTION, 100)}, _SOME),
    "users_select": Shape({}, {**_MENU, "initial_user": SLACK_ID}),
    "multi_users_select": Shape({}, {**_MANY, "initial_users": list_of(SLACK_ID, 1000)}, _FEW),
    "conversations_select": Shape(
        {},
        {
            **_MENU,
            "initial_conversation": SLACK_ID,
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": FILTER,
        },
        (_answers_from_modals,),
    ),
    "multi_conversations_select": Shape(
        {},
        {
            **_MANY,
            "initial_conversations": list_of(SLACK_ID, 1000),
            "default_to_current_conversation": boolean,
            "filter": FILTER,
        },
        _FEW,
    ),
    "channels_select": Shape(
        {},
        {**_MENU, "initial_channel": SLACK_ID, "response_url_enabled": boolean},
        (_answers_from_modals,),
    ),
    "multi_channels_select": Shape({}, {**_MANY, "initial_channels": list_of(SLACK_ID, 1000)}, _FEW),
    "radio_buttons": Shape(
        {"options": list_of(RICH_OPTION, 10)},
        {**COMMON, "initial_option": RICH_OPTION},
        (initial_among_options, unique_values),
    ),
    "checkboxes": Shape(
        {"options": list_of(RICH_OPTION, 10)},
        {**COMMON, "initial_options": list_of(RICH_OPTION, 10)},
        (initial_among_options, unique_values),
    ),
}
