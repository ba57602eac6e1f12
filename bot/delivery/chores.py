"""Operations on what stands in Slack already: a message or a file of ours is taken away, an answered
invitation stops asking, a message about what has changed is drawn again.

A chore is a letter like any other, leased, recorded, retried; doing it twice is harmless, and what is gone is done.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.errors import word_of
from bot.domain.checkin import Replaced
from bot.services.kit import Kit
from bot.views.checkin import answered as answered_invite
from bot.views.parts import Message
from prompts import Words
from storage.records.delivery import Letter
from storage.store import Tx

DELETE = "chat.delete"
"""The method whose pace all chores keep."""

_GONE = frozenset(
    {
        "message_not_found", "channel_not_found", "file_not_found", "file_deleted", "cant_update_message",
        "not_found",  # a window that was closed
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chore:
    """One call of Slack's Web API."""

    method: str
    arguments: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Again:
    """A message that stands in Slack, and what it would be drawn from now; None where it would not be sent."""

    letter: Letter
    facts: Any


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


def again(letter: Letter, drawn: Message | None) -> Chore:
    """A message says what is so now; where there is nothing left to say, it goes."""
    place = {"channel": str(letter.channel), "ts": str(letter.ts)}
    if drawn is None:
        return Chore(DELETE, place)
    payload = drawn.payload()
    return Chore("chat.update", {**place, "text": payload["text"], "blocks": json.dumps(payload["blocks"])})


def file(words: Words, letter: Letter) -> Chore:
    """Take a file away; `to` is its id."""
    return Chore("files.delete", {"file": letter.to})


async def do(client: AsyncWebClient, chore: Chore) -> None:
    """Raises as the client does, unless the thing is gone already."""
    try:
        await client.api_call(chore.method, data=dict(chore.arguments))  # a view is too long for an address
    except SlackApiError as problem:
        if word_of(problem) not in _GONE:
            raise
