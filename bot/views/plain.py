"""Messages, modals and Homes for a screen reader: no lines between, no grey print, no emoji."""

import re
from dataclasses import replace
from typing import Any, TypeVar

from slack_sdk.models.blocks import Block

from bot.views.parts import Message, Modal

_EMOJI = re.compile(
    "(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u25a0\u25a1]\ufe0f?\u200d?)+|:[a-z][a-z0-9_+-]*[a-z]:(?!//)"
)
_STRUCK = re.compile(r"(?<![A-Za-z0-9/])~([^~\n]+)~(?![A-Za-z0-9])")
_SIGNS = {" · ": ", ", " → ": ", then "}
_PART = "part:"


Shown = TypeVar("Shown", Message, Modal)


class Drawn(Block):
    """A block that is drawn already."""

    def __init__(self, drawn: dict[str, Any]) -> None:
        super().__init__(type=str(drawn.get("type")))
        self._drawn = drawn

    def to_dict(self) -> dict[str, Any]:
        return dict(self._drawn)


def heard(shown: Shown) -> Shown:
    """A message or modal for somebody who has it read out."""
    blocks = [Drawn(block) for block in plain(shown.payload())["blocks"]]
    return replace(shown, blocks=blocks)


def plain(payload: dict[str, Any]) -> dict[str, Any]:
    """The same, drawn for listening: every input and button stays, what only decorates goes."""
    return {**payload, "blocks": [made for block in payload.get("blocks") or () for made in _block(block)]}


def _block(block: dict[str, Any]) -> list[dict[str, Any]]:
    kind = block.get("type")
    if kind == "divider" and not str(block.get("block_id", "")).startswith(_PART):
        return []
    if kind == "context":
        texts = [one.get("text") or one.get("alt_text") or "" for one in block.get("elements") or ()]
        kept = {key: value for key, value in block.items() if key == "block_id"}
        return [{"type": "section", "text": {"type": "mrkdwn", "text": _text(" ".join(texts))}, **kept}]
    if kind == "section" and isinstance(block.get("text"), dict):
        return [{**block, "text": {**block["text"], "text": _text(str(block["text"]["text"]))}}]
    return [block]


def _text(text: str) -> str:
    bare = _STRUCK.sub(r"\1", _EMOJI.sub("", text))
    for sign, said in _SIGNS.items():
        bare = bare.replace(sign, said)
    return bare.strip() or text
