"""Channels as Slack shows them right now, and whether what coordinators read may be posted there."""

from dataclasses import replace

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import charts
from bot.delivery.errors import NoPlace, word_of
from bot.domain.programme.setup import SlackChannel
from bot.services.kit import Kit
from bot.services.report.keeping import judge, keep
from bot.services.report.weekly import moved_to, send_after
from storage.records.delivery import Letter

_UNSEEN = ("channel_not_found", "not_in_channel", "is_private")
_PAGES_MOST = 20


async def channel_as_it_is(client: AsyncWebClient, channel_id: str) -> SlackChannel:
    """A channel right now. One that Slack hides from the bot is taken for a private one it was not invited to.

    Raises as the client does. https://docs.slack.dev/reference/methods/conversations.info
    """
    try:
        answer = await client.conversations_info(channel=channel_id)
    except SlackApiError as problem:
        if word_of(problem) in _UNSEEN:
            return SlackChannel(channel_id, private=True, member=False, archived=False)
        raise
    found = answer["channel"]
    return SlackChannel(
        id=channel_id,
        private=bool(found.get("is_private")),
        member=bool(found.get("is_member")),
        archived=bool(found.get("is_archived")),
        shared=bool(found.get("is_ext_shared") or found.get("is_pending_ext_shared")),
    )


async def prepare_digest(kit: Kit, client: AsyncWebClient, letter: Letter) -> None:
    """The chart, then the channel: it is looked at as late as can be. Raises NoPlace, and as the client does.

    A digest whose channel was changed on its way goes to the new one.
    """
    if channel := await moved_to(kit, letter):
        raise NoPlace("its channel was changed", lambda tx: send_after(kit, tx, letter, channel))
    await charts.prepare(kit, client, letter)
    await prepare(kit, client, letter)


async def prepare(kit: Kit, client: AsyncWebClient, letter: Letter) -> None:
    """Look at the coordinators' channel before anything is posted there.

    Raises NoPlace where it must not be: kept and told as the letter ends. An app that may not look posts, as `doctor`
    says.
    """
    try:
        found = await channel_as_it_is(client, letter.to)
    except SlackApiError as problem:
        if word_of(problem) != "missing_scope":
            raise
        return
    people: frozenset[str] = frozenset()
    if found.member and not found.archived:
        try:
            people = await _readers(client, letter.to)
        except SlackApiError as problem:
            if word_of(problem) not in _UNSEEN:
                raise
            found = replace(found, member=False)  # it was shut between the two looks
    if why := await judge(kit, letter, found, people):
        raise NoPlace(f"its channel is {why}", lambda tx: keep(kit, tx, letter, why))


async def _readers(client: AsyncWebClient, channel_id: str) -> frozenset[str]:
    """Who reads there beside the bot; nobody where the app may not ask."""
    try:
        people = await members_of(client, channel_id)
    except SlackApiError as problem:
        if word_of(problem) != "missing_scope":
            raise
        return frozenset()
    return people - {str((await client.auth_test())["user_id"])}


async def members_of(client: AsyncWebClient, channel_id: str) -> frozenset[str]:
    """Who is in it, the bot too; of very large channels the first few thousand."""
    members: set[str] = set()
    cursor: str | None = None
    for _ in range(_PAGES_MOST):
        answer = await client.conversations_members(channel=channel_id, limit=200, cursor=cursor)
        members.update(answer["members"])
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            break
    return frozenset(members)
