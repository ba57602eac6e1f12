"""A person's export: made and uploaded right before its message goes out, so that it waits nowhere."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.chores import Chore, do
from bot.delivery.files import Made, place_for, share, stand_there
from bot.services.kit import Kit
from bot.services.privacy.exporting import contents, keep_file, keep_shared
from storage.records.delivery import Letter

_NAME = "revmentor-my-data.json"


async def prepare(kit: Kit, client: AsyncWebClient, letter: Letter) -> None:
    """Share the file in the receiver's own DM, once.

    Its id is kept before it gets its bytes. When a try ended in between, their DM is looked at: where the file stands
    there, that was it; else it is deleted, and a new one takes its place.
    """
    found = await contents(kit, letter.team_id, letter.params["export"])
    if found is None:
        return
    export, data = found
    if export.file_id is not None:
        if await stand_there(client, letter.to, [export.file_id]):
            return await keep_shared(kit, letter.team_id, export.id)
        await do(client, Chore("files.delete", {"file": export.file_id}))
    made = Made(_NAME, data, "application/json")
    place = await place_for(client, made)
    if not await keep_file(kit, letter.team_id, export.id, place.file_id):
        return
    await share(client, letter.to, [place], [made])
    await keep_shared(kit, letter.team_id, export.id)
