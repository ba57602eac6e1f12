"""Times that suit both people of a pair."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.meet import AHEAD, Slots, hours_of, next_slot, reach, suggest
from bot.services.calendar import calendar_of
from bot.services.meet.rhythm import rhythm_of
from bot.services.prepare.pick import Mine
from storage import meet
from storage.records.meet import Session, SessionState
from storage.store import Tx

_TAKEN = (SessionState.PLANNED, SessionState.HELD)
_SOON = timedelta(days=22)


async def last_of(tx: Tx, mine: Mine) -> Session | None:
    """The session that a new one takes its hour, length and place from."""
    known = await meet.of_pair(tx, mine.pair.id, *_TAKEN)
    return known[-1] if known else None


async def place_of(tx: Tx, mine: Mine) -> str:
    """Where the pair last meant to meet, whatever became of it."""
    known = await meet.of_pair(tx, mine.pair.id)
    return max(known, key=lambda one: one.id).place if known else ""


async def suggestions(
    tx: Tx, mine: Mine, now: datetime, *, minutes: int, last: Session | None, moves: Session | None = None
) -> Slots:
    """Three times in the coming two weeks, or about when the pair's rhythm asks for the next session.

    What moves is suggested close to where it was, and its own hour does not count as taken.
    """
    since, every = now, (await rhythm_of(tx, mine.pair)).every_days
    sooner, ahead = reach(every)
    if moves is not None:
        since = moves.starts_at - sooner
    elif last is not None:
        since = last.starts_at + timedelta(days=every) - sooner
    else:
        ahead = AHEAD
    other = mine.people.other(mine.me.id)
    busy = await busy_of(tx, mine, now, max(now, since) + AHEAD + timedelta(days=1))
    free = [one for one in busy if moves is None or one.id != moves.id]
    return suggest(
        now, since, minutes, hours_of(mine.me, calendar_of(mine.me)), hours_of(other, calendar_of(other)), free,
        ahead=ahead,
    )  # fmt: skip


async def usual_slot(tx: Tx, mine: Mine, last: Session | None, moves: Session | None, now: datetime) -> datetime:
    """What moves goes to the next day at the same hour; a new one comes the rhythm after the last."""
    cadence = timedelta(days=1) if moves else timedelta(days=(await rhythm_of(tx, mine.pair)).every_days)
    since = moves or last
    far = max(now, since.starts_at if since else now) + cadence + _SOON
    busy = await busy_of(tx, mine, now, far)
    return next_slot(now, since, cadence, calendar_of(mine.me), calendar_of(mine.people.other(mine.me.id)), busy)


async def busy_of(tx: Tx, mine: Mine, start: datetime, end: datetime) -> Sequence[Session]:
    """Planned sessions of either, in whichever pair."""
    return await meet.of_people(tx, (mine.people.junior.id, mine.people.senior.id), start, end, SessionState.PLANNED)
