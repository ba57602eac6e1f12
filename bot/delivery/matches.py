"""Runs of matching that are too big to be waited for: computed before the message that they are ready."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.services import match
from bot.services.kit import Kit
from storage.records.delivery import Letter


async def prepare(kit: Kit, _: AsyncWebClient, letter: Letter) -> None:
    """Compute the run, unless it is ready; a second courier that does so too stores nothing."""
    await match.compute(kit, letter.team_id, letter.params["run"])
