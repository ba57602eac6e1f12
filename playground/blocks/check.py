"""The two questions that the Web API asks: may these blocks, may this view be shown?"""

from collections.abc import Callable, Iterator
from typing import Any

from playground.blocks.layout import BLOCK
from playground.blocks.shape import Checker, Found, Path, Shape, boolean, list_of, string
from playground.blocks.text import plain
from playground.errors import Json
from playground.ids import Ids

LIMITS = {"message": 50, "modal": 100, "home": 100}
FileCheck = Callable[[Any], str | None]

_ANY: dict[str, Checker] = {
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
_MODAL_MAY: dict[str, Checker] = {
    **_ANY,
    "close": plain(24),
    "submit": plain(24),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
    "submit_disabled": boolean,
}


def _blocks_of(surface: str) -> Checker:
    lowest = 0 if surface == "message" else 1
    return list_of(BLOCK, LIMITS[surface], lowest)


_CHECKS = {surface: _blocks_of(surface) for surface in LIMITS}
_VIEWS = {
    "modal": Shape({"type": string(10), "title": plain(24), "blocks": _CHECKS["modal"]}, _MODAL_MAY),
    "home": Shape({"type": string(10), "blocks": _CHECKS["home"]}, _ANY),
}


def check_blocks(blocks: Any, files: FileCheck | None = None) -> list[str]:
    """The problems of a message's blocks; `files` says what is wrong with a reference to an uploaded file."""
    found = Found("message")
    if files is not None:
        found.files = files
    _CHECKS["message"](blocks, ((), "blocks"), found)
    if not found.problems:
        _check_unique(blocks, ((), "blocks"), found)
    return found.problems


def check_view(view: Any, kinds: tuple[str, ...], files: FileCheck | None = None) -> list[str]:
    """The problems of a view that must be one of `kinds` (modal, home)."""
    top: Path = ((), "view")
    kind = view.get("type") if isinstance(view, dict) else None
    found = Found(str(kind))
    if files is not None:
        found.files = files
    if kind not in kinds:
        found.add((top, "type"), f"must be one of: {', '.join(kinds)}")
        return found.problems
    _VIEWS[kind](view, top, found)
    if not found.problems:
        _check_unique(view["blocks"], (top, "blocks"), found)
        _check_submit(view, top, found)
    return found.problems


def _check_submit(view: Json, top: Path, found: Found) -> None:
    has_input = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and has_input and "submit" not in view:
        found.add((top, "submit"), "missing required field: submit; a modal with input blocks needs it")


def _check_unique(blocks: list[Json], path: Path, found: Found) -> None:
    seen: set[str] = set()
    focused = 0
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            found.add(((path, index), "block_id"), f"block_id already exists: {block_id}")
        if block_id is not None:
            seen.add(block_id)
        focused += _check_elements(block, (path, index), found)
    if focused > 1:
        found.add(path, "only one element may have focus_on_load")
    _check_markdown(blocks, path, found)
    tables = [index for index, block in enumerate(blocks) if block["type"] == "table"]
    if len(tables) > 1:
        found.add((path, tables[1]), "only_one_table_allowed")


def _check_elements(block: Json, path: Path, found: Found) -> int:
    seen: set[str] = set()
    focused = 0
    for key, element in _elements(block):
        action_id = element.get("action_id")
        if action_id in seen:
            found.add((path, key), f"action_id already exists in this block: {action_id}")
        if action_id is not None:
            seen.add(action_id)
        focused += element.get("focus_on_load") is True
    return focused


def _check_markdown(blocks: list[Json], path: Path, found: Found) -> None:
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > 12_000:
        found.add(path, "all markdown blocks together must be less than 12001 characters")


def _elements(block: Json) -> Iterator[tuple[str, Json]]:
    for key in ("accessory", "element"):
        if key in block:
            yield key, block[key]
    if block["type"] == "actions":
        for element in block["elements"]:
            yield "elements", element


def fill_ids(blocks: list[Json], ids: Ids) -> list[Json]:
    """Gives every block and element that has no id one, in place, as Slack does."""
    for block in blocks:
        if "block_id" not in block:
            block["block_id"] = ids.short("block")
        for _, element in _elements(block):
            if element["type"] != "image" and "action_id" not in element:
                element["action_id"] = ids.short("action")
    return blocks
