"""Inviting somebody into the steering group's channel; doing it twice is harmless."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.errors import word_of
from bot.services import steer
from bot.services.kit import Kit
from storage.records.delivery import Letter
from storage.store import Tx

_DONE = frozenset(
    {
        "already_in_channel", "cant_invite_self", "cant_invite", "user_not_found", "user_is_restricted",
        "user_is_ultra_restricted", "ura_max_channels", "user_disabled", "channel_not_found", "is_archived",
    }
)  # fmt: skip
"""There already, or nobody and nowhere to invite. https://docs.slack.dev/reference/methods/conversations.invite"""


async def prepare(kit: Kit, client: AsyncWebClient, letter: Letter) -> None:
    """Invite the receiver, if they still want to be. Raises as the client does."""
    channel_id = await steer.load_add(kit, letter.team_id, letter)
    if channel_id is None:
        return
    try:
        await client.conversations_invite(channel=channel_id, users=letter.to)
    except SlackApiError as problem:
        if word_of(problem) not in _DONE:
            raise


async def load(kit: Kit, tx: Tx, letter: Letter) -> Letter | None:
    """Nothing is left to say: the work was done while it was prepared."""
    return None
