"""Long work on a list of people: checked against Slack's directory, saved, taken back, and shown in the window."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.chores import Chore
from bot.delivery.errors import failure_from, word_of
from bot.domain.roster import Account, Checked, Window
from bot.log import log
from bot.services.kit import Kit
from bot.services.roster import checks, saving, standing
from bot.views import roster as views
from prompts import Words
from storage.ids import new_nonce
from storage.postgresql import passing
from storage.records.delivery import Letter
from storage.records.roster import Draft
from storage.store import Store

FRESH = timedelta(minutes=5)
"""How long the directory serves the next check."""
_PAGE = 900
"""Accounts a call; Slack allows fewer than a thousand, and twenty calls a minute.
https://docs.slack.dev/reference/methods/users.list"""

TRIES = 5
"""How often a work is tried, two minutes and a half in all, before its window says that it did not work."""

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
    if draft is not None:
        with _telling(letter) as told:
            await _check(kit, client, letter, draft)
        await _end_broken(kit, letter, told)
    await _show(kit, client, letter)


async def save(kit: Kit, client: AsyncWebClient, letter: Letter) -> None:
    """Save a long list, or take it back, and show what came of it. Raises where trying again may help."""
    with _telling(letter) as told:
        await saving.work(kit, letter.team_id, letter.params["draft"])
    await _end_broken(kit, letter, told)
    await _show(kit, client, letter)


def drawn(words: Words, facts: Window) -> Chore:
    """The waiting window shows what came out."""
    view = json.dumps(views.shown(words, facts.standing).payload())
    return Chore("views.update", {"view_id": facts.view_id, "view": view})


async def _check(kit: Kit, client: AsyncWebClient, letter: Letter, draft: Draft) -> None:
    words = await standing.words_for(kit, letter.team_id, draft)
    directory = directory_of(kit, letter.team_id)

    async def tell(n: int) -> None:
        """How many accounts were read; that this fails stops nothing."""
        if draft.view_id:
            with suppress(SlackApiError):
                view = views.shown(words, Checked(draft.id, reason=draft.reason, accounts=n)).payload()
                await client.views_update(view_id=draft.view_id, view=view)

    try:
        await read_accounts(client, directory, tell)
    except SlackApiError as problem:
        failure = failure_from(problem)
        if failure.retry_after is not None or not (failure.permanent or _last(letter)):
            raise
        await checks.failed(kit, letter.team_id, draft, failure.reason)
    else:
        await checks.run(kit, letter.team_id, draft, directory.accounts.values())


@contextmanager
def _telling(letter: Letter) -> Iterator[list[str]]:
    """What nobody foresaw is tried again some times; then it is logged, and its reference number comes out."""
    references: list[str] = []
    try:
        yield references
    except SlackApiError:
        raise
    except Exception as problem:
        if passing(problem) or not _last(letter):
            raise
        references.append(new_nonce()[:8])
        log.error("roster.broken", reference=references[0], team=letter.team_id, kind=letter.kind, exc_info=problem)


async def _end_broken(kit: Kit, letter: Letter, references: Sequence[str]) -> None:
    if references:
        await standing.broken(kit, letter.team_id, letter.params["draft"], references[0])


def _last(letter: Letter) -> bool:
    return letter.attempts + 1 >= TRIES


async def _show(kit: Kit, client: AsyncWebClient, letter: Letter) -> None:
    """Whoever closed the window meanwhile gets a message; that an open one cannot be changed now stops nothing."""
    found = await standing.over(kit, letter.team_id, letter.params["draft"])
    if found is None:
        return
    draft, shown = found
    gone = not draft.view_id
    if draft.view_id:
        words = await standing.words_for(kit, letter.team_id, draft)
        try:
            await client.views_update(view_id=draft.view_id, view=views.shown(words, shown).payload())
        except SlackApiError as problem:
            gone = word_of(problem) == "not_found"
    if gone:
        await standing.closed(kit, letter.team_id, draft, letter.id)


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
