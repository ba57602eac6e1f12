"""What is asked once is counted once: each occasion of a closed cohort in the first weekly sweep after it is over."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime

from pydantic import TypeAdapter

from bot.domain.messages import Kind
from bot.domain.report.figures import Section
from bot.domain.report.outcomes import REVIEWS, TOLD_FOR, OutcomeFacts, OutcomeFigures, kinds_of, over_at
from bot.domain.when import iso_week
from bot.services.kit import Kit
from bot.services.post import post
from bot.services.report.keeping import channel_for
from bot.services.report.urn import sweep_all
from storage import programme as programmes
from storage.ids import new_id
from storage.records.delivery import Letter
from storage.records.programme import Cohort, Programme
from storage.records.report import FigureKind, Occasion, Outcome
from storage.report import outcomes, settings
from storage.store import Tx

SECTIONS = TypeAdapter(Mapping[FigureKind, Section])
"""How what was counted is stored: as JSON, kind by kind."""


async def outcomes_of(tx: Tx, cohort_id: str) -> list[OutcomeFigures]:
    """What was counted of a cohort after its end, in the order of the occasions; for whoever may see its figures."""
    return [stored(one) for one in await outcomes.outcomes(tx, cohort_id)]


def stored(outcome: Outcome) -> OutcomeFigures:
    """The figures of a stored outcome."""
    return OutcomeFigures(
        outcome.occasion, SECTIONS.validate_json(outcome.figures), outcome.week, outcome.created_at
    )  # fmt: skip


async def count_outcomes(kit: Kit, tx: Tx, programme: Programme, now: datetime) -> None:
    """Count every occasion that is over, in the caller's transaction; called by the weekly job only.

    Cohorts of which all three are counted are not looked at again.
    """
    async for cohort, occasion, over, anybody in _due(tx, now):
        sections = await sweep_all(kit, tx, programme, cohort, kinds_of(occasion), now, over=True)
        week, figures = iso_week(now, programme.zone), SECTIONS.dump_json(sections).decode()
        made = Outcome(new_id(), tx.team, cohort.id, occasion, week, figures, now)
        fresh = await outcomes.add_outcome(tx, made)
        own = await settings.setting(tx, cohort.id)
        worth = stored(made).published or (anybody and now - over <= TOLD_FOR)
        if fresh and worth and not programme.digest_paused and not own.paused:
            channel = channel_for(programme, own)
            await post(tx, Kind.OUTCOME_FIGURES, channel, f"{cohort.id}:{occasion}", now, outcome=made.id)


async def _due(tx: Tx, now: datetime) -> AsyncIterator[tuple[Cohort, Occasion, datetime, bool]]:
    """What is over and not counted yet: cohort, occasion, since when, and whether anybody was asked."""
    left = await outcomes.unsettled(tx)
    if not left:
        return
    ended, asked = await outcomes.last_ended(tx, left), await outcomes.asked(tx, left)
    for cohort_id, counted in left.items():
        cohort = await programmes.cohort(tx, cohort_id)
        for occasion in Occasion:
            found = asked.get((cohort_id, REVIEWS[occasion]))
            over = over_at(occasion, ended.get(cohort_id), found.closes_at if found else None) or now
            if cohort is not None and occasion not in counted and over <= now:
                yield cohort, occasion, over, found is not None


async def load_outcome(kit: Kit, tx: Tx, letter: Letter) -> OutcomeFacts | None:
    """What was counted, as it was stored; None where the coordinators have another channel by now."""
    found = await outcomes.outcome(tx, letter.params["outcome"])
    programme = await programmes.get(tx)
    cohort = await programmes.cohort(tx, found.cohort_id) if found else None
    if found is None or programme is None or cohort is None:
        return None
    if channel_for(programme, await settings.setting(tx, cohort.id)) != letter.to:
        return None
    return OutcomeFacts(cohort, stored(found), programme.zone)
