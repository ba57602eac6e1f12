"""A booking that repeats: the same hour every two or four weeks, for as long as the pair is meant to meet."""

from dataclasses import replace
from datetime import datetime

from bot.domain.meet import Booking, check_booking
from bot.domain.refusals import Refusal
from bot.domain.when import days_later, local_day
from bot.services.calendar import days_off
from bot.services.meet.rhythm import rhythm_of
from bot.services.prepare.pick import Mine, cohort_of
from storage import meet
from storage.records.meet import SessionState
from storage.store import Tx

REPEATS = (0, 14, 28)
"""Days between the sessions of a series; 0 books one."""
_TAKEN = (SessionState.PLANNED, SessionState.HELD)


async def more_of(tx: Tx, mine: Mine, first: Booking, every: int, now: datetime) -> tuple[list[Booking], int]:
    """What follows the first, until the cohort ends or all the pair's sessions are planned; and how many were left out.

    A public holiday of one of the two, and a time that is taken, is left out. The hour stays that of whoever books,
    also when clocks change. Raises Refusal for a rhythm that is none.
    """
    if every not in REPEATS:
        raise Refusal("common.errors.pick_one", field="meet.repeat")
    cohort = await cohort_of(tx, mine.pair)
    wanted = (await rhythm_of(tx, mine.pair)).sessions
    left = wanted - len(await meet.of_pair(tx, mine.pair.id, *_TAKEN)) if every else 0
    found: list[Booking] = []
    turn, left_out = 1, 0
    while len(found) < left:
        starts_at = days_later(first.starts_at, turn * every, mine.me.zone)
        if local_day(starts_at, mine.me.zone) > cohort.ends_on:
            break
        free = await _if_free(tx, mine, replace(first, starts_at=starts_at), now)
        found += free
        left_out += not free
        turn += 1
    return found, left_out


async def _if_free(tx: Tx, mine: Mine, booking: Booking, now: datetime) -> list[Booking]:
    both = (mine.people.junior, mine.people.senior)
    if any(days_off(one.region)(local_day(booking.starts_at, one.zone)) for one in both):
        return []
    busy = await meet.of_people(tx, (one.id for one in both), booking.starts_at, booking.ends_at, *_TAKEN)
    try:
        check_booking(booking, now, busy)
    except Refusal:
        return []
    return [booking]
