"""Messages, modals and Homes for a screen reader: no lines between, no grey print, no emoji."""

import re
from typing import Any

_EMOJI = re.compile(
    "(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]\ufe0f?\u200d?)+|:[a-z][a-z0-9_+-]*[a-z]:(?!//)"
)
_STRUCK = re.compile(r"(?<![A-Za-z0-9/])~([^~\n]+)~(?![A-Za-z0-9])")
_SIGNS = {" · ": ", ", " → ": ", then "}
_PART = "part:"


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
