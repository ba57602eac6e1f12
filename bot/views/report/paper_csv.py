"""The report's figures as a CSV for spreadsheets: one row a figure and release, then all releases together."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from babel.numbers import get_decimal_symbol

from bot.domain.report.figures import Figure
from bot.domain.report.kinds import ONCE, RUNNING
from bot.domain.report.paper import GROUPS, Group, Paper, Part, side_of
from bot.views.report import paper_lines as lines
from prompts import Words
from storage.records.enrol import Side
from storage.records.paper import MonthCount
from storage.records.report import FigureKind

COLUMNS = ("cohort", "group", "figure", "id", "who", "row", "from", "to", "n", "low", "high", "note")
"""Their order never changes; what they are called is in the reader's language, `id` in nobody's."""

_DANGEROUS = re.compile(r"(^(?=[\t\r\n])|(?:^|[,;\t\r\n])(?=\s*[=+\-@＝＋－＠]))")
"""Where a formula would begin: at a cell's beginning, or behind what a spreadsheet elsewhere takes for its end."""
_MONTHS = ("held", "by_senior", "by_junior", "other", "unknown")
_PROMISES = ("due", "done", "dropped", "slipping")
_PAIRS = ("pairs", "completed", "ended")

Cells = Sequence[object]


@dataclass(frozen=True, slots=True)
class _Writer:
    """What every row of one part has in common; `whom` is its first cell."""

    words: Words
    part: Part
    whom: str

    def row(self, group: Group, figure: str, key: str, who: str, kind: str, *rest: object) -> Cells:
        say = self.words.say
        group_name, row = say(f"paper.group.{group}"), say(f"paper.csv.{kind}")
        return [self.whom, group_name, figure, key, say(f"paper.csv.{who}"), row, *rest]


def figures_csv(words: Words, paper: Paper, groups: Collection[str] = ()) -> bytes:
    """UTF-8 with a byte order mark, as spreadsheets want it. `groups`: those that were chosen, else all."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator(words), lineterminator="\r\n")
    writer.writerow([words.say(f"paper.csv.{one}") for one in COLUMNS])
    parts = [*paper.parts, *([paper.whole] if len(paper.parts) > 1 else [])]
    for part in parts:
        whom = part.cohort.name if part.cohort else words.say("paper.csv.all")
        for row in _rows(_Writer(words, part, whom), set(groups) or set(Group)):
            writer.writerow([harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def separator(words: Words) -> str:
    """A semicolon where decimals are written with a comma, as spreadsheets there read and write it; else a comma.

    No line `sep=;` above: one program knows it, for all others it is a row of figures. Every number is a whole one.
    """
    return ";" if get_decimal_symbol(words.locale) == "," else ","


def harmless(cell: object) -> object:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers."""
    return _DANGEROUS.sub(r"\1'", cell) if isinstance(cell, str) else cell


def _rows(writer: _Writer, groups: Collection[str]) -> Iterator[Cells]:
    for kind in (*RUNNING, *ONCE):
        if kind is not FigureKind.THEMES and GROUPS[kind] in groups:
            yield from _figures(writer, kind)
    if Group.PROMISES in groups:
        yield from _counts(writer, Group.PROMISES, writer.part.promises, _PROMISES)
    if Group.THEMES in groups:
        yield from _themes(writer)
    if Group.ACTIVITY in groups:
        yield from _activity(writer)


def _figures(writer: _Writer, kind: FigureKind) -> Iterator[Cells]:
    told = writer.part.told[kind]
    who = "seniors" if side_of(kind) is Side.SENIOR else "juniors"
    note = lines.why(writer.words, writer.part, kind)
    group, published = GROUPS[kind], told.published
    if published is None:
        name = writer.words.say(f"paper.kind.{kind}")
        yield writer.row(group, name, str(kind), who, "so_far", "", "", "", "", "", note)
        return
    for step in published.steps:
        for one in step.figures:
            yield _figure(writer, kind, who, "release", one, (step.day.isoformat(),) * 2, step.n, "")
    first = published.steps[0].day.isoformat() if published.steps else ""
    for one in published.figures:
        yield _figure(writer, kind, who, "so_far", one, (first, published.newest.isoformat()), published.n, note)


def _figure(
    writer: _Writer, kind: FigureKind, who: str, row: str, one: Figure, days: tuple[str, str], n: int, note: str
) -> Cells:
    name = lines.name_of(writer.words, kind, one.name)
    return writer.row(GROUPS[kind], name, f"{kind}.{one.name}", who, row, *days, n, one.low, one.high, note)


def _counts(writer: _Writer, group: Group, counts: object, names: Sequence[str]) -> Iterator[Cells]:
    for name in names:
        yield _count(writer, group, name, getattr(counts, name))


def _count(writer: _Writer, group: Group, name: str, n: int, days: tuple[str, str] = ("", "")) -> Cells:
    return writer.row(group, writer.words.say(f"paper.csv.{name}"), name, "both", "count", *days, "", n, n, "")


def _themes(writer: _Writer) -> Iterator[Cells]:
    """Without numbers and dates of their own: only that a theme is past its threshold, and what became of it."""
    for line in writer.part.themes:
        name = writer.words.say("paper.csv.theme", name=lines.theme_name(writer.words, line))
        became = lines.became(writer.words, line)
        yield writer.row(Group.THEMES, name, f"theme.{line.theme}", "juniors", "so_far", "", "", "", "", "", became)


def _activity(writer: _Writer) -> Iterator[Cells]:
    part = writer.part
    for one in part.months:
        yield from _month(writer, one)
    yield from _counts(writer, Group.ACTIVITY, part.pairs, _PAIRS)
    for kind, n in part.ripples:
        name = writer.words.say("paper.csv.ripple", name=writer.words.say(f"ripple.kinds.{kind}"))
        yield writer.row(Group.ACTIVITY, name, f"ripple.{kind}", "both", "count", "", "", "", n, n, "")


def _month(writer: _Writer, one: MonthCount) -> Iterator[Cells]:
    month = f"{one.month:%Y-%m}"
    for name in _MONTHS:
        yield _count(writer, Group.ACTIVITY, name, getattr(one, name), (month, month))
