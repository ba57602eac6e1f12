"""Slack channels: what Slack says about one right now."""

from bot.delivery.places import channel_as_it_is
from bot.domain.programme.setup import SlackChannel
from handlers.turn import Turn


async def channel_of(turn: Turn, channel_id: str) -> SlackChannel:
    """A channel as it is now. One that Slack hides from the bot is taken for a private one it was not invited to."""
    if not channel_id:
        return SlackChannel(channel_id, private=True, member=False, archived=False)
    return await channel_as_it_is(turn.client, channel_id)
