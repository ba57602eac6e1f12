"""Calendar files: made and uploaded right before their message goes out, so that they wait nowhere."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.chores import Chore, do
from bot.delivery.files import Made, place_for, share
from bot.services.kit import Kit
from bot.services.meet.calendars import calendar_contents, calendar_shared, keep_calendar
from bot.views.meet.calendars import calendar_file, calendar_name
from storage.records.delivery import Letter

_TYPE = "text/calendar; charset=utf-8"


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
    made = [Made(calendar_name(entry), calendar_file(words, entry), _TYPE) for entry in entries]
    places = [await place_for(client, one) for one in made]
    if not made or not await keep_calendar(kit, letter.team_id, asked.id, [place.file_id for place in places]):
        return
    await share(client, letter.to, places, made)
    await calendar_shared(kit, letter.team_id, asked.id)
