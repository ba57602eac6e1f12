"""Every night: texts and rows that have been kept long enough go."""

from datetime import UTC, datetime, timedelta

from bot.domain.jobs import Job
from bot.domain.privacy import expired, next_sweep
from bot.log import log
from bot.services.kit import Kit
from bot.services.post import plan
from bot.services.roster.keeping import forget_old
from storage import due, inbox, privacy, programme
from storage.records.delivery import Due
from storage.store import Tx

_EVENTS = timedelta(days=2)
"""Slack repeats an event for an hour at most."""
_TOLD = timedelta(days=40)
"""Everybody has read what was done about a theme by then: the month's note tells it, five weeks later at most."""


async def plan_retention(tx: Tx, now: datetime) -> None:
    """Plan the next sweep, unless one is planned; called at the start and by each sweep."""
    if await due.waits(tx, Job.RETENTION, tx.team):
        return
    at = next_sweep(now)
    await plan(tx, Job.RETENTION, tx.team, at, occurrence=at.date().isoformat())


async def do_retention(kit: Kit, tx: Tx, due: Due) -> str | None:
    """What is past its time, by the settings; doing it twice changes nothing."""
    now = kit.clock()
    await plan_retention(tx, now)
    over = expired(await programme.cohorts(tx), now.astimezone(UTC).date(), kit.keeping)
    if over.texts:
        await privacy.forget_texts(tx, over.texts)
        await privacy.forget_steps(tx, over.texts, now - _TOLD)
    if over.rows:
        for user_id, person_id in await privacy.forget_people(tx, over.rows):
            await privacy.erase(tx, user_id, person_id)
    listed = await forget_old(tx, now - timedelta(days=kit.keeping.text_days))
    if over.texts or over.rows or listed:
        kit.store.scrub_after()
    await inbox.forget(tx, now - _EVENTS)
    await privacy.forget_old(tx, now - timedelta(days=kit.keeping.machine_days))
    log.info("privacy.retention", team=tx.team, texts=len(over.texts), rows=len(over.rows))
    return None
