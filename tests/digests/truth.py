"""What everybody really answered, kept beside the product; and how far the published figures are from it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from statistics import fmean

from bot.domain.report.figures import Figure, Section
from storage.records.report import FigureKind

Name = tuple[FigureKind, str]
"""One figure: a kind and one of its yes/no counts."""


@dataclass(frozen=True, slots=True)
class Told:
    """One answer: of which figures of its kind it makes a 1."""

    person: str
    ones: frozenset[str]


@dataclass(slots=True)
class Truth:
    """Every answer by kind and source, in the order they came; `counted` are the sources that were drawn."""

    told: dict[FigureKind, dict[str, Told]] = field(default_factory=dict)
    counted: dict[FigureKind, set[str]] = field(default_factory=dict)

    def tell(self, kind: FigureKind, source: str, person: str, ones: Iterable[str]) -> None:
        self.told.setdefault(kind, {})[source] = Told(person, frozenset(ones))

    def count(self, kind: FigureKind, sources: Collection[str]) -> None:
        self.counted.setdefault(kind, set()).update(sources)

    def at(self, name: Name) -> "Standing":
        """How it stands at this moment."""
        kind, one = name
        told = self.told.get(kind, {})
        newest = {answer.person: one in answer.ones for answer in told.values()}
        drawn = [one in told[source].ones for source in self.counted.get(kind, ())]
        return Standing([one in answer.ones for answer in told.values()], list(newest.values()), drawn)


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one figure: what all answers so far say, what everybody said last, and what those who were drawn said."""

    every: list[bool]
    newest: list[bool]
    drawn: list[bool]


@dataclass(frozen=True, slots=True)
class Gap:
    """One published figure beside the truth, as shares of 0 to 1. `covers`: the truth of all answers lies within its
    bounds; `holds`: those who were counted said what it says."""

    middle: float
    error: float
    behind: float
    covers: bool
    holds: bool


def gaps(truth: Truth, sections: Mapping[FigureKind, Section]) -> dict[Name, Gap]:
    """Every figure that is published so far, against the truth of this moment. Themes are no shares."""
    return {
        (kind, figure.name): _gap(figure, section.published.n, truth.at((kind, figure.name)))
        for kind, section in sections.items()
        if section.published is not None and kind is not FigureKind.THEMES
        for figure in section.published.figures
    }


def _gap(figure: Figure, n: int, standing: Standing) -> Gap:
    assert len(standing.drawn) == n, "as many were drawn as the figure says"
    middle, share = (figure.low + figure.high) / (2 * n), fmean(standing.every)
    return Gap(
        middle=middle,
        error=abs(middle - share),
        behind=abs(middle - fmean(standing.newest)),
        covers=figure.low <= share * n <= figure.high,
        holds=figure.low <= sum(standing.drawn) <= figure.high,
    )


@dataclass(frozen=True, slots=True)
class Mean:
    """The gaps of one figure over the weeks that showed it."""

    weeks: int
    error: float
    largest: float
    behind: float
    covers: float
    holds: float


def means(weeks: Iterable[Mapping[Name, Gap]]) -> dict[Name, Mean]:
    by_name: dict[Name, list[Gap]] = {}
    for week in weeks:
        for name, gap in week.items():
            by_name.setdefault(name, []).append(gap)
    return {name: _mean(found) for name, found in by_name.items()}


def _mean(found: list[Gap]) -> Mean:
    return Mean(
        weeks=len(found),
        error=fmean(gap.error for gap in found),
        largest=max(gap.error for gap in found),
        behind=fmean(gap.behind for gap in found),
        covers=fmean(gap.covers for gap in found),
        holds=fmean(gap.holds for gap in found),
    )
