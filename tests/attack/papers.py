"""The coordinator asks for reports of whatever weeks she likes, and reads the CSV and the page of each."""

import csv
import io
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.domain.report.paper import Paper
from bot.domain.when import local_day
from bot.services.kit import Actor, Kit
from bot.services.report import papers
from bot.views.report.paper_csv import figures_csv
from prompts import Words
from storage.records.programme import Cohort
from storage.records.report import FigureKind
from tests.attack import pages
from tests.attack.history import Seen
from tests.attack.pages import Row
from tests.world import CHI, TEAM

_CHIS = Actor(TEAM, CHI)
_WEEK = timedelta(weeks=1)
_LEAST, _AT_ONCE = 4, 2
"""No report is about fewer weeks; and so many stretches are asked for at a time, beside everything so far."""
Span = tuple[date, date]
Told = list[tuple[date, Seen]]


@dataclass(slots=True)
class Papers:
    """Reads reports of one cohort, or of all there are, against `seen`: what its digests told, by cohort id.

    Keeps all else that they said in `said`.
    """

    kit: Kit
    cohorts: Sequence[Cohort]
    zone: str
    seen: Mapping[str, Mapping[FigureKind, Sequence[Seen]]]
    said: list[str]
    dice: random.Random = field(default_factory=lambda: random.Random(13))

    async def read(self) -> None:
        """Everything so far, and some stretches of weeks by lot: each says what was published in it and no more."""
        words = self.kit.words("en")
        for span in (None, *self._spans()):
            paper = await asked(self.kit, words, self.cohorts, span)
            told = self._told(words, span)
            self._table(words, paper, told)
            themes = {name for cohort in self.cohorts for name in self._named(cohort)}
            self.said += pages.read(words, paper, self._whole(words), told, themes)

    def _table(self, words: Words, paper: Paper, told: Sequence[Row]) -> None:
        rows = _rows(words, paper)
        so_far, release = words.say("paper.csv.so_far"), words.say("paper.csv.release")
        found = sorted(row[:1] + row[3:4] + row[5:11] for row in rows if row[5] in (so_far, release) and row[8])
        assert found == sorted(told), "a report shows other figures than the digests"
        themes = {(row[0], row[3].removeprefix("theme.")) for row in rows if row[3].startswith("theme.")}
        named = {(cohort.name, name) for cohort in self.cohorts for name in self._named(cohort)}
        assert themes == named, "a report names other themes than the digests"
        count = words.say("paper.csv.count")
        rest = [row for row in rows if not row[3].startswith("theme.")]
        self.said += [repr(row if row[5] == count else row[:9] + row[11:]) for row in rest]

    def _spans(self) -> Iterator[Span]:
        today = local_day(self.kit.clock(), self.zone)
        last = today - timedelta(days=today.weekday())
        begins = min(cohort.starts_on for cohort in self.cohorts)
        weeks = (last - begins) // _WEEK + 1
        for _ in range(_AT_ONCE if weeks >= _LEAST else 0):
            length = self.dice.randint(_LEAST, weeks)
            start = begins + self.dice.randint(0, weeks - length) * _WEEK
            yield start, start + length * _WEEK - timedelta(days=1)

    def _whole(self, words: Words) -> str:
        return self.cohorts[0].name if len(self.cohorts) == 1 else words.say("paper.csv.all")

    def _told(self, words: Words, span: Span | None) -> list[Row]:
        """The rows that the digests of these weeks make, by subtraction and addition alone."""
        found: list[Row] = []
        for kind in dict.fromkeys(kind for seen in self.seen.values() for kind in seen):
            if kind is FigureKind.THEMES:
                continue
            parts = [(one.name, self._within(one, kind, span)) for one in self.cohorts]
            known = [(name, told) for name, told in parts if told]
            for name, told in known:
                found += [row for figure in told[0][1].cells for row in _part(words, name, kind, figure, told)]
            if len(self.cohorts) > 1 and known:
                found += _together(words, self._whole(words), kind, [told for _, told in known])
        return found

    def _within(self, cohort: Cohort, kind: FigureKind, span: Span | None) -> Told:
        dated = [(local_day(one.at, self.zone), one) for one in self.seen[cohort.id].get(kind, ())]
        return [(day, one) for day, one in dated if span is None or span[0] <= day <= span[1]]

    def _named(self, cohort: Cohort) -> set[str]:
        """Themes of which some release said that more than the clamp had named them; they know no weeks."""
        releases = self.seen[cohort.id].get(FigureKind.THEMES, ())
        return {name for one in releases for name, cell in one.cells.items() if cell[0]}


async def asked(kit: Kit, words: Words, cohorts: Sequence[Cohort], span: Span | None) -> Paper:
    """What is behind `admin report <cohort> <weeks>`; with several cohorts, without a name."""
    weeks = " ".join(day.isoformat() for day in span) if span else ""
    return await papers.report(kit, _CHIS, f"{cohorts[0].name if len(cohorts) == 1 else ''} {weeks}", words)


def _rows(words: Words, paper: Paper) -> list[Row]:
    table = figures_csv(words, paper).decode("utf-8-sig")
    return [tuple(row) for row in csv.reader(io.StringIO(table))][1:]


def _together(words: Words, whom: str, kind: FigureKind, all_told: Sequence[Told]) -> Iterator[Row]:
    """All cohorts': every release, and sums of what each of them has."""
    everything = sorted((one for told in all_told for one in told), key=lambda one: one[0])
    for day, seen in everything:
        for name, (low, high) in seen.cells.items():
            yield _row(whom, kind, name, words.say("paper.csv.release"), day, day, seen.n, low, high)
    for name in all_told[0][0][1].cells:
        if all(name in seen.cells for _, seen in everything):
            yield _sum(words, whom, kind, name, everything)


def _part(words: Words, whom: str, kind: FigureKind, name: str, told: Told) -> Iterator[Row]:
    for day, one in told:
        yield _row(whom, kind, name, words.say("paper.csv.release"), day, day, one.n, *one.cells[name])
    yield _sum(words, whom, kind, name, told)


def _sum(words: Words, whom: str, kind: FigureKind, name: str, told: Told) -> Row:
    cells = [one.cells[name] for _, one in told]
    n, first, last = sum(one.n for _, one in told), told[0][0], told[-1][0]
    low, high = sum(cell[0] for cell in cells), sum(cell[1] for cell in cells)
    return _row(whom, kind, name, words.say("paper.csv.so_far"), first, last, n, low, high)


def _row(whom: str, kind: FigureKind, name: str, row: str, first: date, last: date, n: int, low: int, high: int) -> Row:
    return (whom, f"{kind}.{name}", row, first.isoformat(), last.isoformat(), str(n), str(low), str(high))
