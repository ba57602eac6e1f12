"""Two suggested times that wait for an answer no longer."""

from datetime import datetime

from bot.domain.jobs import Job
from bot.services.post import unplan
from storage import meet
from storage.records.meet import OfferState
from storage.store import Tx

ANSWERED = "the times were answered"


async def withdraw_offer(tx: Tx, pair_id: str, now: datetime) -> None:
    """Something else was booked or suggested: two times that waited for an answer do so no longer."""
    old = await meet.open_offer(tx, pair_id)
    if old is not None and await meet.decide(tx, old.id, OfferState.LAPSED, now):
        await unplan_offer(tx, old.id)


async def unplan_offer(tx: Tx, offer_id: str) -> None:
    for job in (Job.REMIND_OFFER, Job.OFFER_LAPSES):
        await unplan(tx, job, offer_id, ANSWERED)
