"""What Slack says about accounts is followed: at once where it tells of a change, and every night for all."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot.domain.enrol import SlackProfile
from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.services.kit import Kit
from bot.services.pause.freezing import freeze, thaw
from bot.services.post import plan, post, refresh_home
from bot.services.prefs.replanning import follow
from storage import due, enrol, programme
from storage.records.delivery import Due
from storage.records.enrol import Person
from storage.store import Tx

SYNC_AT = time(4)
"""When accounts are looked through, in UTC."""
PAGES_APART = timedelta(seconds=3)
"""Slack allows twenty calls of `users.list` a minute. https://docs.slack.dev/reference/methods/users.list"""


async def keep_in_step(kit: Kit, tx: Tx, slack: SlackProfile, *, locale: str | None) -> None:
    """Slack says how an account is now: name, zone, language (where it says so), whose it is, open or closed.

    Closing freezes the person's pairs, opening lets them run again.
    """
    me = await enrol.find(tx, slack.user_id)
    if me is None:
        return
    now = kit.clock()
    changed = await _changed(tx, me, slack, locale)
    if not changed:
        return
    await enrol.set_person(tx, me.id, **changed)
    await follow(kit, tx, me, now)
    await _open_or_closed(tx, me, slack, now)
    if not slack.deactivated:
        await refresh_home(tx, me.user_id, now)


async def _changed(tx: Tx, me: Person, slack: SlackProfile, locale: str | None) -> dict[str, Any]:
    """What is different from what we know; of a closed account Slack tells neither zone nor language."""
    if slack.deactivated:
        return {} if me.deactivated else {"deactivated": True}
    zone, known = await enrol.in_slack(tx, me.id)
    before = {
        "name": me.name, "zone": zone, "locale": known, "deactivated": me.deactivated, "guest": me.guest,
        "home_team": me.home_team,
    }  # fmt: skip
    said = {
        "name": slack.name, "zone": slack.zone, "locale": locale or known, "deactivated": False, "guest": slack.guest,
        "home_team": slack.home_team,
    }  # fmt: skip
    return {name: value for name, value in said.items() if before[name] != value}


async def unlisted(kit: Kit, team: str) -> list[str]:
    """Whom Slack's list of the workspace may leave out: people of another company. They are asked about one by one."""
    async with kit.store.read(team) as tx:
        return await enrol.strangers(tx)


async def organisation(kit: Kit, team: str) -> str | None:
    """As `organisation_of`, in a transaction of its own."""
    async with kit.store.read(team) as tx:
        return await organisation_of(tx)


async def organisation_of(tx: Tx) -> str | None:
    """The Enterprise Grid organisation of the workspace, if it is part of one."""
    found = await programme.get(tx)
    return found.enterprise_id if found else None


async def _open_or_closed(tx: Tx, before: Person, slack: SlackProfile, now: datetime) -> None:
    after = await enrol.get(tx, before.id)
    if after is None or before.deactivated == slack.deactivated:
        return
    await (freeze if slack.deactivated else thaw)(tx, after, now)


async def plan_sync(tx: Tx, now: datetime) -> None:
    """Plan the next look through all accounts, unless one is planned; called at the start and by each of them."""
    if await due.waits(tx, Job.SYNC, tx.team):
        return
    today = datetime.combine(now.astimezone(UTC).date(), SYNC_AT, UTC)
    at = today if today > now else today + timedelta(days=1)
    await plan(tx, Job.SYNC, tx.team, at, occurrence=at.date().isoformat())


async def do_sync(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Four at night: begin with the first page of Slack's list."""
    now = kit.clock()
    await plan_sync(tx, now)
    if not await enrol.accounts(tx):
        return "nobody is known yet"
    await next_page(tx, due.occurrence, 1, "", now)
    return None


async def next_page(tx: Tx, day: str, number: int, cursor: str, at: datetime) -> None:
    """Have one page of Slack's list read; each is a letter of its own, so that a crash repeats a page, not the list."""
    await post(tx, Kind.SYNC, tx.team, f"{day}:{number}", at, day=day, number=str(number), cursor=cursor)


async def page_read(kit: Kit, team: str, page: Iterable[SlackProfile], day: str, number: int, cursor: str) -> None:
    """One page has come: whoever has changed is followed, and the next page, if there is one, is asked for."""
    async with kit.store.write(team) as tx:
        known = set(await enrol.accounts(tx))
        for slack in page:
            if slack.user_id in known:
                await keep_in_step(kit, tx, slack, locale=slack.locale)
        if cursor:
            await next_page(tx, day, number + 1, cursor, kit.clock() + PAGES_APART)
