"""The rules of sessions: when one may be booked, what is planned around it, and what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.refusals import Refusal
from bot.domain.when import (
    UNDO,
    Calendar,
    add_working_days,
    earlier_for_both,
    is_quiet,
    local_day,
    next_working_morning,
    out_of_quiet,
    utc_of,
)  # fmt: skip
from storage.records.enrol import Side
from storage.records.meet import Hindrance, Report, Said, Session, SessionState

MINUTES = (30, 45, 60, 90)
PLACE_LENGTH = 200
FURTHEST = timedelta(days=366)
OLDEST_LOG = timedelta(days=90)
REMIND_BEFORE = timedelta(hours=2)
ASK_AFTER = timedelta(hours=2)
UNKNOWN_AFTER = timedelta(days=5)
ANSWERABLE = timedelta(days=14)
"""How long after its end a session may still be said to have taken place: as long as its check-in is open."""

_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
_TAKEN = (SessionState.PLANNED, SessionState.HELD)
_COUNTED = (*_TAKEN, SessionState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Booking:
    """What the booking modal says, in typed values."""

    pair_id: str
    starts_at: datetime
    minutes: int
    place: str

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a session's reports add up to."""

    state: SessionState
    hindrance: Hindrance | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What is planned around a session; `ask` holds, per side, the two moments of *did you meet?*."""

    remind: datetime | None
    ask: Mapping[Side, tuple[datetime, datetime]]
    unknown: datetime


def too_short_notice(starts_at: datetime, hours: int, now: datetime) -> bool:
    """Whether a session that is ahead is nearer than the notice that was agreed on; nobody is kept from anything."""
    return timedelta() < starts_at - now < timedelta(hours=hours)


def check_booking(booking: Booking, now: datetime, busy: Iterable[Session], *, own: str = "") -> None:
    """Raises Refusal under the field for a time that cannot be booked. `own` is the session that is being moved."""
    if booking.minutes not in MINUTES:
        raise Refusal("meet.refused.minutes", field="meet.minutes")
    if len(booking.place) > PLACE_LENGTH:
        raise Refusal("common.errors.too_long", field="meet.place", length=len(booking.place), limit=PLACE_LENGTH)
    if booking.starts_at <= now:
        raise Refusal("meet.refused.past", field="meet.when")
    if booking.starts_at > now + FURTHEST:
        raise Refusal("meet.refused.too_far", field="meet.when")
    if any(overlaps(booking, other) for other in busy if other.id != own and other.state in _TAKEN):
        raise Refusal("meet.refused.overlap", field="meet.when")


def check_log(booking: Booking, now: datetime) -> None:
    """Raises Refusal under the field for a session that cannot be logged as having taken place."""
    if booking.minutes not in MINUTES:
        raise Refusal("meet.refused.minutes", field="meet.minutes")
    if booking.starts_at > now:
        raise Refusal("meet.refused.not_yet", field="meet.when")
    if booking.starts_at < now - OLDEST_LOG:
        raise Refusal("meet.refused.too_long_ago", field="meet.when")


def overlaps(booking: Booking, other: Session) -> bool:
    return booking.starts_at < other.ends_at and other.starts_at < booking.ends_at


def numbers(sessions: Iterable[Session]) -> dict[str, int]:
    """Session id → its place among a pair's planned and held sessions, from 1; the others keep what they had.

    One of which nobody said whether it took place counts: a pair that answers nothing is not offered its first agenda
    for ever.
    """
    counted = sorted((s for s in sessions if s.state in _COUNTED), key=lambda s: (s.starts_at, s.id))
    return {s.id: n for n, s in enumerate(counted, 1)}


def reconcile(reports: Iterable[Report]) -> Verdict:
    """What two answers mean together, in whichever order they came: one *we met* is enough.

    Where nobody says that they met, *moved* counts before *it didn't happen*; two sides that name
    different hindrances leave it open whose it was.
    """
    given = list(reports)
    said = {report.said for report in given}
    if not said:
        return Verdict(SessionState.PLANNED)
    if Said.MET in said:
        return Verdict(SessionState.HELD)
    if Said.MOVED in said:
        return Verdict(SessionState.MOVED)
    named = {report.hindrance for report in given if report.hindrance is not None}
    return Verdict(SessionState.CANCELLED, named.pop() if len(named) == 1 else Hindrance.OTHER)


def check_report(session: Session, reported: bool, now: datetime) -> None:
    """Raises Refusal when nothing can be said about the session: it is ahead, long past, or was called off before."""
    if session.starts_at > now:
        raise Refusal("meet.refused.not_yet")
    asked = session.state in (SessionState.PLANNED, SessionState.UNKNOWN, SessionState.HELD) or reported
    if not asked or now > session.ends_at + ANSWERABLE:
        raise Refusal("common.errors.gone")


def may_undo(said_at: datetime, now: datetime) -> bool:
    return now - said_at <= UNDO


def before_session(
    wanted: datetime, session: Session, now: datetime, junior: Calendar, senior: Calendar, least: timedelta | None
) -> datetime | None:
    """When something that belongs before a session goes out: at `wanted` or earlier, never in quiet hours.

    Where that has passed already it goes out now if at least `least` is left; None: not at all.
    """
    at = earlier_for_both(
        wanted, junior.zone, senior.zone, junior.off, senior.off, junior.prefs, senior.prefs
    )  # fmt: skip
    if at > now:
        return at
    return now if least is not None and session.starts_at - now >= least else None


def around(session: Session, now: datetime, junior: Calendar, senior: Calendar) -> Around:
    """When to remind, to ask, and to stop asking."""
    remind = before_session(session.starts_at - REMIND_BEFORE, session, now, junior, senior, None)
    ask = {Side.JUNIOR: _asks(session, junior), Side.SENIOR: _asks(session, senior)}
    last = max(again for _, again in ask.values())
    return Around(remind, ask, max(session.ends_at + UNKNOWN_AFTER, last + timedelta(days=1)))


def next_slot(
    now: datetime, last: Session | None, cadence: timedelta, mine: Calendar, theirs: Calendar, busy: Sequence[Session]
) -> datetime:
    """A sensible time to offer: the cadence after the last session at its hour, else in three working days.

    It lies in both people's working hours where those meet, and over no other session.
    """
    first = _anchor(now, last, cadence, mine)
    hours = [h for h in (first + n * _HOUR for n in range(24 * 21)) if _loud(h, mine)]
    for shared in (True, False):
        for hour in hours:
            if (_loud(hour, theirs) or not shared) and not any(overlaps(Booking("", hour, 60, ""), s) for s in busy):
                return hour
    return first


def _anchor(now: datetime, last: Session | None, cadence: timedelta, mine: Calendar) -> datetime:
    soon = utc_of(add_working_days(local_day(now, mine.zone), 3, mine.off), time(10), mine.zone)
    if last is None:
        return soon
    local = last.starts_at.astimezone(ZoneInfo(mine.zone))
    again = utc_of(local.date() + cadence, local.time().replace(second=0, microsecond=0), mine.zone)
    return again if again > now + timedelta(days=1) else soon


def _loud(hour: datetime, calendar: Calendar) -> bool:
    return not any(is_quiet(at, calendar.zone, calendar.off, calendar.prefs) for at in (hour, hour + _HOUR - _MINUTE))


def _asks(session: Session, calendar: Calendar) -> tuple[datetime, datetime]:
    first = out_of_quiet(session.ends_at + ASK_AFTER, calendar.zone, calendar.off, calendar.prefs)
    return first, next_working_morning(first, calendar.zone, hour=calendar.prefs.morning, days_off=calendar.off)
