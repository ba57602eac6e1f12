"""Checking a list of people against Slack's directory: page by page, kept for some minutes, and shown in the window."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.chores import Chore
from bot.delivery.errors import failure_from, word_of
from bot.domain.roster import Account, Checked
from bot.services.kit import Kit
from bot.services.roster import checks
from bot.views import roster as views
from prompts import Words
from storage.records.delivery import Letter
from storage.records.roster import Draft
from storage.store import Store

FRESH = timedelta(minutes=5)
"""How long the directory serves the next check."""
_PAGE = 900
"""Accounts a call; Slack allows fewer than a thousand, and twenty calls a minute.
https://docs.slack.dev/reference/methods/users.list"""

Told = Callable[[int], Awaitable[None]]


@dataclass
class Directory:
    """A workspace's accounts as far as they were read; a call that Slack put off goes on where it stopped."""

    begun: datetime
    accounts: dict[str, Account] = field(default_factory=dict)
    cursor: str | None = None
    whole: bool = False


_KEPT: WeakKeyDictionary[Store, dict[str, Directory]] = WeakKeyDictionary()


async def prepare(kit: Kit, client: AsyncWebClient, letter: Letter) -> None:
    """Read Slack's directory and check the list. Raises as the client does, where trying again may help."""
    draft = await checks.waiting(kit, letter.team_id, letter.params["draft"])
    if draft is None:
        return
    window = _Window(kit, client, draft, await checks.words_for(kit, letter.team_id, draft))
    directory = directory_of(kit, letter.team_id)
    try:
        await read_accounts(client, directory, window.accounts)
    except SlackApiError as problem:
        failure = failure_from(problem)
        if not failure.permanent or failure.retry_after is not None:
            raise
        await checks.failed(kit, letter.team_id, draft, failure.reason)
    else:
        await window.accounts(len(directory.accounts))  # also where nothing had to be read: is it still open?
        await checks.run(kit, letter.team_id, draft, directory.accounts.values())
    if window.closed:
        await checks.closed(kit, letter.team_id, draft)


def drawn(words: Words, facts: Checked) -> Chore:
    """The waiting window shows what came out."""
    view = json.dumps(views.shown(words, facts).payload())
    return Chore("views.update", {"view_id": facts.view_id, "view": view})


def directory_of(kit: Kit, team: str) -> Directory:
    """What is known of a workspace's accounts: fresh, or begun anew."""
    known = _KEPT.setdefault(kit.store, {})
    now = kit.clock()
    if team not in known or now - known[team].begun > FRESH:
        known[team] = Directory(now)
    return known[team]


async def read_accounts(client: AsyncWebClient, directory: Directory, told: Told) -> None:
    """Read the pages that are missing. Raises as the client does; what was read is kept."""
    while not directory.whole:
        answer = await client.users_list(limit=_PAGE, cursor=directory.cursor)
        found = [account_from(member) for member in answer.get("members") or []]
        directory.accounts |= {one.user_id: one for one in found}
        directory.cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
        directory.whole = directory.cursor is None
        await told(len(directory.accounts))


async def read_patiently(client: AsyncWebClient, told: Callable[[int], None]) -> Iterable[Account]:
    """All accounts, waiting as long as Slack asks for: for a command line, where nobody else waits."""
    directory = Directory(datetime.min.replace(tzinfo=UTC))

    async def tell(n: int) -> None:
        told(n)

    while True:
        try:
            await read_accounts(client, directory, tell)
            return directory.accounts.values()
        except SlackApiError as problem:
            failure = failure_from(problem)
            if failure.retry_after is None:
                raise
            await asyncio.sleep(failure.retry_after.total_seconds())


def account_from(member: Mapping[str, Any]) -> Account:
    """Slack's user object, as far as a list can name it."""
    profile = member.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), member.get("real_name"))
    return Account(
        user_id=str(member["id"]),
        handle=str(member.get("name") or ""),
        names=tuple(dict.fromkeys(" ".join(str(name).split()) for name in names if name)),
        mail=str(profile.get("email") or ""),
        bot=bool(member.get("is_bot")) or member["id"] == "USLACKBOT",
        deactivated=bool(member.get("deleted")),
    )


@dataclass
class _Window:
    """The window that waits; `closed` once Slack says that it is not there any more."""

    kit: Kit
    client: AsyncWebClient
    draft: Draft
    words: Words
    closed: bool = False

    async def accounts(self, n: int) -> None:
        """Say how many accounts were read; that this fails stops nothing."""
        if self.closed or not self.draft.view_id:
            self.closed = True
            return
        view = views.checking(self.words, Checked(self.draft.id, accounts=n)).payload()
        try:
            await self.client.views_update(view_id=self.draft.view_id, view=view)
        except SlackApiError as problem:
            self.closed = word_of(problem) == "not_found"
