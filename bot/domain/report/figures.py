"""Arithmetic on published cells: sums, intervals and the words for them. Answers are never looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.disclosure import LEAST_K, Withheld
from bot.domain.when import local_day
from storage.records.report import Release


class Share(StrEnum):
    """A share of the answers in a word or two; the text is `report.share.<value>`."""

    FEW = "few"
    QUARTER = "quarter"
    THIRD = "third"
    HALF = "half"
    TWO_THIRDS = "two_thirds"
    THREE_QUARTERS = "three_quarters"
    MOST = "most"
    UNDER_HALF = "under_half"
    OVER_HALF = "over_half"
    HALF_OR_LESS = "half_or_less"
    HALF_OR_MORE = "half_or_more"
    WIDE = "wide"


class Bounds(StrEnum):
    """How an interval is put; the text is `report.bounds.<value>`."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    EXACT = "exact"
    BETWEEN = "between"


_EDGES = (
    (0.2, Share.FEW), (0.29, Share.QUARTER), (0.41, Share.THIRD), (0.59, Share.HALF), (0.71, Share.TWO_THIRDS),
    (0.8, Share.THREE_QUARTERS),
)  # fmt: skip
_EDGE, _NARROW = 0.3, 0.3
"""As shares: how far an interval at the edge may reach to be few or most, and how wide another may be for a word."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The truth lies in low..high; how many of `n` is said with it."""

    name: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Step:
    """One release by itself, as it was published on `day`: what a trend is drawn from."""

    day: date
    n: int
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """All releases of a kind added up: `n` answers in `releases` releases, the newest of `newest`; each in `steps`."""

    n: int
    releases: int
    newest: date
    closing: bool
    figures: tuple[Figure, ...]
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """What may be said about one kind of figure: what is published, and why there is nothing new.

    `least` is the smallest number of juniors a figure counts, `needed` how many must wait for one.
    """

    published: Published | None
    withheld: Withheld | None
    least: int
    needed: int

    @property
    def fewest(self) -> int:
        """How many people each group in it has at least, also where `least` was raised after a group was counted."""
        if self.published is None:
            return self.least
        return min(self.least, *(step.n for step in self.published.steps)) if self.published.steps else LEAST_K


def added_up(releases: Sequence[Release], zone: str) -> Published | None:
    """The cumulative figures of one kind; each bound is the sum of the cells' bounds. None before the first release."""
    if not releases:
        return None
    cells = [cell for release in releases for cell in release.cells]
    figures = tuple(
        Figure(name, sum(c.low for c in cells if c.name == name), sum(c.high for c in cells if c.name == name))
        for name in dict.fromkeys(cell.name for cell in cells)
    )
    steps = tuple(_step(release, zone) for release in releases)
    return Published(
        n=sum(r.n for r in releases),
        releases=len(releases),
        newest=max(step.day for step in steps),
        closing=any(r.closing for r in releases),
        figures=figures,
        steps=steps,
    )


def _step(release: Release, zone: str) -> Step:
    figures = tuple(Figure(cell.name, cell.low, cell.high) for cell in release.cells)
    return Step(local_day(release.published_at, zone), release.n, figures)


def share_of(figure: Figure, n: int) -> Share:
    """The word for the middle of the interval; where that is wide, one that claims no more than it holds."""
    low, high = figure.low / n, figure.high / n
    if figure.low == 0 and high <= _EDGE:
        return Share.FEW
    if figure.high == n and low >= 1 - _EDGE:
        return Share.MOST
    if high - low <= _NARROW and figure.low > 0 and figure.high < n:
        return next((share for edge, share in _EDGES if (low + high) / 2 < edge), Share.MOST)
    if low >= 0.5:
        return Share.OVER_HALF if low > 0.5 else Share.HALF_OR_MORE
    if high <= 0.5:
        return Share.UNDER_HALF if high < 0.5 else Share.HALF_OR_LESS
    return Share.WIDE


def bounds_of(figure: Figure, n: int) -> Bounds:
    if figure.low == 0:
        return Bounds.AT_MOST
    if figure.high == n:
        return Bounds.AT_LEAST
    return Bounds.EXACT if figure.low == figure.high else Bounds.BETWEEN
