"""Files on their way to Slack: a place for each, its bytes, and then somebody's own direct messages."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient


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
