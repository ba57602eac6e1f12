"""What `doctor` asks Slack: whether the tokens work, what they may do, and what became of the channel and of people."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.delivery.clients import Clients, one_token
from bot.delivery.errors import failure_from
from bot.domain.doctor import Channel, Outside
from storage.records.doctor import ProgrammeRow

_PATIENCE = timedelta(seconds=10)


async def ask(
    bot_token: str, app_token: str | None, api_url: str, clock: Clock, programmes: tuple[ProgrammeRow, ...]
) -> Outside:
    """Everything that Slack can say. Never raises for what Slack answers or does not answer."""
    clients = Clients(one_token(bot_token), api_url, _PATIENCE)
    try:
        client = await clients("")
        outside = await _token(client, clock)
        if app_token is not None and not outside.away:
            outside = replace(outside, app_refused=await _app_token(client, app_token))
        here = next((row for row in programmes if row.team_id == outside.team_id), None)
        if here is None:
            return outside
        channel = await _channel(client, here.channel_id, await _myself(client))
        return replace(outside, channel=channel, gone=await _gone(client, here.named))
    finally:
        await clients.close()


async def _token(client: AsyncWebClient, clock: Clock) -> Outside:
    try:
        answer = await client.auth_test()
    except Exception as problem:
        failure = failure_from(problem)
        known = isinstance(problem, SlackApiError) and (failure.refused or failure.permanent)
        return Outside(refused=failure.reason) if known else Outside(away=failure.reason)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    scopes = frozenset(filter(None, (scope.strip() for scope in headers.get("x-oauth-scopes", "").split(","))))
    skew = (clock() - parsedate_to_datetime(headers["date"])).total_seconds() if "date" in headers else None
    return Outside(workspace=str(answer.get("team")), team_id=str(answer["team_id"]), scopes=scopes, skew=skew)


async def _app_token(client: AsyncWebClient, app_token: str) -> str:
    """Why Slack refuses it, or nothing: an address for a socket is asked for and let go."""
    with _reason() as found:
        await client.apps_connections_open(app_token=app_token)
    return found.get("reason", "")


async def _myself(client: AsyncWebClient) -> str:
    return str((await client.auth_test())["user_id"])


async def _channel(client: AsyncWebClient, channel_id: str, myself: str) -> Channel:
    with _reason() as found:
        place: dict[str, Any] = (await client.conversations_info(channel=channel_id))["channel"]
        member = bool(place.get("is_member", True))
        people = await _members(client, channel_id) - {myself} if member else frozenset()
        private = bool(place.get("is_private"))
        return Channel("", private, bool(place.get("is_archived")), member, people)
    return Channel(problem=found["reason"])


async def _members(client: AsyncWebClient, channel_id: str) -> frozenset[str]:
    members: set[str] = set()
    cursor: str | None = None
    while True:
        answer = await client.conversations_members(channel=channel_id, limit=200, cursor=cursor)
        members.update(answer["members"])
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            return frozenset(members)


async def _gone(client: AsyncWebClient, named: Mapping[str, str]) -> dict[str, str]:
    gone = {}
    for role, user in named.items():
        with _reason() as found:
            if (await client.users_info(user=user))["user"].get("deleted"):
                gone[role] = user
        if found.get("reason") in ("user_not_found", "user_not_visible"):
            gone[role] = user
    return gone


@contextmanager
def _reason() -> Iterator[dict[str, str]]:
    """Slack's reason for refusing what is done inside."""
    found: dict[str, str] = {}
    try:
        yield found
    except Exception as problem:
        found["reason"] = failure_from(problem).reason
