"""Things that must point at each other or must not be named twice."""

from tests.playground.samples.building import (
    READY_FILE,
    Sample,
    actions,
    asked,
    button,
    field,
    home,
    image,
    modal,
    one,
    option,
    options,
    section,
    select,
    typed,
    without,
)

PICTURE = without(image(), "image_url")
GROUPS = [{"label": {"type": "plain_text", "text": "G"}, "options": [option("a")]}]

MESSAGES = [
    Sample(
        "a block_id twice", lambda name: [section(block_id="a"), section(block_id=name)], "a", "b", "/blocks/1/block_id"
    ),
    Sample(
        "an action_id twice in a block",
        lambda name: [actions(button(), button(action_id=name))],
        "go",
        "stop",
        "/blocks/0/elements",
    ),
    Sample(
        "an option at first that is not offered",
        lambda first: one(select(initial_option=first)),
        option("b"),
        option(),
        "/blocks/0/elements/0/initial_option",
    ),
    Sample(
        "an option at first that reads otherwise",
        lambda first: one(select(initial_option=first)),
        option(text="B"),
        option(),
        "/blocks/0/elements/0/initial_option",
    ),
    Sample(
        "an option at first that is in no group",
        lambda first: one({"type": "static_select", "option_groups": GROUPS, "initial_option": first}),
        option("b"),
        option("a"),
        "/blocks/0/elements/0/initial_option",
    ),
    Sample(
        "a radio button at first that is not offered",
        lambda first: one({"type": "radio_buttons", "options": [option()], "initial_option": first}),
        option("b"),
        option(),
        "/blocks/0/elements/0/initial_option",
    ),
    Sample(
        "a checked box that is not offered",
        lambda first: one({"type": "checkboxes", "options": [option()], "initial_options": [first]}),
        option("b"),
        option(),
        "/blocks/0/elements/0/initial_options/0",
    ),
    Sample(
        "two options with one value",
        lambda name: one(select(options=[option(), option(name)])),
        "a",
        "b",
        "/blocks/0/elements/0/options",
    ),
    Sample(
        "two choices of a menu with one value",
        lambda name: [section(accessory={"type": "overflow", "options": [option(), option(name)]})],
        "a",
        "b",
        "/blocks/0/accessory/options",
    ),
    Sample(
        "an image from nowhere", lambda more: [{**PICTURE, **more}], {}, {"slack_file": {"id": READY_FILE}}, "/blocks/0"
    ),
    Sample(
        "an image from two places", lambda more: [image(**more)], {"slack_file": {"id": READY_FILE}}, {}, "/blocks/0"
    ),
    Sample(
        "an uploaded image that is not there",
        lambda name: [{**PICTURE, "slack_file": {"id": name}}],
        "F404",
        READY_FILE,
        "/blocks/0/slack_file",
    ),
    Sample(
        "an uploaded image named twice over",
        lambda more: [{**PICTURE, "slack_file": {"id": READY_FILE, **more}}],
        {"url": "https://a.example/"},
        {},
        "/blocks/0/slack_file",
    ),
]

VIEWS = [
    Sample(
        "a block_id twice in a modal",
        lambda name: modal(field(typed(), block_id="a"), field(typed(), block_id=name)),
        "a",
        "b",
        "/view/blocks/1/block_id",
    ),
    Sample(
        "a block_id twice in a Home",
        lambda name: home(section(block_id="a"), section(block_id=name)),
        "a",
        "b",
        "/view/blocks/1/block_id",
    ),
    Sample(
        "an action_id twice among a Home's actions",
        lambda name: home(actions(button(), button(action_id=name))),
        "go",
        "stop",
        "/view/blocks/0/elements",
    ),
    Sample(
        "several at first, of which one is not offered",
        lambda name: asked(
            {
                "type": "multi_static_select",
                "options": options(3),
                "initial_options": [*options(2), option(name, "Option 2")],
            }
        ),
        "b",
        "v2",
        "/view/blocks/0/element/initial_options/2",
    ),
    Sample(
        "an uploaded image in a modal that is not there",
        lambda name: modal({**PICTURE, "slack_file": {"id": name}}),
        "F404",
        READY_FILE,
        "/view/blocks/0/slack_file",
    ),
]
