"""The one message that skips the outbox: a concern goes to its safe contact while the modal is open."""

import asyncio
from datetime import datetime, timedelta

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.compose import EVENT
from bot.delivery.errors import failure_from
from bot.log import log
from bot.views.parts import Message

SECONDS = 8
_PAGE = 15
_LOOK_BACK = timedelta(minutes=30)
_LOOKS, _BETWEEN = 4, 0.7
_TROUBLE = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError, ValueError, KeyError)


async def send_concern(
    client: AsyncWebClient, to: str, message: Message, mark: str, now: datetime, *, again: bool
) -> bool:
    """Whether it stands in the contact's direct messages now; False says that this is not certain.

    `mark` is a random word that travels with the message, so that pressing again finds what has arrived. `again`
    says that the same form was sent before, and perhaps is being sent at this moment.
    """
    alone = AsyncWebClient(token=client.token, base_url=client.base_url, timeout=SECONDS, retry_handlers=[])
    try:
        opened = await alone.conversations_open(users=to)
        channel = str(opened["channel"]["id"])
        if await _arrived(alone, channel, mark, now, looks=_LOOKS if again else 1):
            return True
        metadata = {"event_type": EVENT, "event_payload": {"id": mark}}
        await alone.chat_postMessage(channel=channel, metadata=metadata, **message.payload())
    except _TROUBLE as problem:
        log.warning("concern_not_sent", error=failure_from(problem).reason)
        return False
    return True


async def _arrived(client: AsyncWebClient, channel: str, mark: str, now: datetime, *, looks: int) -> bool:
    oldest = f"{(now - _LOOK_BACK).timestamp():.6f}"
    for turn in range(looks):
        if turn:
            await asyncio.sleep(_BETWEEN)
        try:
            found = await client.conversations_history(
                channel=channel, oldest=oldest, include_all_metadata=True, limit=_PAGE
            )
        except SlackApiError:
            return False  # looking is rationed; sending matters more than sending once
        if any(_mark_of(one) == mark for one in found.get("messages") or []):
            return True
    return False


def _mark_of(message: dict[str, dict[str, dict[str, str]]]) -> str | None:
    return ((message.get("metadata") or {}).get("event_payload") or {}).get("id")
