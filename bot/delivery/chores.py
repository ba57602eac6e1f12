"""Operations on what stands in Slack already: a message or a file of ours is taken away, an answered
invitation stops asking.

A chore is a letter like any other, leased, recorded, retried; doing it twice is harmless, and what is gone is done.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.errors import word_of
from bot.domain.checkin import Replaced
from bot.services.kit import Kit
from bot.views.checkin import answered as answered_invite
from prompts import Words
from storage.records.delivery import Letter
from storage.store import Tx

DELETE = "chat.delete"
"""The method whose pace all chores keep."""

_GONE = frozenset({"message_not_found", "channel_not_found", "file_not_found", "file_deleted", "cant_update_message"})


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


def answered(words: Words, facts: Replaced) -> Chore:
    """An invitation says that it was answered, instead of asking on."""
    drawn = answered_invite(words, facts.invite).payload()
    blocks = json.dumps(drawn["blocks"])
    return Chore("chat.update", {"channel": facts.channel, "ts": facts.ts, "text": drawn["text"], "blocks": blocks})


def file(words: Words, letter: Letter) -> Chore:
    """Take a file away; `to` is its id."""
    return Chore("files.delete", {"file": letter.to})


async def do(client: AsyncWebClient, chore: Chore) -> None:
    """Raises as the client does, unless the thing is gone already."""
    try:
        await client.api_call(chore.method, params=dict(chore.arguments))
    except SlackApiError as problem:
        if word_of(problem) not in _GONE:
            raise
