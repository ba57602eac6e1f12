"""A person's export: made and uploaded right before its message goes out, so that it waits nowhere."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.chores import Chore, do
from bot.services.kit import Kit
from bot.services.privacy.exporting import contents, keep_file, keep_shared
from storage.records.delivery import Letter

_NAME = "revmentor-my-data.json"


async def prepare(kit: Kit, client: AsyncWebClient, letter: Letter) -> None:
    """Share the file in the receiver's own DM, once.

    Its id is kept before it gets its bytes. When a try ended in between, nobody knows whether that file was shared: it
    is deleted, and a new one takes its place.
    """
    found = await contents(kit, letter.team_id, letter.params["export"])
    if found is None:
        return
    export, data = found
    if export.file_id is not None:
        await do(client, Chore("files.delete", {"file": export.file_id}))
    place = await client.files_getUploadURLExternal(filename=_NAME, length=len(data))
    file_id = str(place["file_id"])
    if not await keep_file(kit, letter.team_id, export.id, file_id):
        return
    await _send(client, place["upload_url"], data)
    direct = await client.conversations_open(users=[letter.to])
    await client.files_completeUploadExternal(
        files=[{"id": file_id, "title": _NAME}], channel_id=str(direct["channel"]["id"])
    )
    await keep_shared(kit, letter.team_id, export.id)


async def _send(client: AsyncWebClient, url: str, data: bytes) -> None:
    """The bytes go to an address of their own, with no token."""
    assert client.session is not None
    async with client.session.post(url, data=data, headers={"Content-Type": "application/json"}) as answer:
        if answer.status >= 400:
            raise SlackApiError("the upload was refused", {"ok": False, "error": "upload_failed"})
