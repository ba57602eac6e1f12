"""Slack accounts: who a mention means, and what Slack says about a person right now."""

import asyncio
import re
from collections.abc import Iterable
from dataclasses import replace

from slack_sdk.errors import SlackApiError

from bot.delivery.accounts import profile_from
from bot.delivery.errors import word_of
from bot.domain.enrol import SlackProfile
from bot.domain.refusals import Refusal
from bot.services.kit import Actor
from handlers.shape import mapping, string
from handlers.turn import Turn

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_FEW, _PAGE = 30, 1000
_UNKNOWN = ("user_not_found", "user_not_visible", "users_not_found")


def mentions(text: str) -> tuple[str, ...]:
    """The Slack ids that a line names, in order. Only Slack's own mentions count: a typed "@ana" is nobody yet."""
    return tuple(dict.fromkeys(_MENTION.findall(text)))


async def profile_of(turn: Turn, user_id: str, *, field: str | None = None) -> SlackProfile:
    """What Slack says about an account now. Raises Refusal, under `field`, when there is no such account."""
    try:
        answer = await turn.client.users_info(user=user_id, include_locale=True)
    except SlackApiError as problem:
        if word_of(problem) in _UNKNOWN:
            raise Refusal("programme.refused.unknown_person", field=field) from problem
        raise
    return profile_from(answer["user"], turn.actor.team_id, turn.actor.enterprise_id)


async def profiles_of(turn: Turn, user_ids: Iterable[str]) -> dict[str, SlackProfile]:
    """Several accounts at once; whom Slack doesn't know is left out."""
    wanted = [user_id for user_id in dict.fromkeys(user_ids) if user_id]
    found = await asyncio.gather(*(profile_of(turn, user_id) for user_id in wanted), return_exceptions=True)
    for result in found:
        if isinstance(result, BaseException) and not isinstance(result, Refusal):
            raise result
    return {result.user_id: result for result in found if isinstance(result, SlackProfile)}


async def told_of(turn: Turn, user_ids: Iterable[str]) -> dict[str, SlackProfile | None]:
    """As `profiles_of`, but None for those of whom Slack tells nothing just now."""
    wanted = [user_id for user_id in dict.fromkeys(user_ids) if user_id]
    found = await asyncio.gather(*(profile_of(turn, user_id) for user_id in wanted), return_exceptions=True)
    told = zip(wanted, found, strict=True)
    known = {user_id: result for user_id, result in told if not isinstance(result, Refusal)}
    return {user_id: result if isinstance(result, SlackProfile) else None for user_id, result in known.items()}


async def accounts_of(turn: Turn, user_ids: Iterable[str]) -> dict[str, SlackProfile]:
    """Many accounts: one by one where they are few, else from Slack's list of everybody, page by page."""
    wanted = set(user_ids)
    if len(wanted) <= _FEW:
        return await profiles_of(turn, wanted)
    found: dict[str, SlackProfile] = {}
    cursor = ""
    while True:
        answer = await turn.client.users_list(limit=_PAGE, include_locale=True, cursor=cursor or None)
        here = [user for user in answer["members"] if user["id"] in wanted]
        found |= {user["id"]: profile_from(user, turn.actor.team_id, turn.actor.enterprise_id) for user in here}
        cursor = string(mapping(answer.get("response_metadata")).get("next_cursor"))
        if not cursor or len(found) == len(wanted):
            return found


async def acting(turn: Turn) -> tuple[Actor, SlackProfile]:
    """Who acts, with the admin flag asked of Slack now."""
    me = await profile_of(turn, turn.actor.user_id)
    return replace(turn.actor, admin=me.admin), me
