"""Slack channels: what Slack says about one right now."""

from slack_sdk.errors import SlackApiError

from bot.delivery.errors import word_of
from bot.domain.programme.setup import SlackChannel
from handlers.turn import Turn

_UNSEEN = ("channel_not_found", "not_in_channel", "is_private")


async def channel_of(turn: Turn, channel_id: str) -> SlackChannel:
    """A channel as it is now. One that Slack hides from the bot is taken for a private one it was not invited to."""
    if not channel_id:
        return _hidden(channel_id)
    try:
        answer = await turn.client.conversations_info(channel=channel_id)
    except SlackApiError as problem:
        if word_of(problem) in _UNSEEN:
            return _hidden(channel_id)
        raise
    found = answer["channel"]
    return SlackChannel(
        id=channel_id,
        private=bool(found.get("is_private")),
        member=bool(found.get("is_member")),
        archived=bool(found.get("is_archived")),
    )


def _hidden(channel_id: str) -> SlackChannel:
    return SlackChannel(channel_id, private=True, member=False, archived=False)
