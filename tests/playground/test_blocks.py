"""Each sample breaks one rule of Block Kit; the check must name the place, and must pass the whole ones."""

import copy
from typing import Any

import pytest

from playground.blocks import check_blocks, check_view, fill_ids
from playground.ids import Ids


def plain(text: str = "words") -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "words") -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def section(**more: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(), **more}


def option(value: str = "a", text: str = "A", **more: Any) -> dict[str, Any]:
    return {"text": plain(text), "value": value, **more}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(), "action_id": "go", **more}


def actions(*elements: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def field(element: Any, **more: Any) -> dict[str, Any]:
    return {"type": "input", "label": plain(), "element": element, **more}


def select(**more: Any) -> dict[str, Any]:
    return {"type": "static_select", "options": [option()], **more}


def text_input(**more: Any) -> dict[str, Any]:
    return {"type": "plain_text_input", **more}


def image(**more: Any) -> dict[str, Any]:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a chart", **more}


def modal(*blocks: Any, **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain("Title"), "submit": plain("Save"), "blocks": list(blocks), **more}


def home(*blocks: Any, **more: Any) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks), **more}


def without(sample: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in sample.items() if name != key}


def confirm(**more: Any) -> dict[str, Any]:
    return {"title": plain("Sure?"), "text": plain(), "confirm": plain("Yes"), "deny": plain("No"), **more}


def rich(*elements: Any) -> dict[str, Any]:
    part = {"type": "rich_text_section", "elements": list(elements)}
    return {"type": "rich_text", "elements": [part]}


def rich_list(**more: Any) -> dict[str, Any]:
    line = {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}
    return {"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": [line], **more}]}


MANY = [option(f"v{number}", f"Option {number}") for number in range(101)]

BROKEN_MESSAGES: list[tuple[str, Any, str]] = [
    ("fifty-one blocks", [section() for _ in range(51)], "/blocks"),
    ("blocks that are no list", {"type": "divider"}, "/blocks"),
    ("a block that is no object", ["words"], "/blocks/0"),
    ("a block without a type", [{"text": mrkdwn()}], "/blocks/0/type"),
    ("an unknown block type", [{"type": "paragraph"}], "/blocks/0/type"),
    ("an unknown key", [section(colour="red")], "/blocks/0/colour"),
    ("a section without words", [{"type": "section"}], "/blocks/0"),
    ("a section text of 3001", [section(text=mrkdwn("x" * 3001))], "/blocks/0/text/text"),
    ("an empty section text", [section(text=mrkdwn(""))], "/blocks/0/text/text"),
    ("a text that is only a string", [section(text="words")], "/blocks/0/text"),
    ("an unknown text type", [section(text={"type": "html", "text": "x"})], "/blocks/0/text/type"),
    ("emoji on mrkdwn", [section(text={**mrkdwn(), "emoji": True})], "/blocks/0/text/emoji"),
    ("verbatim on plain text", [section(text={**plain(), "verbatim": True})], "/blocks/0/text/verbatim"),
    ("eleven fields", [section(fields=[plain()] * 11)], "/blocks/0/fields"),
    ("a field of 2001", [section(fields=[plain("x" * 2001)])], "/blocks/0/fields/0/text"),
    ("a block_id of 256", [section(block_id="x" * 256)], "/blocks/0/block_id"),
    ("an empty block_id", [section(block_id="")], "/blocks/0/block_id"),
    ("one block_id twice", [section(block_id="a"), section(block_id="a")], "/blocks/1/block_id"),
    ("a header of 151", [{"type": "header", "text": plain("x" * 151)}], "/blocks/0/text/text"),
    ("a header in mrkdwn", [{"type": "header", "text": mrkdwn()}], "/blocks/0/text/type"),
    ("a divider with text", [{"type": "divider", "text": plain()}], "/blocks/0/text"),
    ("an empty context", [{"type": "context", "elements": []}], "/blocks/0/elements"),
    ("eleven in a context", [{"type": "context", "elements": [mrkdwn()] * 11}], "/blocks/0/elements"),
    ("a button in a context", [{"type": "context", "elements": [button()]}], "/blocks/0/elements/0/type"),
    ("no actions", [actions()], "/blocks/0/elements"),
    ("26 actions", [actions(*(button(action_id=f"b{n}") for n in range(26)))], "/blocks/0/elements"),
    ("one action_id twice", [actions(button(), button())], "/blocks/0/elements"),
    ("an image among actions", [actions(image())], "/blocks/0/elements/0/type"),
    ("a text input among actions", [actions(text_input())], "/blocks/0/elements/0/type"),
    ("a button text of 76", [actions(button(text=plain("x" * 76)))], "/blocks/0/elements/0/text/text"),
    ("a button in mrkdwn", [actions(button(text=mrkdwn()))], "/blocks/0/elements/0/text/type"),
    ("a button value of 2001", [actions(button(value="x" * 2001))], "/blocks/0/elements/0/value"),
    ("a button value that is a number", [actions(button(value=7))], "/blocks/0/elements/0/value"),
    ("an action_id of 256", [actions(button(action_id="x" * 256))], "/blocks/0/elements/0/action_id"),
    ("an unknown button style", [actions(button(style="default"))], "/blocks/0/elements/0/style"),
    ("a button to nowhere", [actions(button(url="javascript:x"))], "/blocks/0/elements/0/url"),
    ("a button without text", [actions(without(button(), "text"))], "/blocks/0/elements/0"),
    ("a confirm title of 101", [actions(button(confirm=confirm(title=plain("x" * 101))))], "/confirm/title/text"),
    ("a confirm text of 301", [actions(button(confirm=confirm(text=plain("x" * 301))))], "/confirm/text/text"),
    ("a confirm answer of 31", [actions(button(confirm=confirm(deny=plain("x" * 31))))], "/confirm/deny/text"),
    ("an image without alt_text", [without(image(), "alt_text")], "/blocks/0"),
    ("an alt_text of 2001", [image(alt_text="x" * 2001)], "/blocks/0/alt_text"),
    ("an image without a source", [without(image(), "image_url")], "/blocks/0"),
    ("an image with two sources", [image(slack_file={"id": "F1"})], "/blocks/0"),
    ("an image title in mrkdwn", [image(title=mrkdwn())], "/blocks/0/title/type"),
    ("an option text of 76", [actions(select(options=[option(text="x" * 76)]))], "/options/0/text/text"),
    ("an option value of 151", [actions(select(options=[option("x" * 151)]))], "/options/0/value"),
    (
        "an option description of 76",
        [actions(select(options=[option(description=plain("x" * 76))]))],
        "/options/0/description/text",
    ),
    ("101 options", [actions(select(options=MANY))], "/blocks/0/elements/0/options"),
    ("no options", [actions(select(options=[]))], "/blocks/0/elements/0/options"),
    ("two options with one value", [actions(select(options=[option(), option()]))], "/options"),
    ("a select with neither options nor groups", [actions(without(select(), "options"))], "/elements/0"),
    (
        "options and groups at once",
        [actions(select(option_groups=[{"label": plain(), "options": [option("b")]}]))],
        "/blocks/0/elements/0",
    ),
    ("an initial option that is not offered", [actions(select(initial_option=option("b")))], "/initial_option"),
    ("a select placeholder of 151", [actions(select(placeholder=plain("x" * 151)))], "/placeholder/text"),
    ("mrkdwn in a select", [actions(select(options=[{"text": mrkdwn(), "value": "a"}]))], "/options/0/text/type"),
    ("six in an overflow menu", [section(accessory={"type": "overflow", "options": MANY[:6]})], "/options"),
    ("eleven radio buttons", [actions({"type": "radio_buttons", "options": MANY[:11]})], "/options"),
    ("eleven checkboxes", [actions({"type": "checkboxes", "options": MANY[:11]})], "/options"),
    (
        "checked boxes that are not offered",
        [actions({"type": "checkboxes", "options": [option()], "initial_options": [option("b")]})],
        "/initial_options/0",
    ),
    ("a date that is none", [actions({"type": "datepicker", "initial_date": "2026-02-30"})], "/initial_date"),
    ("a time that is none", [actions({"type": "timepicker", "initial_time": "24:01"})], "/initial_time"),
    (
        "an instant in milliseconds",
        [actions({"type": "datetimepicker", "initial_date_time": 1_700_000_000_000})],
        "/initial_date_time",
    ),
    ("a date and time beside a text", [section(accessory={"type": "datetimepicker"})], "/accessory/type"),
    ("an unknown element", [section(accessory={"type": "slider"})], "/blocks/0/accessory/type"),
    ("a number input in a message", [field({"type": "number_input", "is_decimal_allowed": True})], "/element/type"),
    ("a file input in a message", [field({"type": "file_input"})], "/blocks/0/element/type"),
    ("a button as an input", [field(button())], "/blocks/0/element/type"),
    ("a rich text with an unknown part", [rich({"type": "table"})], "/elements/0/elements/0/type"),
    ("a rich text list without a style", [rich_list()], "/blocks/0/elements/0"),
    ("a markdown block of 12001", [{"type": "markdown", "text": "x" * 12_001}], "/blocks/0/text"),
    ("two markdown blocks of 7000", [{"type": "markdown", "text": "x" * 7000}] * 2, "/blocks"),
]

BROKEN_VIEWS: list[tuple[str, Any, str]] = [
    ("a modal without a title", without(modal(section()), "title"), "/view"),
    ("a title of 25", modal(section(), title=plain("x" * 25)), "/view/title/text"),
    ("a title in mrkdwn", modal(section(), title=mrkdwn()), "/view/title/type"),
    ("a submit of 25", modal(section(), submit=plain("x" * 25)), "/view/submit/text"),
    ("a close of 25", modal(section(), close=plain("x" * 25)), "/view/close/text"),
    ("an input and no submit", without(modal(field(text_input())), "submit"), "/view/submit"),
    ("private metadata of 3001", modal(section(), private_metadata="x" * 3001), "/view/private_metadata"),
    ("a callback_id of 256", modal(section(), callback_id="x" * 256), "/view/callback_id"),
    ("an external_id of 256", modal(section(), external_id="x" * 256), "/view/external_id"),
    ("101 blocks in a modal", modal(*([section()] * 101)), "/view/blocks"),
    ("101 blocks in a Home", home(*([section()] * 101)), "/view/blocks"),
    ("a Home with a title", home(section(), title=plain()), "/view/title"),
    ("a Home with a submit", home(section(), submit=plain()), "/view/submit"),
    ("a view of another type", {**modal(section()), "type": "sheet"}, "/view/type"),
    ("a switch that is a word", modal(section(), notify_on_close="yes"), "/view/notify_on_close"),
    ("a label of 2001", modal(field(text_input(), label=plain("x" * 2001))), "/label/text"),
    ("a label in mrkdwn", modal(field(text_input(), label=mrkdwn())), "/view/blocks/0/label/type"),
    ("a hint of 2001", modal(field(text_input(), hint=plain("x" * 2001))), "/hint/text"),
    ("an input without an element", modal({"type": "input", "label": plain()}), "/view/blocks/0"),
    ("a max_length of 3001", modal(field(text_input(max_length=3001))), "/element/max_length"),
    ("min above max", modal(field(text_input(min_length=9, max_length=8))), "/element/min_length"),
    ("an initial value too long", modal(field(text_input(max_length=2, initial_value="abc"))), "/initial_value"),
    ("two in focus", modal(*([field(text_input(focus_on_load=True))] * 2)), "/view/blocks"),
    ("an unknown dispatch", modal(field(text_input(dispatch_action_config={"on": []}))), "/dispatch_action_config"),
    ("a number without a rule for decimals", modal(field({"type": "number_input"})), "/element"),
    (
        "a lowest number above the highest",
        modal(field({"type": "number_input", "is_decimal_allowed": False, "min_value": "9", "max_value": "1"})),
        "/element/min_value",
    ),
    ("a markdown block in a modal", modal({"type": "markdown", "text": "x"}), "/view/blocks/0/type"),
    ("a date and time in a Home", home(actions({"type": "datetimepicker"})), "/elements/0/type"),
    ("an e-mail input in a Home", home(field({"type": "email_text_input"})), "/element/type"),
    ("an overflow menu as an input", modal(field({"type": "overflow", "options": [option()]})), "/element/type"),
    (
        "nobody may be chosen",
        modal(field({"type": "multi_users_select", "max_selected_items": 0})),
        "/element/max_selected_items",
    ),
]

WHOLE_MESSAGES: list[Any] = [
    [section(accessory=button(confirm=confirm(style="danger"), style="primary"), fields=[plain()] * 10)],
    [section(text=mrkdwn("x" * 3000), block_id="x" * 255)],
    [actions(*(button(action_id=f"b{n}", value="x" * 2000) for n in range(25)))],
    [actions(select(options=MANY[:100], initial_option=copy.deepcopy(MANY[3])))],
    [section(accessory={"type": "overflow", "options": [option(url="https://example.com/")]})],
    [actions({"type": "radio_buttons", "options": [{"text": mrkdwn("*a*"), "value": "a"}]})],
    [{"type": "context", "elements": [mrkdwn(), image()]}, {"type": "divider"}, image(title=plain())],
    [rich({"type": "text", "text": "x", "style": {"bold": True}}, {"type": "user", "user_id": "U1"})],
    [rich_list(style="ordered", indent=1)],
    [field(text_input(multiline=True, max_length=3000), dispatch_action=True, optional=True)],
    [section() for _ in range(50)],
]


@pytest.mark.parametrize(("blocks", "place"), [row[1:] for row in BROKEN_MESSAGES], ids=[r[0] for r in BROKEN_MESSAGES])
def test_a_message_is_refused_and_the_place_is_named(blocks: Any, place: str) -> None:
    problems = check_blocks(blocks)
    assert len(problems) == 1
    assert problems[0].startswith("[ERROR] ")
    assert problems[0].endswith(f"{place}]")


@pytest.mark.parametrize(("view", "place"), [row[1:] for row in BROKEN_VIEWS], ids=[r[0] for r in BROKEN_VIEWS])
def test_a_view_is_refused_and_the_place_is_named(view: Any, place: str) -> None:
    problems = check_view(view, ("modal", "home"))
    assert problems
    assert all(problem.startswith("[ERROR] ") for problem in problems)
    assert any(f"{place}]" in problem or f"{place}/" in problem for problem in problems)


@pytest.mark.parametrize("blocks", WHOLE_MESSAGES)
def test_a_whole_message_passes(blocks: Any) -> None:
    assert check_blocks(blocks) == []


def test_a_modal_at_every_limit_passes() -> None:
    view = modal(
        field({"type": "datetimepicker", "initial_date_time": 1_772_442_000}, hint=plain("x" * 2000)),
        field({"type": "multi_users_select", "max_selected_items": 2}),
        field({"type": "conversations_select", "filter": {"include": ["private"]}}),
        field({"type": "multi_static_select", "options": MANY[:100]}),
        field({"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "9"}),
        field({"type": "email_text_input"}),
        field({"type": "url_text_input"}),
        field({"type": "file_input", "max_files": 10}),
        title=plain("x" * 24),
        private_metadata="x" * 3000,
        notify_on_close=True,
    )
    assert check_view(view, ("modal",)) == []


def test_a_home_may_not_be_opened_as_a_modal() -> None:
    assert check_view(home(section()), ("modal",)) == ["[ERROR] must be one of: modal [json-pointer:/view/type]"]


def test_blocks_and_elements_without_an_id_get_one_of_their_own() -> None:
    blocks = fill_ids([section(), section(block_id="mine"), actions(without(button(), "action_id"))], Ids())
    assert blocks[1]["block_id"] == "mine"
    assert len({block["block_id"] for block in blocks}) == 3
    assert blocks[2]["elements"][0]["action_id"]
