"""What a coordinator sees on top of their Home."""

from datetime import datetime

from bot.domain.home import (
    CoordinatorCard,
    Strip,
)
from bot.domain.report.activity import days_since_last
from bot.services import learn
from bot.services.kit import Kit
from bot.services.programme.today import decisions
from bot.services.report.activity import histories, midnight, this_monday
from bot.services.report.desk import so_far
from storage import programme
from storage.records.programme import CohortState, Programme
from storage.store import Tx


async def coordinator_of(
    kit: Kit, tx: Tx, known: Programme | None, user_id: str, now: datetime
) -> CoordinatorCard | None:
    """Asked of the database every time: a role that was taken away shows nothing the next time."""
    if known is None or not await programme.is_coordinator(tx, user_id):
        return None
    strips = []
    for cohort in await programme.cohorts(tx, CohortState.OPEN):
        monday = midnight(this_monday(now, known.zone), known.zone)
        since = days_since_last(await histories(tx, cohort, monday), now)
        strips.append(Strip(await so_far(kit, tx, known, cohort, now), since))
    lesson = await learn.offer_of(kit, tx, user_id, known, now)
    return CoordinatorCard(known, await decisions(tx, known, now, user_id), tuple(strips), lesson)
