"""How long two people work at the same time, over the weeks of a cohort and their clock changes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = 24 * 60
SHARED = 120
"""Minutes that two people's working days have to have in common: issue 4, "Matching"."""
FAR = 6 * 60
"""From so many minutes between two clocks on, somebody always meets at the edge of the day."""

Offsets = Mapping[str, tuple[int, ...]]
"""Zone → minutes ahead of UTC, at each of the moments at which any of the zones differs from before."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A working day on the clock of a zone, in minutes after midnight; one that ends before it begins ends next day."""

    zone: str
    works_from: int
    works_to: int

    @property
    def length(self) -> int:
        return (self.works_to - self.works_from) % DAY or (DAY if self.works_to > self.works_from else 0)


def offsets(zones: Collection[str], first: date, last: date) -> Offsets:
    """The zones' distances from UTC, from the first day to the last (a year at most), once for each way they stand."""
    days = [first + timedelta(days=n) for n in range(min(max((last - first).days, 0), 366) + 1)]
    known = {zone: ZoneInfo(zone) for zone in sorted(zones)}
    rows = [tuple(_ahead(zone, day) for zone in known.values()) for day in days]
    distinct = list(dict.fromkeys(rows))
    return {zone: tuple(row[n] for row in distinct) for n, zone in enumerate(known)}


def _ahead(zone: ZoneInfo, day: date) -> int:
    ahead = datetime.combine(day, time(12), zone).utcoffset()
    return int(ahead.total_seconds()) // 60 if ahead is not None else 0


def shared(one: Shift, other: Shift, known: Offsets) -> int:
    """Minutes in which both work, on the day on which that is least."""
    pairs = zip(known[one.zone], known[other.zone], strict=True)
    return min(_shared(one, other, ahead, beyond) for ahead, beyond in pairs)


def _shared(one: Shift, other: Shift, ahead: int, beyond: int) -> int:
    start, begin = one.works_from - ahead, other.works_from - beyond
    gap = (begin - start) % DAY
    # The other's day as it begins after ours, and as it began the day before.
    return _common(one.length, gap, other.length) + _common(one.length, gap - DAY, other.length)


def _common(length: int, begin: int, lasts: int) -> int:
    return max(0, min(length, begin + lasts) - max(0, begin))


def between(one: str, other: str, known: Offsets) -> int:
    """Minutes between two zones' clocks, on the day on which that is most; the shorter way round the earth."""
    apart = (abs(a - b) % DAY for a, b in zip(known[one], known[other], strict=True))
    return max(min(gap, DAY - gap) for gap in apart)
