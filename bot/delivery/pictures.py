"""Posting a message with a picture in it: Slack refuses one that it is still processing, so we wait a little.

A bot without `files:read` cannot ask whether a file is ready. A refused message was not posted, so it is offered again
after a moment, and at last without the picture. https://docs.slack.dev/reference/block-kit/blocks/image-block
"""

import asyncio
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.errors import word_of

WAITS = (0.25, 0.75, 2.0)
"""Real seconds between the tries; together well under a lease."""


async def post_message(client: AsyncWebClient, channel: str, payload: dict[str, Any]) -> tuple[str, bool]:
    """Post it. Tells Slack's `ts` and whether its pictures are in it. Raises as the client does."""
    if not any(_is_picture(block) for block in payload.get("blocks", ())):
        return await _post(client, channel, payload), True
    for wait in WAITS:
        try:
            return await _post(client, channel, payload), True
        except SlackApiError as problem:
            if word_of(problem) != "invalid_blocks":
                raise
        await asyncio.sleep(wait)
    rest = [block for block in payload["blocks"] if not _is_picture(block)]
    return await _post(client, channel, payload | {"blocks": rest}), False


def _is_picture(block: dict[str, Any]) -> bool:
    return "slack_file" in block


async def _post(client: AsyncWebClient, channel: str, payload: dict[str, Any]) -> str:
    answer = await client.chat_postMessage(channel=channel, unfurl_links=False, unfurl_media=False, **payload)
    return str(answer["ts"])
