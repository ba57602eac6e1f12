"""The calendar of the two taps on load and safety, and when somebody who gave them is shown where help is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.match import PairPeople
from bot.domain.when import Calendar, is_quiet, out_of_quiet, utc_of
from storage.records.enrol import Person, Side
from storage.records.pulse import Load, Pulse, Safety

EVERY = timedelta(days=28)
"""Rule 19 of the evidence: juniors carry emotional labour, so the load is asked for monthly."""
OPEN_FOR = timedelta(days=14)
SETTLED = timedelta(days=7)
"""A pair that is younger has nothing to say yet, and is asked the next time."""
_WEDNESDAY = 2
_ROUND = time(6)
"""UTC on Tuesdays: before it is Wednesday morning anywhere on earth."""


@dataclass(frozen=True, slots=True)
class PulseFacts:
    """What the question is drawn from: it, its pair, whose it is, the cohort's k."""

    pulse: Pulse
    people: PairPeople
    k: int

    @property
    def me(self) -> Person:
        return self.people.on(self.side)

    @property
    def partner(self) -> Person:
        return self.people.other(self.pulse.person_id)

    @property
    def side(self) -> Side:
        return self.people.side_of(self.pulse.person_id)


def days_between(starts_on: date, ends_on: date, since: date, until: date) -> tuple[date, ...]:
    """The Wednesdays from `since` up to and with `until` on which everybody of a cohort is asked.

    Counted from the cohort's first day and from nothing else: the first Wednesday after four weeks, then every
    four weeks while the cohort runs. Being asked tells nobody anything.
    """
    first = starts_on + EVERY
    day = first + timedelta(days=(_WEDNESDAY - first.weekday()) % 7)
    found = []
    while day <= min(until, ends_on):
        if day >= since:
            found.append(day)
        day += EVERY
    return tuple(found)


def next_round(after: datetime) -> datetime:
    """The first Tuesday 06:00 UTC later than a moment: then the Wednesday's questions are planned."""
    day = after.astimezone(UTC).date() - timedelta(days=7)
    day += timedelta(days=(_WEDNESDAY - 1 - day.weekday()) % 7)
    while (at := datetime.combine(day, _ROUND, UTC)) <= after:
        day += timedelta(days=7)
    return at


def ask_at(day: date, who: Calendar, jitter: timedelta) -> datetime:
    """The person's own 10:00 (or chosen hour) of the day, the next working morning where that is quiet, shaken."""
    moment = utc_of(day, time(who.prefs.asked_at), who.zone)
    return shaken(out_of_quiet(moment, who.zone, who.off, who.prefs), who, jitter)


def shaken(moment: datetime, who: Calendar, jitter: timedelta) -> datetime:
    """A moment moved a little, unless that would fall into quiet hours."""
    moved = moment + jitter
    return moment if is_quiet(moved, who.zone, who.off, who.prefs) else moved


def is_asked(active_at: datetime | None, day: date) -> bool:
    """Whether a pair runs long enough to be asked on a day."""
    return active_at is not None and active_at.astimezone(UTC).date() + SETTLED <= day


def needs_support(pulse: Pulse) -> bool:
    """Whether the four doors are shown at once, to this person alone: it takes more, and they cannot speak freely."""
    return pulse.load is Load.MORE and pulse.safety is Safety.NO
