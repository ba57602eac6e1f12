"""The coordinator asks for reports of whatever weeks she likes, and reads the CSV that comes with each."""

import csv
import io
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.domain.when import local_day
from bot.services.kit import Actor, Kit
from bot.services.report import papers
from bot.views.report.paper_csv import figures_csv
from prompts import Words
from storage.records.programme import Cohort
from storage.records.report import FigureKind
from tests.attack.history import Seen
from tests.world import CHI, TEAM

_CHIS = Actor(TEAM, CHI)
_WEEK = timedelta(weeks=1)
_LEAST, _AT_ONCE = 4, 3
"""No report is about fewer weeks; and so many stretches are asked for at a time, beside everything so far."""
Row = tuple[str, ...]
Span = tuple[date, date]


@dataclass(slots=True)
class Papers:
    """Reads reports of one cohort against `seen`, what its digests told; keeps all else that they said in `said`."""

    kit: Kit
    cohort: Cohort
    zone: str
    seen: Mapping[FigureKind, Sequence[Seen]]
    said: list[str]
    dice: random.Random = field(default_factory=lambda: random.Random(13))

    async def read(self) -> None:
        """Everything so far, and some stretches of weeks by lot: each says what was published in it and no more."""
        words = self.kit.words("en")
        for span in (None, *self._spans()):
            rows = await asked(self.kit, words, self.cohort, span)
            so_far, release = words.say("paper.csv.so_far"), words.say("paper.csv.release")
            found = sorted(row[3:4] + row[5:11] for row in rows if row[5] in (so_far, release) and row[8])
            assert found == sorted(self._told(span, so_far, release)), "a report shows other figures than the digests"
            themes = {row[3].removeprefix("theme.") for row in rows if row[3].startswith("theme.")}
            assert themes == self._named(), "a report names other themes than the digests"
            count = words.say("paper.csv.count")
            rest = [row for row in rows if not row[3].startswith("theme.")]
            self.said += [repr(row if row[5] == count else row[:9] + row[11:]) for row in rest]

    def _spans(self) -> Iterator[Span]:
        today = local_day(self.kit.clock(), self.zone)
        last = today - timedelta(days=today.weekday())
        weeks = (last - self.cohort.starts_on) // _WEEK + 1
        for _ in range(_AT_ONCE if weeks >= _LEAST else 0):
            length = self.dice.randint(_LEAST, weeks)
            start = self.cohort.starts_on + self.dice.randint(0, weeks - length) * _WEEK
            yield start, start + length * _WEEK - timedelta(days=1)

    def _told(self, span: Span | None, so_far: str, release: str) -> Iterator[Row]:
        """The rows that the digests of these weeks make, by subtraction and addition alone."""
        for kind, all_seen in self.seen.items():
            known = [
                (local_day(one.at, self.zone), one)
                for one in all_seen
                if span is None or span[0] <= local_day(one.at, self.zone) <= span[1]
            ]
            if not known or kind is FigureKind.THEMES:
                continue
            first, last, n = known[0][0], known[-1][0], sum(one.n for _, one in known)
            for name in known[0][1].cells:
                cells = [one.cells[name] for _, one in known]
                for (day, one), (low, high) in zip(known, cells, strict=True):
                    yield _row(kind, name, release, day, day, one.n, low, high)
                yield _row(kind, name, so_far, first, last, n, sum(c[0] for c in cells), sum(c[1] for c in cells))

    def _named(self) -> set[str]:
        """Themes of which some release said that more than the clamp had named them; they know no weeks."""
        return {name for one in self.seen.get(FigureKind.THEMES, ()) for name, cell in one.cells.items() if cell[0]}


async def asked(kit: Kit, words: Words, cohort: Cohort, span: Span | None) -> list[Row]:
    """The rows of the CSV behind `admin report <cohort> <weeks>`."""
    weeks = " ".join(day.isoformat() for day in span) if span else ""
    paper = await papers.report(kit, _CHIS, f"{cohort.name} {weeks}", words)
    table = figures_csv(words, paper).decode("utf-8-sig")
    return [tuple(row) for row in csv.reader(io.StringIO(table))][1:]


def _row(kind: FigureKind, name: str, row: str, first: date, last: date, n: int, low: int, high: int) -> Row:
    return (f"{kind}.{name}", row, first.isoformat(), last.isoformat(), str(n), str(low), str(high))
