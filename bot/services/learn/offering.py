"""A lesson for coordinators at the moment when it helps: a line on their Home, never a message."""

from datetime import datetime, timedelta

from bot.domain.learn import Occasion, Offer, Shelf, Track, offer, read
from bot.domain.when import local_day
from bot.services.content import words_of
from bot.services.kit import Kit
from storage import enrol, learn
from storage.records.programme import Programme
from storage.store import Tx

_PILOT_ENDS = timedelta(days=14)


async def offer_of(kit: Kit, tx: Tx, user_id: str, known: Programme | None, now: datetime) -> Offer:
    """For somebody who coordinates, or (no programme yet) who may be about to set one up."""
    me = await enrol.find(tx, user_id)
    words = await words_of(kit, tx, me.locale if me else None)
    lessons = tuple(one.id for one in words.content.track(Track.COORDINATOR.value))
    shelf = Shelf(Track.COORDINATOR, lessons, read(await learn.marks(tx, user_id)))
    if shelf.next is None:
        return Offer(shelf, None)
    return Offer(shelf, offer(await _occasions(tx, known, now), shelf))


async def _occasions(tx: Tx, known: Programme | None, now: datetime) -> set[Occasion]:
    found = {Occasion.NOT_OPEN}
    if known is None:
        return found
    by = local_day(now, known.zone) + _PILOT_ENDS
    seen = {
        Occasion.MATCHING: await learn.has_open_cohort(tx),
        Occasion.FIRST_DIGEST: await learn.has_digest(tx),
        Occasion.FIRST_END: await learn.has_ended_pair(tx),
        Occasion.PILOT_ENDS: await learn.has_ending_pilot(tx, by),
    }
    return found | {one for one, so in seen.items() if so}
