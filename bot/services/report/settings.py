"""How one cohort's digest differs from the others': its channel, a pause, what it leaves out."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.domain.programme.cohorts import called
from bot.domain.programme.setup import SlackChannel
from bot.domain.refusals import Refusal, TooLate
from bot.domain.report.facts import Part, SettingFacts
from bot.domain.report.undoing import Was, setting_before, to_undo
from bot.domain.when import UNDO
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.post import refresh_homes
from bot.services.refusing import unknown_cohort
from bot.services.report.plans import next_digest_at
from prompts import escape
from storage import programme as programmes
from storage.records.programme import Cohort, CohortState, Programme
from storage.records.report import DigestSetting
from storage.report import settings
from storage.store import Tx


async def cohort_of(kit: Kit, actor: Actor, name: str) -> str:
    """The id of the open cohort of that name; empty without a name.

    Raises Refusal for who does not coordinate, and where no open cohort, or several, are called so.
    """
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        if not name.strip():
            return ""
        known = await programmes.cohorts(tx, CohortState.OPEN)
        found = called(name, known)
    if not found:
        raise unknown_cohort(name, known)
    if len(found) > 1:
        raise Refusal("report.refused.cohorts", cohort=escape(name.strip()[:80]))
    return found[0].id


async def setting_of(kit: Kit, actor: Actor, cohort_id: str) -> SettingFacts:
    """What holds for a cohort's digest. Raises Refusal for who does not coordinate, and for none that has begun."""
    async with kit.store.read(actor.team_id) as tx:
        programme, cohort = await _begun(tx, actor, cohort_id)
        return SettingFacts(programme, cohort, await settings.setting(tx, cohort.id), await next_digest_at(tx))


async def save_setting(
    kit: Kit, actor: Actor, cohort_id: str, channel: SlackChannel | None, paused: bool, hidden: Collection[Part],
    *, undoing: Was | None = None,
) -> SettingFacts:  # fmt: skip
    """Change it. `channel` None: that of the programme. Raises Refusal under the field for one that will not do.

    `undoing` is the change that this takes back: raises TooLate where it cannot be any more.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        programme, cohort = await _begun(tx, actor, cohort_id)
        await check_undo(tx, undoing, now)
        if channel is not None:
            check_channel(channel)
        own = channel.id if channel is not None and channel.id != programme.channel_id else None
        after = DigestSetting(cohort.id, own, paused, tuple(sorted(hidden)))
        held = "" if undoing else setting_before(await settings.setting(tx, cohort.id))
        line = await _save(tx, actor, after, now, held)
        return SettingFacts(programme, cohort, after, await next_digest_at(tx), "" if undoing else line)


async def pause(kit: Kit, actor: Actor, cohort_id: str, paused: bool) -> SettingFacts:
    """Post nothing about a cohort until somebody says so, or post again. Answers are drawn and counted all the same.

    Raises Refusal for who does not coordinate.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        programme, cohort = await _begun(tx, actor, cohort_id)
        after = replace(await settings.setting(tx, cohort.id), paused=paused)
        await _save(tx, actor, after, now)
        return SettingFacts(programme, cohort, after, await next_digest_at(tx))


async def before_change(kit: Kit, actor: Actor, line_id: str) -> Was:
    """What held before a change of a digest's settings; `line_id` is its line in the log.

    Raises Refusal for who does not coordinate, TooLate where that can't be taken back, or never was.
    """
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        return await _to_undo(tx, line_id, now)


async def check_undo(tx: Tx, was: Was | None, now: datetime) -> None:
    """Raises TooLate where the log says no more, in the transaction that takes it back, that this held before."""
    if was is not None and was != await _to_undo(tx, was.line, now):
        raise TooLate("report.undo.too_late")


async def _to_undo(tx: Tx, line_id: str, now: datetime) -> Was:
    return to_undo(await programmes.audit_since(tx, now - UNDO), line_id, now)


def check_channel(channel: SlackChannel, *, agreed: bool = False) -> None:
    """Raises Refusal under the field for a channel that others read, that is archived, or without the bot.

    `agreed`: a public one was agreed to.
    """
    checks = (
        (channel.archived, "programme.refused.channel_archived"),
        (not channel.member, "programme.refused.channel_not_member"),
        (channel.shared, "programme.refused.channel_shared"),
        (not channel.private and not agreed, "report.refused.public"),
    )
    for wrong, key in checks:
        if wrong:
            raise Refusal(key, field="channel")


async def _begun(tx: Tx, actor: Actor, cohort_id: str) -> tuple[Programme, Cohort]:
    programme = await access.coordinator(tx, actor)
    cohort = await programmes.cohort(tx, cohort_id)
    if cohort is None or cohort.state is CohortState.DRAFT:
        raise Refusal("common.errors.gone")
    return programme, cohort


async def _save(tx: Tx, actor: Actor, after: DigestSetting, now: datetime, held: str = "") -> str:
    """Gives the id of its line in the log; empty where nothing changed. `held` is what can be had back, for the log."""
    before = await settings.setting(tx, after.cohort_id)
    if after == before:
        return ""
    await settings.put_setting(tx, after)
    pausing = "digest.paused" if after.paused else "digest.resumed"
    action = pausing if after.paused != before.paused else "digest.setting"
    line = await programmes.note(tx, actor.user_id, action, after.cohort_id, now, held)
    await refresh_homes(tx, [one.user_id for one in await programmes.coordinators(tx)], now)
    return line
