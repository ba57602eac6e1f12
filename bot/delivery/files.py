"""Files on their way to Slack: a place for each, its bytes, and then somebody's own direct messages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.errors import word_of

_NEWEST = 15
"""So many messages at once is all that some kinds of installation are shown."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file of ours: its name in Slack, its bytes and type, and the words for whoever cannot see a picture."""

    name: str
    data: bytes
    mime: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where Slack takes a file's bytes, and the id that it has from then on."""

    file_id: str
    url: str


async def place_for(client: AsyncWebClient, made: Made) -> Place:
    """Raises as the client does. https://docs.slack.dev/reference/methods/files.getUploadURLExternal"""
    alt = {"alt_txt": made.alt} if made.alt else {}
    found = await client.files_getUploadURLExternal(filename=made.name, length=len(made.data), **alt)
    return Place(str(found["file_id"]), str(found["upload_url"]))


async def upload(client: AsyncWebClient, place: Place, made: Made) -> None:
    """The bytes go to an address of their own, with no token. Raises SlackApiError where they are refused."""
    assert client.session is not None
    async with client.session.post(place.url, data=made.data, headers={"Content-Type": made.mime}) as answer:
        if answer.status >= 400:
            raise SlackApiError("the upload was refused", {"ok": False, "error": "upload_failed"})


async def share(client: AsyncWebClient, to: str, places: Sequence[Place], made: Sequence[Made], text: str = "") -> None:
    """Upload them all and show them together in an account's own direct messages, below `text`.

    Raises as the client does.
    """
    for place, one in zip(places, made, strict=True):
        await upload(client, place, one)
    direct = await client.conversations_open(users=[to])
    files: list[dict[str, str | None]] = [
        {"id": place.file_id, "title": one.name} for place, one in zip(places, made, strict=True)
    ]
    await client.files_completeUploadExternal(
        files=files, channel_id=str(direct["channel"]["id"]), initial_comment=text or None
    )


async def stand_there(client: AsyncWebClient, to: str, file_ids: Collection[str]) -> bool:
    """Whether these files were shared with an account, though the answer that said so was lost.

    `files.info` would want a scope that the app does without; in its own direct messages it sees the message itself.
    Raises as the client does; an app that may not look has not seen them.
    https://docs.slack.dev/reference/methods/conversations.history
    """
    if not file_ids:
        return False
    direct = await client.conversations_open(users=[to])
    try:
        answer = await client.conversations_history(channel=str(direct["channel"]["id"]), limit=_NEWEST)
    except SlackApiError as problem:
        if word_of(problem) != "missing_scope":
            raise
        return False
    return any(_shown(message).issuperset(file_ids) for message in answer.get("messages") or ())


def _shown(message: dict[str, Any]) -> set[str]:
    """The ids of a message's files; of one that was deleted Slack goes on showing a tombstone."""
    return {str(one["id"]) for one in message.get("files") or () if one.get("mode") != "tombstone"}
