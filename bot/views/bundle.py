"""Several prompts in one message, and a part of it that changes."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock

from bot.views.parts import Message, note, section
from prompts import Words

Drawn = dict[str, Any]

PART = "part:"
"""How the block ids of the lines between parts begin."""


def mirrored(words: Words, message: Message) -> Message:
    """A pair's message as each of the two gets it in their own conversation."""
    return Message(message.text, [*message.blocks, note(words.say("common.pair.mirrored"))])


def together(words: Words, parts: Sequence[Message]) -> Message:
    """One message; on a lock screen it says no more than that it is there."""
    blocks: list[Block] = [section(words.say("prefs.bundle.intro", n=len(parts)))]
    for n, part in enumerate(parts):
        blocks += [between(str(n)), *part.blocks]
    return Message(words.say("prefs.bundle.text"), blocks)


def between(name: str) -> Block:
    """The line above a part that changes by itself when one of its buttons is pressed."""
    return DividerBlock(block_id=f"{PART}{name}")


def changed(
    shown: Sequence[dict[str, Any]], pressed: str, new: Sequence[dict[str, Any]]
) -> list[dict[str, Any]] | None:
    """The blocks of a bundle after a button (by its block id) in one part; None where it is no bundle."""
    starts = [n for n, block in enumerate(shown) if str(block.get("block_id", "")).startswith(PART)]
    at = next((n for n, block in enumerate(shown) if block.get("block_id") == pressed), None)
    if not starts or at is None or at < starts[0]:
        return None
    start = max(n for n in starts if n <= at)
    end = min((n for n in starts if n > at), default=len(shown))
    return [*shown[: start + 1], *new, *shown[end:]]


def less(block: dict[str, Any], pressed: Mapping[str, Any]) -> dict[str, Any] | None:
    """A block without the button that was pressed; None where that was all there was."""
    if block.get("block_id") != pressed.get("block_id") or block.get("type") != "actions":
        return block
    left = [one for one in block["elements"] if one.get("action_id") != pressed.get("action_id")]
    return {**block, "elements": left} if left else None
