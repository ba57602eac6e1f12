"""Texts that are one character too long or empty, and the same at their limit."""

from typing import Any

from tests.playground.samples.building import (
    Sample,
    actions,
    asked,
    button,
    cell,
    confirm,
    context,
    field,
    home,
    image,
    modal,
    mrkdwn,
    one,
    option,
    plain,
    rich,
    section,
    select,
    table,
    typed,
)


def long(name: str, make: Any, most: int, place: str) -> Sample:
    """A text of one character more than there may be, and one that just fits."""
    return Sample(f"{name} of {most + 1}", make, "x" * (most + 1), "x" * most, place)


def empty(name: str, make: Any, place: str) -> Sample:
    return Sample(f"an empty {name}", make, "", "x", place)


MESSAGES = [
    long("a section", lambda text: [section(text=mrkdwn(text))], 3000, "/blocks/0/text/text"),
    empty("section", lambda text: [section(text=mrkdwn(text))], "/blocks/0/text/text"),
    long("a field", lambda text: [section(fields=[plain(text)])], 2000, "/blocks/0/fields/0/text"),
    empty("field", lambda text: [section(fields=[mrkdwn(text)])], "/blocks/0/fields/0/text"),
    long("a block_id", lambda text: [section(block_id=text)], 255, "/blocks/0/block_id"),
    empty("block_id", lambda text: [section(block_id=text)], "/blocks/0/block_id"),
    long("a header", lambda text: [{"type": "header", "text": plain(text)}], 150, "/blocks/0/text/text"),
    empty("header", lambda text: [{"type": "header", "text": plain(text)}], "/blocks/0/text/text"),
    long("a context text", lambda text: [context(mrkdwn(text))], 3000, "/blocks/0/elements/0/text"),
    empty("context text", lambda text: [context(plain(text))], "/blocks/0/elements/0/text"),
    long("a button", lambda text: one(button(text=plain(text))), 75, "/blocks/0/elements/0/text/text"),
    empty("button", lambda text: one(button(text=plain(text))), "/blocks/0/elements/0/text/text"),
    long("a button value", lambda text: one(button(value=text)), 2000, "/blocks/0/elements/0/value"),
    long("an action_id", lambda text: one(button(action_id=text)), 255, "/blocks/0/elements/0/action_id"),
    empty("action_id", lambda text: one(button(action_id=text)), "/blocks/0/elements/0/action_id"),
    long(
        "a button's name for screen readers",
        lambda text: one(button(accessibility_label=text)),
        75,
        "/blocks/0/elements/0/accessibility_label",
    ),
    long(
        "a button's address",
        lambda text: one(button(url=f"https://a.example/{text}")),
        3000 - len("https://a.example/"),
        "/blocks/0/elements/0/url",
    ),
    long(
        "a confirmation's title",
        lambda text: one(button(confirm=confirm(title=plain(text)))),
        100,
        "/blocks/0/elements/0/confirm/title/text",
    ),
    long(
        "a confirmation's text",
        lambda text: one(button(confirm=confirm(text=mrkdwn(text)))),
        300,
        "/blocks/0/elements/0/confirm/text/text",
    ),
    long(
        "a confirmation's yes",
        lambda text: one(button(confirm=confirm(confirm=plain(text)))),
        30,
        "/blocks/0/elements/0/confirm/confirm/text",
    ),
    long(
        "a confirmation's no",
        lambda text: one(button(confirm=confirm(deny=plain(text)))),
        30,
        "/blocks/0/elements/0/confirm/deny/text",
    ),
    long("an alt_text", lambda text: [image(alt_text=text)], 2000, "/blocks/0/alt_text"),
    empty("alt_text", lambda text: [image(alt_text=text)], "/blocks/0/alt_text"),
    long("an image title", lambda text: [image(title=plain(text))], 2000, "/blocks/0/title/text"),
    long(
        "an option",
        lambda text: one(select(options=[option(text=text)])),
        75,
        "/blocks/0/elements/0/options/0/text/text",
    ),
    long(
        "an option's value",
        lambda text: one(select(options=[option(text)])),
        150,
        "/blocks/0/elements/0/options/0/value",
    ),
    long(
        "an option's description",
        lambda text: one(select(options=[option(description=plain(text))])),
        75,
        "/blocks/0/elements/0/options/0/description/text",
    ),
    long(
        "a group's label",
        lambda text: one({"type": "static_select", "option_groups": [{"label": plain(text), "options": [option()]}]}),
        75,
        "/blocks/0/elements/0/option_groups/0/label/text",
    ),
    long(
        "a select's placeholder",
        lambda text: one(select(placeholder=plain(text))),
        150,
        "/blocks/0/elements/0/placeholder/text",
    ),
    long(
        "a picker's placeholder",
        lambda text: one({"type": "datepicker", "placeholder": plain(text)}),
        150,
        "/blocks/0/elements/0/placeholder/text",
    ),
    long("a markdown block", lambda text: [{"type": "markdown", "text": text}], 12_000, "/blocks/0/text"),
    empty(
        "piece of rich text",
        lambda text: [rich({"type": "text", "text": text})],
        "/blocks/0/elements/0/elements/0/text",
    ),
    empty("table cell", lambda text: [table([[cell(text)]])], "/blocks/0/rows/0/0/text"),
    Sample(
        "two markdown blocks of 12001 together",
        lambda length: [{"type": "markdown", "text": "x" * 6000}, {"type": "markdown", "text": "x" * length}],
        6001,
        6000,
        "/blocks",
    ),
    long(
        "a radio button",
        lambda text: [section(accessory={"type": "radio_buttons", "options": [{"text": mrkdwn(text), "value": "a"}]})],
        75,
        "/blocks/0/accessory/options/0/text/text",
    ),
]

VIEWS = [
    long("a title", lambda text: modal(section(), title=plain(text)), 24, "/view/title/text"),
    empty("title", lambda text: modal(section(), title=plain(text)), "/view/title/text"),
    long("a submit", lambda text: modal(section(), submit=plain(text)), 24, "/view/submit/text"),
    long("a close", lambda text: modal(section(), close=plain(text)), 24, "/view/close/text"),
    long("private metadata", lambda text: modal(section(), private_metadata=text), 3000, "/view/private_metadata"),
    long(
        "a Home's private metadata", lambda text: home(section(), private_metadata=text), 3000, "/view/private_metadata"
    ),
    long("a callback_id", lambda text: modal(section(), callback_id=text), 255, "/view/callback_id"),
    long("an external_id", lambda text: modal(section(), external_id=text), 255, "/view/external_id"),
    long("a label", lambda text: modal(field(typed(), label=plain(text))), 2000, "/view/blocks/0/label/text"),
    empty("label", lambda text: modal(field(typed(), label=plain(text))), "/view/blocks/0/label/text"),
    long("a hint", lambda text: modal(field(typed(), hint=plain(text))), 2000, "/view/blocks/0/hint/text"),
    long(
        "a field's placeholder",
        lambda text: asked(typed(placeholder=plain(text))),
        150,
        "/view/blocks/0/element/placeholder/text",
    ),
    long(
        "what a field holds at first",
        lambda text: asked(typed(initial_value=text)),
        3000,
        "/view/blocks/0/element/initial_value",
    ),
    long(
        "what a short field holds at first",
        lambda text: asked(typed(max_length=5, initial_value=text)),
        5,
        "/view/blocks/0/element/initial_value",
    ),
    Sample(
        "a field for 3001 characters",
        lambda most: asked(typed(max_length=most)),
        3001,
        3000,
        "/view/blocks/0/element/max_length",
    ),
    Sample(
        "a field for no characters",
        lambda most: asked(typed(max_length=most)),
        0,
        1,
        "/view/blocks/0/element/max_length",
    ),
    Sample(
        "a field that wants more than it takes",
        lambda least: asked(typed(min_length=least, max_length=8)),
        9,
        8,
        "/view/blocks/0/element/min_length",
    ),
    Sample(
        "a field that wants less than nothing",
        lambda least: asked(typed(min_length=least)),
        -1,
        0,
        "/view/blocks/0/element/min_length",
    ),
    long(
        "a button in a Home",
        lambda text: home(actions(button(text=plain(text)))),
        75,
        "/view/blocks/0/elements/0/text/text",
    ),
]
