"""What people may choose about how and when they are written to."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.refusals import Refusal
from bot.domain.when import Calendar, local_day, out_of_quiet, utc_of
from storage.records.enrol import Person
from storage.records.prefs import Prefs

ZONE, UNTIL, FROM, HOUR, DAY = "prefs.zone", "prefs.quiet_until", "prefs.quiet_from", "prefs.hour", "prefs.day"
LANGUAGE, REGION, PART, LESS = "prefs.language", "prefs.region", "prefs.part", "prefs.less"
MORNINGS = range(6, 13)
EVENINGS = range(14, 23)


@dataclass(frozen=True, slots=True)
class PrefsForm:
    """What the modal is drawn from; `parts` are the subdivisions of the region's country, code → name.

    Whoever has never taken part, and coordinates, is asked nothing about sessions.
    """

    me: Person
    slack_zone: str
    languages: tuple[str, ...]
    regions: tuple[str, ...]
    parts: Mapping[str, str]
    takes_part: bool = True


@dataclass(frozen=True, slots=True)
class Saved:
    """What holds now; `moved` is how much that was planned got another time."""

    me: Person
    moved: int
    changed: bool


def zone_of(typed: str) -> str:
    """The zone that "Asia/Tokyo", "tokyo" or "New York" means; empty for empty. Raises Refusal under its field."""
    wanted = "_".join(typed.split()).casefold()
    if not wanted:
        return ""
    names = sorted(name for name in available_timezones() if name != "localtime" and not name.startswith("posix"))
    whole = [name for name in names if name.casefold() == wanted]
    city = [name for name in names if name.casefold().rpartition("/")[2] == wanted and "/" in name]
    if not whole and not city:
        raise Refusal("prefs.refused.no_zone", field=ZONE)
    return (whole or city)[0]


def checked(prefs: Prefs, region: str, *, languages: Collection[str], regions: Collection[str]) -> list[Refusal]:
    """What is wrong, each under its field. `regions` holds countries, and the parts of the chosen one."""
    checks: Iterable[tuple[str, bool]] = (
        (LANGUAGE, not prefs.language or prefs.language in languages),
        (UNTIL, prefs.quiet_until in MORNINGS),
        (FROM, prefs.quiet_from in EVENINGS),
        (DAY, prefs.checkin_day is None or prefs.checkin_day in range(5)),
        (REGION, not region or region in regions),
    )
    found = [Refusal("common.errors.pick_one", field=name) for name, fine in checks if not fine]
    hour = prefs.checkin_hour
    if hour is not None and not prefs.quiet_until <= hour < prefs.quiet_from:
        found.append(Refusal("prefs.refused.hour_in_quiet", field=HOUR))
    return found


def placed_anew(at: datetime, before: Calendar, after: Calendar, now: datetime) -> datetime:
    """When something planned for a local day and time is due on another clock: then, out of quiet, and not in the past.

    What stood at somebody's morning hour stands at the new one.
    """
    local = at.astimezone(ZoneInfo(before.zone))
    clock = local.time().replace(tzinfo=None)
    for old, new in ((before.prefs.asked_at, after.prefs.asked_at), (before.prefs.morning, after.prefs.morning)):
        if clock == time(old):
            clock = time(new)
            break
    moment = max(utc_of(local_day(at, before.zone), clock, after.zone), now)
    return out_of_quiet(moment, after.zone, after.off, after.prefs)
