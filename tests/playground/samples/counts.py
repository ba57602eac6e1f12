"""One too many or none at all, and as many as there may be."""

from typing import Any

from tests.playground.samples.building import (
    Sample,
    actions,
    asked,
    button,
    cell,
    context,
    field,
    home,
    modal,
    mrkdwn,
    one,
    option,
    options,
    plain,
    rich,
    section,
    select,
    table,
)


def many(name: str, make: Any, most: int, place: str) -> Sample:
    return Sample(f"{most + 1} {name}", make, most + 1, most, place)


def none(name: str, make: Any, place: str) -> Sample:
    return Sample(f"no {name}", make, 0, 1, place)


def groups(count: int) -> list[dict[str, Any]]:
    return [{"label": plain(), "options": [option(f"v{number}")]} for number in range(count)]


def buttons(count: int) -> list[dict[str, Any]]:
    return [button(action_id=f"b{number}") for number in range(count)]


def chosen_of(kind: str, key: str) -> Any:
    return lambda count: asked({"type": kind, "max_selected_items": 2, key: [f"X{n}" for n in range(count)]})


MESSAGES = [
    many("blocks in a message", lambda count: [section() for _ in range(count)], 50, "/blocks"),
    many("fields", lambda count: [section(fields=[plain()] * count)], 10, "/blocks/0/fields"),
    none("fields", lambda count: [section(fields=[plain()] * count)], "/blocks/0/fields"),
    many("parts of a context", lambda count: [context(*[mrkdwn()] * count)], 10, "/blocks/0/elements"),
    none("parts of a context", lambda count: [context(*[mrkdwn()] * count)], "/blocks/0/elements"),
    many("actions", lambda count: [actions(*buttons(count))], 25, "/blocks/0/elements"),
    none("actions", lambda count: [actions(*buttons(count))], "/blocks/0/elements"),
    many("options", lambda count: one(select(options=options(count))), 100, "/blocks/0/elements/0/options"),
    none("options", lambda count: one(select(options=options(count))), "/blocks/0/elements/0/options"),
    many(
        "groups of options",
        lambda count: one({"type": "static_select", "option_groups": groups(count)}),
        100,
        "/blocks/0/elements/0/option_groups",
    ),
    none(
        "options in a group",
        lambda count: one({"type": "static_select", "option_groups": [{"label": plain(), "options": options(count)}]}),
        "/blocks/0/elements/0/option_groups/0/options",
    ),
    many(
        "options in an overflow menu",
        lambda count: [section(accessory={"type": "overflow", "options": options(count)})],
        5,
        "/blocks/0/accessory/options",
    ),
    many(
        "radio buttons",
        lambda count: one({"type": "radio_buttons", "options": options(count)}),
        10,
        "/blocks/0/elements/0/options",
    ),
    none(
        "radio buttons",
        lambda count: one({"type": "radio_buttons", "options": options(count)}),
        "/blocks/0/elements/0/options",
    ),
    many(
        "checkboxes",
        lambda count: one({"type": "checkboxes", "options": options(count)}),
        10,
        "/blocks/0/elements/0/options",
    ),
    many("rows of a table", lambda count: [table([[cell()]] * count)], 100, "/blocks/0/rows"),
    none("rows of a table", lambda count: [table([[cell()]] * count)], "/blocks/0/rows"),
    many("cells of a row", lambda count: [table([[cell()] * count])], 20, "/blocks/0/rows/0"),
    many(
        "columns described",
        lambda count: [table([[cell()]], column_settings=[{"align": "right"}] * count)],
        20,
        "/blocks/0/column_settings",
    ),
    Sample("two tables", lambda count: [table([[cell()]])] * count, 2, 1, "/blocks/1"),
    many(
        "kinds of conversations in a filter",
        lambda count: one(
            {"type": "conversations_select", "filter": {"include": ["im", "mpim", "private", "public", "im"][:count]}}
        ),
        4,
        "/blocks/0/elements/0/filter/include",
    ),
    Sample(
        "a rich text list nine deep",
        lambda indent: [
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_list",
                        "style": "bullet",
                        "indent": indent,
                        "elements": rich({"type": "text", "text": "x"})["elements"],
                    }
                ],
            }
        ],
        9,
        8,
        "/blocks/0/elements/0/indent",
    ),
]

VIEWS = [
    many("blocks in a modal", lambda count: modal(*[section()] * count), 100, "/view/blocks"),
    none("blocks in a modal", lambda count: modal(*[section()] * count), "/view/blocks"),
    many("blocks in a Home", lambda count: home(*[section()] * count), 100, "/view/blocks"),
    none("blocks in a Home", lambda count: home(*[section()] * count), "/view/blocks"),
    Sample(
        "nobody may be chosen",
        lambda most: asked({"type": "multi_users_select", "max_selected_items": most}),
        0,
        1,
        "/view/blocks/0/element/max_selected_items",
    ),
    many(
        "people chosen where two may be",
        chosen_of("multi_users_select", "initial_users"),
        2,
        "/view/blocks/0/element/initial_users",
    ),
    many(
        "conversations chosen where two may be",
        chosen_of("multi_conversations_select", "initial_conversations"),
        2,
        "/view/blocks/0/element/initial_conversations",
    ),
    many(
        "channels chosen where two may be",
        chosen_of("multi_channels_select", "initial_channels"),
        2,
        "/view/blocks/0/element/initial_channels",
    ),
    many(
        "options chosen where one may be",
        lambda count: asked(
            {
                "type": "multi_static_select",
                "max_selected_items": 1,
                "options": options(3),
                "initial_options": options(count),
            }
        ),
        1,
        "/view/blocks/0/element/initial_options",
    ),
    many(
        "files at once",
        lambda count: asked({"type": "file_input", "max_files": count}),
        10,
        "/view/blocks/0/element/max_files",
    ),
    many(
        "fields in focus",
        lambda count: modal(*(field({"type": "plain_text_input", "focus_on_load": n < count}) for n in range(3))),
        1,
        "/view/blocks",
    ),
    none(
        "reason to dispatch",
        lambda count: asked(
            {
                "type": "plain_text_input",
                "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"] * count},
            }
        ),
        "/view/blocks/0/element/dispatch_action_config/trigger_actions_on",
    ),
]
