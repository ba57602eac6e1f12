"""Blocks and elements where Slack does not let them stand, and the same where it does."""

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
    image,
    modal,
    option,
    plain,
    section,
    select,
    table,
    typed,
)

DATE_TIME = {"type": "datetimepicker"}
NUMBER = {"type": "number_input", "is_decimal_allowed": True}
MARKDOWN = {"type": "markdown", "text": "x"}
OVERFLOW = {"type": "overflow", "options": [option()]}


def kept_to_modals(name: str, element: dict[str, Any], surface: Any, place: str) -> Sample:
    """A field that only a modal may have, against one that may stand anywhere."""
    return Sample(name, lambda made: surface(field(made)), element, typed(), place)


def message(*blocks: Any) -> list[Any]:
    return list(blocks)


MESSAGES = [
    Sample("a button in a context", lambda made: [context(made)], button(), image(), "/blocks/0/elements/0/type"),
    Sample("an image among actions", lambda made: [actions(made)], image(), button(), "/blocks/0/elements/0/type"),
    Sample("a text field among actions", lambda made: [actions(made)], typed(), select(), "/blocks/0/elements/0/type"),
    Sample(
        "an unknown element",
        lambda made: [section(accessory=made)],
        {"type": "slider"},
        button(),
        "/blocks/0/accessory/type",
    ),
    Sample(
        "a date and time beside a text",
        lambda made: [section(accessory=made)],
        DATE_TIME,
        {"type": "datepicker"},
        "/blocks/0/accessory/type",
    ),
    Sample(
        "a text field beside a text",
        lambda made: [section(accessory=made)],
        typed(),
        OVERFLOW,
        "/blocks/0/accessory/type",
    ),
    Sample("a button as a field", lambda made: [field(made)], button(), select(), "/blocks/0/element/type"),
    Sample("an image as a field", lambda made: [field(made)], image(), typed(), "/blocks/0/element/type"),
    kept_to_modals("a number in a message", NUMBER, message, "/blocks/0/element/type"),
    kept_to_modals("a mail address in a message", {"type": "email_text_input"}, message, "/blocks/0/element/type"),
    kept_to_modals("a web address in a message", {"type": "url_text_input"}, message, "/blocks/0/element/type"),
    kept_to_modals("files in a message", {"type": "file_input"}, message, "/blocks/0/element/type"),
    kept_to_modals("rich text to type in a message", {"type": "rich_text_input"}, message, "/blocks/0/element/type"),
    Sample(
        "a select in a message that wants a response_url",
        lambda wanted: [actions({"type": "conversations_select", "response_url_enabled": wanted})],
        True,
        False,
        "/blocks/0/elements/0/response_url_enabled",
    ),
]

VIEWS = [
    Sample("a markdown block in a modal", lambda block: modal(block), MARKDOWN, section(), "/view/blocks/0/type"),
    Sample("a markdown block in a Home", lambda block: home(block), MARKDOWN, section(), "/view/blocks/0/type"),
    Sample("a table in a modal", lambda block: modal(block), table([[cell()]]), section(), "/view/blocks/0/type"),
    Sample("a table in a Home", lambda block: home(block), table([[cell()]]), section(), "/view/blocks/0/type"),
    Sample(
        "a date and time in a Home",
        lambda made: home(actions(made)),
        DATE_TIME,
        {"type": "datepicker"},
        "/view/blocks/0/elements/0/type",
    ),
    Sample(
        "a date and time as a Home's field",
        lambda made: home(field(made)),
        DATE_TIME,
        {"type": "timepicker"},
        "/view/blocks/0/element/type",
    ),
    kept_to_modals("a number in a Home", NUMBER, home, "/view/blocks/0/element/type"),
    kept_to_modals("a mail address in a Home", {"type": "email_text_input"}, home, "/view/blocks/0/element/type"),
    kept_to_modals("a web address in a Home", {"type": "url_text_input"}, home, "/view/blocks/0/element/type"),
    kept_to_modals("files in a Home", {"type": "file_input"}, home, "/view/blocks/0/element/type"),
    Sample("an overflow menu as a field", asked, OVERFLOW, select(), "/view/blocks/0/element/type"),
    Sample(
        "a number among actions", lambda made: modal(actions(made)), NUMBER, DATE_TIME, "/view/blocks/0/elements/0/type"
    ),
    Sample("a Home with a title", lambda more: home(section(), **more), {"title": plain()}, {}, "/view/title"),
    Sample("a Home with a submit", lambda more: home(section(), **more), {"submit": plain()}, {}, "/view/submit"),
    Sample(
        "a Home that clears on close",
        lambda more: home(section(), **more),
        {"clear_on_close": True},
        {},
        "/view/clear_on_close",
    ),
    Sample("a view of another type", lambda kind: {**modal(section()), "type": kind}, "sheet", "modal", "/view/type"),
    Sample(
        "files that dispatch",
        lambda dispatch: modal(field({"type": "file_input"}, dispatch_action=dispatch)),
        True,
        False,
        "/view/blocks/0/dispatch_action",
    ),
    Sample(
        "a select in a Home that wants a response_url",
        lambda wanted: home(actions({"type": "channels_select", "response_url_enabled": wanted})),
        True,
        False,
        "/view/blocks/0/elements/0/response_url_enabled",
    ),
]
