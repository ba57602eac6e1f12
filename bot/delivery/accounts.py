"""Slack's description of accounts as typed values, and reading all of them, a page to a letter."""

from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.errors import word_of
from bot.domain.enrol import SlackProfile
from bot.services import enrol
from bot.services.kit import Kit
from prompts import clean
from storage.records.delivery import Letter
from storage.store import Tx

PAGE = 200
"""Accounts a call: what Slack recommends. https://docs.slack.dev/reference/methods/users.list"""

_ONE_BY_ONE = 50


async def prepare(kit: Kit, client: AsyncWebClient, letter: Letter) -> None:
    """Read one page of Slack's list and follow it; doing it twice changes nothing. Raises as the client does."""
    told = letter.params
    answer = await client.users_list(limit=PAGE, include_locale=True, cursor=told["cursor"] or None)
    organisation = await enrol.organisation(kit, letter.team_id)
    users = [*(answer.get("members") or [])]
    if told["number"] == "1":
        users += [await _info(client, user_id) for user_id in (await enrol.unlisted(kit, letter.team_id))[:_ONE_BY_ONE]]
    page = [profile_from(user, letter.team_id, organisation) for user in users if user]
    cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
    await enrol.page_read(kit, letter.team_id, page, told["day"], int(told["number"]), cursor)


async def _info(client: AsyncWebClient, user_id: str) -> dict[str, Any]:
    """One account; empty where Slack does not know it any more."""
    try:
        answer = await client.users_info(user=user_id, include_locale=True)
    except SlackApiError as problem:
        if word_of(problem) in ("user_not_found", "user_not_visible", "users_not_found"):
            return {}
        raise
    return dict(answer["user"])


async def load(kit: Kit, tx: Tx, letter: Letter) -> Letter | None:
    """Nothing is left to say: the work was done while it was prepared."""
    return None


def profile_from(user: dict[str, Any], team: str, enterprise: str | None = None) -> SlackProfile:
    """Slack's user object, from `users.info`, `users.list` or an event, as far as we need it.

    `team` and `enterprise` are ours: whoever is of another workspace, and not of our organisation, is of another
    company. https://docs.slack.dev/reference/objects/user-object
    """
    given = user.get("profile")
    details: dict[str, Any] = given if isinstance(given, dict) else {}
    names = (details.get("display_name"), details.get("real_name"), user.get("real_name"), user.get("name"))
    name = next((name for name in map(_string, names) if name), "")
    return SlackProfile(
        user_id=user["id"],
        name=" ".join(name.split())[:160] or user["id"],
        zone=_zone(_string(user.get("tz"))),
        locale=_string(user.get("locale"))[:16] or "en-US",
        admin=bool(user.get("is_admin") or user.get("is_owner")),
        bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        deactivated=bool(user.get("deleted")),
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        home_team=_string(user.get("team_id"))[:24] if _foreign(user, team, enterprise) else "",
    )


def _foreign(user: dict[str, Any], team: str, enterprise: str | None) -> bool:
    theirs = user.get("enterprise_user")
    same = isinstance(theirs, dict) and bool(enterprise) and theirs.get("enterprise_id") == enterprise
    return bool(user.get("is_stranger")) or (_string(user.get("team_id")) not in ("", team) and not same)


def _string(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""


def _zone(name: str) -> str:
    """Slack's zone where it is one, else UTC: accounts without a zone exist, and old zone names too."""
    try:
        return ZoneInfo(name or "UTC").key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
