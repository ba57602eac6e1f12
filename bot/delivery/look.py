"""Looking for a letter that may have arrived: in the bot's own DM, where nobody but the bot writes."""

from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.compose import carries
from storage.records.delivery import Letter

_MARGIN = timedelta(seconds=5)
_PAGE = 15
_PAGES = 20


async def look(client: AsyncWebClient, letter: Letter, channel: str, now: datetime) -> str | None:
    """The message's ts, or None when it is not there. Raises whatever the client raises.

    A page of fifteen is all that some kinds of installation are allowed.
    https://docs.slack.dev/reference/methods/conversations.history
    """
    oldest = f"{((letter.first_attempt_at or now) - _MARGIN).timestamp():.6f}"
    cursor: str | None = None
    for _ in range(_PAGES):
        answer = await client.conversations_history(
            channel=channel, oldest=oldest, include_all_metadata=True, limit=_PAGE, cursor=cursor
        )
        for message in answer.get("messages") or []:
            if carries(message, letter):
                return str(message["ts"])
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            return None
    raise TooFar(f"more than {_PAGE * _PAGES} messages since the first attempt")


class TooFar(Exception):
    """The DM holds too much to look through; the letter stays uncertain."""
