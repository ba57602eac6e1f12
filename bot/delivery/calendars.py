"""Calendar files: made and uploaded right before their message goes out, so that they wait nowhere."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.chores import Chore, do
from bot.services.kit import Kit
from bot.services.meet.calendars import calendar_contents, calendar_shared, keep_calendar
from bot.views.meet.calendars import calendar_file, calendar_name
from storage.records.delivery import Letter


async def prepare(kit: Kit, client: AsyncWebClient, letter: Letter) -> None:
    """Share the files in the receiver's own DM, together, once.

    Their ids are kept before they get their bytes. When a try ended in between, nobody knows whether they were
    shared: they are deleted, and new ones take their place.
    """
    found = await calendar_contents(kit, letter.team_id, letter.params["file"])
    if found is None:
        return
    asked, entries, locale = found
    for old in asked.file_ids:
        await do(client, Chore("files.delete", {"file": old}))
    words = kit.words(locale)
    made = [(calendar_name(entry), calendar_file(words, entry)) for entry in entries]
    places = [await client.files_getUploadURLExternal(filename=name, length=len(data)) for name, data in made]
    ids = [str(place["file_id"]) for place in places]
    if not ids or not await keep_calendar(kit, letter.team_id, asked.id, ids):
        return
    for place, (_, data) in zip(places, made, strict=True):
        await _send(client, place["upload_url"], data)
    direct = await client.conversations_open(users=[letter.to])
    files: list[dict[str, str | None]] = [
        {"id": file_id, "title": name} for file_id, (name, _) in zip(ids, made, strict=True)
    ]
    await client.files_completeUploadExternal(files=files, channel_id=str(direct["channel"]["id"]))
    await calendar_shared(kit, letter.team_id, asked.id)


async def _send(client: AsyncWebClient, url: str, data: bytes) -> None:
    """The bytes go to an address of their own, with no token."""
    assert client.session is not None
    headers = {"Content-Type": "text/calendar; charset=utf-8"}
    async with client.session.post(url, data=data, headers=headers) as answer:
        if answer.status >= 400:
            raise SlackApiError("the upload was refused", {"ok": False, "error": "upload_failed"})
