"""The buttons between the pages of a list in a window."""

from collections.abc import Callable

from slack_sdk.models.blocks import ButtonElement

from bot.views.parts import button
from prompts import Words


def turning(words: Words, action: str, page: int, pages: int, value: Callable[[int], str] = str) -> list[ButtonElement]:
    """Back and on, where there is something; `value` is what a button says about the page that it leads to."""
    ways = [("back", page - 1)] if page else []
    ways += [("next", page + 1)] if page + 1 < pages else []
    return [button(words.say(f"common.buttons.{way}"), f"{action}:{way}", value(to)) for way, to in ways]
