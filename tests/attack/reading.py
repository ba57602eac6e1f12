"""Reads figures off what a coordinator is shown: digests as they are stored, and the sentences drawn from them."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.domain.report.facts import DigestFigures
from bot.domain.report.figures import Published, Section
from storage.records.report import FigureKind
from tests.attack.history import Seen

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Standing:
    """What one text shows of one kind: everything added up."""

    n: int
    releases: int
    closing: bool
    cells: Mapping[str, tuple[int, int]]


NOTHING = Standing(0, 0, False, {})


def standing(section: Section | None) -> Standing:
    """The figures of one kind, as they are added up in a digest."""
    shown = section.published if section else None
    if shown is None:
        return NOTHING
    cells = {one.name: (one.low, one.high) for one in shown.figures}
    assert shown.n == sum(step.n for step in shown.steps)
    for name, bounds in cells.items():
        parts = [one for step in shown.steps for one in step.figures if one.name == name]
        assert bounds == (sum(one.low for one in parts), sum(one.high for one in parts)), "no sum of published cells"
    return Standing(shown.n, shown.releases, shown.closing, cells)


def released(before: Standing, after: Standing, at: datetime) -> Seen | None:
    """The release that lies between two digests, by subtraction; None where nothing was added."""
    if after == before:
        return None
    assert after.releases == before.releases + 1, "figures changed without a release"
    cells = {
        name: (low - before.cells.get(name, (0, 0))[0], high - before.cells.get(name, (0, 0))[1])
        for name, (low, high) in after.cells.items()
    }
    return Seen(at, after.n - before.n, cells, after.closing)


def text(blocks: Sequence[Block]) -> str:
    """What blocks say, without ids, which differ from one database to the next."""
    return _ID.sub("id", json.dumps([block.to_dict() for block in blocks], ensure_ascii=False))


def without_figures(figures: DigestFigures) -> DigestFigures:
    """A digest with all that answers make struck out: what is left may depend on who did what when alone."""
    return replace(
        figures,
        reciprocity=_bare(figures.reciprocity),
        say_do=_bare(figures.say_do),
        more={kind: _bare(section) for kind, section in figures.more.items()},
        themes=(),  # what some release has shown of them
        one_thing="",
        shown=(),
    )


def _bare(section: Section) -> Section:
    shown = section.published
    if shown is None:
        return section
    bare = Published(shown.n, shown.releases, shown.newest, shown.closing, ())
    return replace(section, published=bare)


def sections(figures: DigestFigures, kinds: Iterable[FigureKind]) -> dict[FigureKind, Standing]:
    return {kind: standing(figures.section(kind)) for kind in kinds}
