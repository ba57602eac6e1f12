"""Unknown types and keys, missing keys, values of the wrong kind."""

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
    rich_list,
    section,
    select,
    table,
    typed,
    without,
)


def lacking(name: str, make: Any, whole: dict[str, Any], key: str, place: str) -> Sample:
    return Sample(f"{name} without {key}", make, without(whole, key), whole, place)


MESSAGES = [
    Sample("a block that is no object", lambda block: [block], "words", section(), "/blocks/0"),
    Sample("a block without a type", lambda block: [block], {"text": mrkdwn()}, section(), "/blocks/0/type"),
    Sample("an unknown block", lambda kind: [{"type": kind}], "paragraph", "divider", "/blocks/0/type"),
    Sample("an unknown key", lambda key: [section(**{key: "red"})], "colour", "block_id", "/blocks/0/colour"),
    lacking("a section", lambda block: [block], section(), "text", "/blocks/0"),
    Sample("a text that is only a string", lambda text: [section(text=text)], "words", mrkdwn(), "/blocks/0/text"),
    Sample(
        "an unknown kind of text",
        lambda kind: [section(text={**mrkdwn(), "type": kind})],
        "html",
        "mrkdwn",
        "/blocks/0/text/type",
    ),
    Sample(
        "emoji on mrkdwn",
        lambda text: [section(text={**text, "emoji": True})],
        mrkdwn(),
        plain(),
        "/blocks/0/text/emoji",
    ),
    Sample(
        "verbatim on plain text",
        lambda text: [section(text={**text, "verbatim": True})],
        plain(),
        mrkdwn(),
        "/blocks/0/text/verbatim",
    ),
    Sample("a text that is a number", lambda text: [section(text=plain(text))], 7, "7", "/blocks/0/text/text"),
    Sample("fields that are no list", lambda fields: [section(fields=fields)], plain(), [plain()], "/blocks/0/fields"),
    Sample("a switch that is a word", lambda value: [section(expand=value)], "yes", True, "/blocks/0/expand"),
    lacking("a header", lambda block: [block], {"type": "header", "text": plain()}, "text", "/blocks/0"),
    Sample(
        "a header in mrkdwn", lambda text: [{"type": "header", "text": text}], mrkdwn(), plain(), "/blocks/0/text/type"
    ),
    Sample("a divider with text", lambda more: [{"type": "divider", **more}], {"text": plain()}, {}, "/blocks/0/text"),
    lacking("a context", lambda block: [block], context(mrkdwn()), "elements", "/blocks/0"),
    lacking("an actions block", lambda block: [block], actions(button()), "elements", "/blocks/0"),
    lacking("a button", one, button(), "text", "/blocks/0/elements/0"),
    Sample(
        "a button in mrkdwn", lambda text: one(button(text=text)), mrkdwn(), plain(), "/blocks/0/elements/0/text/type"
    ),
    Sample(
        "a button value that is a number", lambda value: one(button(value=value)), 7, "7", "/blocks/0/elements/0/value"
    ),
    Sample(
        "an unknown style", lambda style: one(button(style=style)), "default", "danger", "/blocks/0/elements/0/style"
    ),
    Sample(
        "a button to nowhere",
        lambda url: one(button(url=url)),
        "javascript:x",
        "https://a.example/",
        "/blocks/0/elements/0/url",
    ),
    Sample(
        "an unknown key of a button",
        lambda more: one(button(**more)),
        {"colour": "red"},
        {},
        "/blocks/0/elements/0/colour",
    ),
    lacking(
        "a confirmation", lambda words: one(button(confirm=words)), confirm(), "text", "/blocks/0/elements/0/confirm"
    ),
    Sample(
        "a confirmation title in mrkdwn",
        lambda title: one(button(confirm=confirm(title=title))),
        mrkdwn(),
        plain(),
        "/blocks/0/elements/0/confirm/title/type",
    ),
    lacking("an image", lambda block: [block], image(), "alt_text", "/blocks/0"),
    Sample(
        "an image from no web address",
        lambda url: [image(image_url=url)],
        "a.png",
        "http://a.example/a.png",
        "/blocks/0/image_url",
    ),
    Sample("an image title in mrkdwn", lambda title: [image(title=title)], mrkdwn(), plain(), "/blocks/0/title/type"),
    lacking("an option", lambda item: one(select(options=[item])), option(), "value", "/blocks/0/elements/0/options/0"),
    Sample(
        "an option in mrkdwn",
        lambda text: one(select(options=[{"text": text, "value": "a"}])),
        mrkdwn(),
        plain(),
        "/blocks/0/elements/0/options/0/text/type",
    ),
    lacking("a select", one, select(), "options", "/blocks/0/elements/0"),
    Sample(
        "options and groups at once",
        lambda more: one(
            {"type": "static_select", "option_groups": [{"label": plain(), "options": [option()]}], **more}
        ),
        {"options": [option("b")]},
        {},
        "/blocks/0/elements/0",
    ),
    Sample(
        "a link on a plain option",
        lambda kind: [section(accessory={"type": kind, "options": [option(url="https://a.example/")]})],
        "static_select",
        "overflow",
        "/blocks/0/accessory/options/0/url",
    ),
    Sample(
        "a filter for what does not exist",
        lambda kind: one({"type": "conversations_select", "filter": {"include": [kind]}}),
        "secret",
        "private",
        "/blocks/0/elements/0/filter/include/0",
    ),
    Sample(
        "a day that is none",
        lambda day: one({"type": "datepicker", "initial_date": day}),
        "2026-02-30",
        "2026-02-28",
        "/blocks/0/elements/0/initial_date",
    ),
    Sample(
        "a day written otherwise",
        lambda day: one({"type": "datepicker", "initial_date": day}),
        "20260228",
        "2026-02-28",
        "/blocks/0/elements/0/initial_date",
    ),
    Sample(
        "a time that is none",
        lambda time: one({"type": "timepicker", "initial_time": time}),
        "24:01",
        "23:59",
        "/blocks/0/elements/0/initial_time",
    ),
    Sample(
        "a time with seconds",
        lambda time: one({"type": "timepicker", "initial_time": time}),
        "10:00:00",
        "10:00",
        "/blocks/0/elements/0/initial_time",
    ),
    Sample(
        "an instant in milliseconds",
        lambda instant: one({"type": "datetimepicker", "initial_date_time": instant}),
        1_700_000_000_000,
        1_700_000_000,
        "/blocks/0/elements/0/initial_date_time",
    ),
    Sample(
        "an unknown part of rich text",
        lambda leaf: [rich(leaf)],
        {"type": "table"},
        {"type": "text", "text": "x"},
        "/blocks/0/elements/0/elements/0/type",
    ),
    Sample(
        "a rich text list without a style",
        lambda more: [rich_list(**more)],
        {},
        {"style": "bullet"},
        "/blocks/0/elements/0",
    ),
    Sample(
        "a call to everybody there is not",
        lambda span: [rich({"type": "broadcast", "range": span})],
        "all",
        "here",
        "/blocks/0/elements/0/elements/0/range",
    ),
    Sample("a table cell that is a string", lambda made: [table([[made]])], "x", cell(), "/blocks/0/rows/0/0"),
    Sample(
        "a table cell in mrkdwn",
        lambda made: [table([[made]])],
        mrkdwn(),
        rich({"type": "text", "text": "x"}),
        "/blocks/0/rows/0/0/type",
    ),
    Sample(
        "a column aligned nowhere",
        lambda align: [table([[cell()]], column_settings=[{"align": align}])],
        "middle",
        "center",
        "/blocks/0/column_settings/0/align",
    ),
]

VIEWS = [
    lacking("a modal", lambda view: view, modal(section()), "title", "/view"),
    lacking("a modal", lambda view: view, modal(section()), "blocks", "/view"),
    Sample(
        "blocks that are no list",
        lambda blocks: {**modal(), "blocks": blocks},
        {"type": "divider"},
        [section()],
        "/view/blocks",
    ),
    Sample("a title in mrkdwn", lambda title: modal(section(), title=title), mrkdwn(), plain(), "/view/title/type"),
    Sample("a submit in mrkdwn", lambda text: modal(section(), submit=text), mrkdwn(), plain(), "/view/submit/type"),
    Sample(
        "a modal's switch that is a word",
        lambda value: modal(section(), notify_on_close=value),
        "yes",
        True,
        "/view/notify_on_close",
    ),
    Sample("an unknown key of a modal", lambda more: modal(section(), **more), {"color": "red"}, {}, "/view/color"),
    Sample(
        "metadata that is an object",
        lambda value: modal(section(), private_metadata=value),
        {},
        "{}",
        "/view/private_metadata",
    ),
    lacking("a modal with a field", lambda view: view, asked(typed()), "submit", "/view/submit"),
    lacking("a field", lambda block: modal(block), field(typed()), "element", "/view/blocks/0"),
    lacking("a field", lambda block: modal(block), field(typed()), "label", "/view/blocks/0"),
    Sample(
        "a label in mrkdwn",
        lambda label: modal(field(typed(), label=label)),
        mrkdwn(),
        plain(),
        "/view/blocks/0/label/type",
    ),
    Sample(
        "a hint in mrkdwn", lambda hint: modal(field(typed(), hint=hint)), mrkdwn(), plain(), "/view/blocks/0/hint/type"
    ),
    lacking(
        "a number",
        asked,
        {"type": "number_input", "is_decimal_allowed": True},
        "is_decimal_allowed",
        "/view/blocks/0/element",
    ),
    Sample(
        "a lowest number that is no text",
        lambda least: asked({"type": "number_input", "is_decimal_allowed": True, "min_value": least}),
        1,
        "1.5",
        "/view/blocks/0/element/min_value",
    ),
    Sample(
        "a lowest number above the highest",
        lambda least: asked(
            {"type": "number_input", "is_decimal_allowed": False, "min_value": least, "max_value": "1"}
        ),
        "2",
        "1",
        "/view/blocks/0/element/min_value",
    ),
    Sample(
        "an unknown reason to dispatch",
        lambda why: asked(typed(dispatch_action_config={"trigger_actions_on": [why]})),
        "on_blur",
        "on_character_entered",
        "/view/blocks/0/element/dispatch_action_config/trigger_actions_on/0",
    ),
    Sample(
        "rich text given as a string",
        lambda value: asked({"type": "rich_text_input", "initial_value": value}),
        "x",
        rich({"type": "text", "text": "x"}),
        "/view/blocks/0/element/initial_value",
    ),
    Sample("a Home with an unknown key", lambda more: home(section(), **more), {"colour": "red"}, {}, "/view/colour"),
]
