"""What a coordinator sees on top of their Home."""

from dataclasses import replace
from datetime import datetime

from bot.domain.home import Closed, CoordinatorCard, Strip
from bot.domain.report.activity import days_since_last
from bot.domain.report.facts import DigestFacts
from bot.domain.report.outcomes import over_at
from bot.domain.when import local_day
from bot.services import learn
from bot.services.kit import Kit
from bot.services.programme.today import decisions
from bot.services.report.activity import histories, midnight, this_monday
from bot.services.report.desk import so_far
from bot.services.report.weekly import looking_back
from bot.services.theme import themes_of
from storage import programme
from storage.records.programme import CohortState, Programme
from storage.records.report import Occasion
from storage.report import outcomes
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
    items, closed = await decisions(tx, known, now, user_id), await _closed(kit, tx, known)
    return CoordinatorCard(known, items, tuple(strips), lesson, closed)


async def _closed(kit: Kit, tx: Tx, known: Programme) -> tuple[Closed, ...]:
    """Closed cohorts in which pairs ran and of which the end is not counted yet, the one that began last first.

    Figures are those of the last digest; the day rests on when pairs ended alone.
    """
    waiting = [one for one, counted in (await outcomes.unsettled(tx)).items() if Occasion.END not in counted]
    ended = await outcomes.last_ended(tx, waiting) if waiting else {}
    found = []
    for cohort_id, at in ended.items():
        cohort, over = await programme.cohort(tx, cohort_id), over_at(Occasion.END, at, None)
        if cohort is not None and over is not None:
            last, _ = await looking_back(tx, cohort)
            themes = tuple((one.theme, one.state) for one in await themes_of(kit, tx, cohort))
            digest = DigestFacts(cohort, replace(last, themes=themes)) if last else None
            found.append(Closed(cohort, digest, local_day(over, known.zone)))
    return tuple(sorted(found, key=lambda one: (one.cohort.starts_on, one.cohort.id), reverse=True))
