"""The blocks themselves: what each may hold and on which surface it may stand."""

from typing import Any

from playground.blocks.choosing import CHOOSING
from playground.blocks.rich_text import PARTS
from playground.blocks.shape import (
    Checker,
    Found,
    Path,
    Shape,
    boolean,
    by_type,
    list_of,
    one_of,
    string,
    url,
)
from playground.blocks.text import either, plain
from playground.blocks.typing_in import TYPING

BLOCK_ID = string(255, shortest=1)
_SLACK_FILE = Shape({}, {"id": string(255, shortest=1), "url": url()})
EVERYWHERE = frozenset({"message", "modal", "home"})
_ONLY: dict[str, frozenset[str]] = {
    "datetimepicker": frozenset({"message", "modal"}),
    "rich_text_input": frozenset({"modal", "home"}),
    "number_input": frozenset({"modal"}),
    "url_text_input": frozenset({"modal"}),
    "email_text_input": frozenset({"modal"}),
    "file_input": frozenset({"modal"}),
    "markdown": frozenset({"message"}),
    "table": frozenset({"message"}),
}
_ACTIONS = frozenset(CHOOSING) | {"datepicker", "timepicker", "datetimepicker"}
_ACCESSORY = (_ACTIONS - {"datetimepicker"}) | {"image"}
_INPUT = frozenset(TYPING) | (frozenset(CHOOSING) - {"button", "overflow"})


def _image_source(image: dict[str, Any], path: Path, found: Found) -> None:
    if ("image_url" in image) == ("slack_file" in image):
        found.add(path, "must have either image_url or slack_file")
    elif "slack_file" in image:
        _slack_file(image["slack_file"], (path, "slack_file"), found)


def _slack_file(reference: dict[str, Any], path: Path, found: Found) -> None:
    if len(reference) != 1:
        found.add(path, "must have either id or url")
        return
    trouble = found.files(reference)
    if trouble:
        found.add(path, trouble)


_IMAGE_MUST: dict[str, Checker] = {"alt_text": string(2000, shortest=1)}
_IMAGE_MAY: dict[str, Checker] = {"image_url": url(), "slack_file": _SLACK_FILE}
IMAGE_ELEMENT = Shape(_IMAGE_MUST, _IMAGE_MAY, (_image_source,))


def _on_surface(kind: str, checker: Checker) -> Checker:
    allowed = _ONLY.get(kind, EVERYWHERE)

    def check(value: Any, path: Path, found: Found) -> None:
        if found.surface not in allowed:
            found.add((path, "type"), f"unsupported type: {kind} may not stand in a {found.surface}")
        checker(value, path, found)

    return check if kind in _ONLY else checker


_ALL: dict[str, Checker] = {**CHOOSING, **TYPING, "image": IMAGE_ELEMENT}
ELEMENTS: dict[str, Checker] = {kind: _on_surface(kind, checker) for kind, checker in _ALL.items()}
_CONTEXT: dict[str, Checker] = {
    "image": IMAGE_ELEMENT,
    "plain_text": Shape({"text": string(3000, shortest=1)}, {"emoji": boolean}),
    "mrkdwn": Shape({"text": string(3000, shortest=1)}, {"verbatim": boolean}),
}


def _section_has_words(section: dict[str, Any], path: Path, found: Found) -> None:
    if "text" not in section and "fields" not in section:
        found.add(path, "must have text or fields")


def _files_stay_silent(block: dict[str, Any], path: Path, found: Found) -> None:
    if block.get("dispatch_action") and block["element"]["type"] == "file_input":
        found.add((path, "dispatch_action"), "file_input cannot dispatch actions")


def _block(must: dict[str, Checker], may: dict[str, Checker], *rules: Any) -> Shape:
    return Shape(must, {"block_id": BLOCK_ID, **may}, tuple(rules))


_CELL = by_type(
    {"raw_text": Shape({"text": string(3000, shortest=1)}), "rich_text": Shape({"elements": PARTS})}, "table cell"
)
_COLUMN = Shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
_TABLE = _block({"rows": list_of(list_of(_CELL, 20), 100)}, {"column_settings": list_of(_COLUMN, 20)})

BLOCKS: dict[str, Checker] = {
    "section": _block(
        {},
        {
            "text": either(3000),
            "fields": list_of(either(2000), 10),
            "accessory": by_type(ELEMENTS, "element", _ACCESSORY),
            "expand": boolean,
        },
        _section_has_words,
    ),
    "divider": _block({}, {}),
    "header": _block({"text": plain(150)}, {}),
    "context": _block({"elements": list_of(by_type(_CONTEXT, "context element"), 10)}, {}),
    "actions": _block({"elements": list_of(by_type(ELEMENTS, "element", _ACTIONS), 25)}, {}),
    "image": _block(_IMAGE_MUST, {**_IMAGE_MAY, "title": plain(2000)}, _image_source),
    "input": _block(
        {"label": plain(2000), "element": by_type(ELEMENTS, "element", _INPUT)},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
        _files_stay_silent,
    ),
    "rich_text": _block({"elements": PARTS}, {}),
    "table": _on_surface("table", _TABLE),
    "markdown": _on_surface("markdown", _block({"text": string(12_000, shortest=1)}, {})),
}
BLOCK = by_type(BLOCKS, "block")
