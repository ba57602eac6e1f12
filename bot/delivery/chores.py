"""Operations on what stands in Slack already: a message or a file of ours is taken away.

A chore is a letter like any other, leased, recorded, retried; doing it twice is harmless, and what is gone is done.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.services.kit import Kit
from prompts import Words
from storage.records.delivery import Letter
from storage.store import Tx

DELETE = "chat.delete"
"""The method whose pace all chores keep."""

_GONE = frozenset({"message_not_found", "channel_not_found", "file_not_found", "file_deleted"})


@dataclass(frozen=True, slots=True)
class Chore:
    """One call of Slack's Web API."""

    method: str
    arguments: Mapping[str, str]


async def load(kit: Kit, tx: Tx, letter: Letter) -> Letter:
    """The letter itself names what is to be done."""
    return letter


def message(words: Words, letter: Letter) -> Chore:
    """Take a message away; `to` is its conversation."""
    return Chore(DELETE, {"channel": letter.to, "ts": letter.params["ts"]})


def file(words: Words, letter: Letter) -> Chore:
    """Take a file away; `to` is its id."""
    return Chore("files.delete", {"file": letter.to})


async def do(client: AsyncWebClient, chore: Chore) -> None:
    """Raises as the client does, unless the thing is gone already."""
    try:
        await client.api_call(chore.method, params=dict(chore.arguments))
    except SlackApiError as problem:
        if problem.response.get("error") not in _GONE:
            raise
