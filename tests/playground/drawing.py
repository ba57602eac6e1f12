"""A modal to draw, and the way to open it, for the tests of views and forms."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from playground.person import Person
from playground.server import Playground


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def ask(block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    made = {"action_id": "answer", **element}
    return {"type": "input", "block_id": block_id, "label": plain(block_id.title()), "element": made, **more}


def modal(*blocks: Any, **more: Any) -> dict[str, Any]:
    shown = blocks or (ask("name", {"type": "plain_text_input", "max_length": 10}),)
    return {
        "type": "modal",
        "callback_id": "asking",
        "title": plain("A question"),
        "submit": plain("Send"),
        "blocks": list(shown),
        **more,
    }


async def opened(pg: Playground, slack: AsyncWebClient, person: Person, view: dict[str, Any]) -> dict[str, Any]:
    answer = await slack.views_open(trigger_id=pg.triggers.issue(person.id), view=view)
    made: dict[str, Any] = answer["view"]
    return made
