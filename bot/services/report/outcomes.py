"""What is asked once is counted once: each occasion of a closed cohort in the first weekly sweep after it is over."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import TypeAdapter

from bot.domain.messages import Kind
from bot.domain.report.figures import Section
from bot.domain.report.outcomes import (
    REVIEWS,
    TOLD_FOR,
    OutcomeFacts,
    OutcomeFigures,
    kinds_of,
    over_at,
    worth_telling,
)
from bot.domain.when import iso_week
from bot.services.kit import Kit
from bot.services.post import post
from bot.services.report.keeping import channel_for
from bot.services.report.urn import sweep_all
from storage import outbox
from storage import programme as programmes
from storage.ids import new_id
from storage.records.delivery import Letter
from storage.records.programme import Cohort, Programme
from storage.records.report import DigestSetting, FigureKind, Occasion, Outcome
from storage.report import letters, outcomes, settings
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
    """Count every occasion that is over, and tell it, in the caller's transaction; called by the weekly job only.

    Cohorts of which all three are counted are not looked at again.
    """
    week = iso_week(now, programme.zone)
    for cohort, occasion in await _due(tx, now):
        sections = await sweep_all(kit, tx, programme, cohort, kinds_of(occasion), now, over=True)
        figures = SECTIONS.dump_json(sections).decode()
        await outcomes.add_outcome(tx, Outcome(new_id(), tx.team, cohort.id, occasion, week, figures, now))
    if not programme.digest_paused:
        await _tell(tx, programme, week, now)


async def _due(tx: Tx, now: datetime) -> list[tuple[Cohort, Occasion]]:
    """What is over and not counted yet."""
    left = await outcomes.unsettled(tx)
    if not left:
        return []
    ended, asked = await outcomes.last_ended(tx, left), await outcomes.asked(tx, left)
    found = []
    for cohort_id, counted in left.items():
        cohort = await programmes.cohort(tx, cohort_id)
        for occasion in Occasion:
            one = asked.get((cohort_id, REVIEWS[occasion]))
            over = over_at(occasion, ended.get(cohort_id), one.closes_at if one else None) or now
            if cohort is not None and occasion not in counted and over <= now:
                found.append((cohort, occasion))
    return found


async def _tell(tx: Tx, programme: Programme, week: str, now: datetime) -> None:
    """Post what was counted now, and what could not be posted in the weeks before; each until it stands there once."""
    fresh = await outcomes.recent(tx, now - TOLD_FOR)
    if not fresh:
        return
    own, asked = await settings.settings(tx), await outcomes.asked(tx, {one.cohort_id for one in fresh})
    for one in fresh:
        setting = own.get(one.cohort_id, DigestSetting(one.cohort_id))
        channel, found = channel_for(programme, setting), asked.get((one.cohort_id, REVIEWS[one.occasion]))
        if setting.paused or not worth_telling(stored(one), found.closes_at if found else None, now):
            continue
        known = (Kind.OUTCOME_FIGURES, channel, {"outcome": one.id})
        if not await outbox.sent_about(tx, *known) and not await letters.on_its_way(tx, *known, now):
            key = f"{one.cohort_id}:{one.occasion}:{week}"
            await post(tx, Kind.OUTCOME_FIGURES, channel, key, now, outcome=one.id)


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
