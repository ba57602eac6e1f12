"""The sections of the report's page after *Who benefited?*."""

from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from bot.domain.report.figures import Figure, Published
from bot.domain.report.paper import ALONE, Paper, Part, side_of
from bot.views.report import paper_lines as lines
from bot.views.report import phrases
from bot.views.report.paper_html import Child, E, figure, section, table
from prompts import Words
from storage.records.checkin import Question
from storage.records.enrol import Side
from storage.records.paper import MonthCount
from storage.records.report import FigureKind


def over_time(words: Words, part: Part, charts: Mapping[str, bytes]) -> ET.Element:
    """The four questions: so far, and each release."""
    say, published = words.say, part.told[FigureKind.RECIPROCITY].published
    title = say("paper.page.over_time")
    reason = lines.why(words, part, FigureKind.RECIPROCITY)
    if published is None:
        return section(title, E("p", lines.standing(reason), cls="none"))
    return section(
        title, E("p", say("paper.page.over_time_about"), cls="small"),
        figure(charts.get("over_time"), title, say("paper.chart.alt_over_time")),
        table(title, _heads(words), list(_steps(words, published)), cls="long", known=True),
        *([E("p", lines.standing(reason), cls="small")] if reason else []), cls="page",
    )  # fmt: skip


def _heads(words: Words) -> list[str]:
    questions = [words.say(f"report.plain.{question}") for question in Question]
    return [words.say("paper.page.release"), words.say("paper.page.answers"), *questions]


def _steps(words: Words, published: Published) -> Iterator[Sequence[Child]]:
    for step in published.steps:
        yield [words.full_date(step.day), words.number(step.n), *_bounds(words, step.figures, step.n)]
    so_far = E("strong", words.say("paper.page.so_far"))
    yield [so_far, words.number(published.n), *_bounds(words, published.figures, published.n)]


def _bounds(words: Words, figures: Sequence[Figure], n: int) -> list[str]:
    known = {one.name: one for one in figures}
    return [phrases.bounds(words, known[question], n) if question in known else "–" for question in Question]


def promised(words: Words, part: Part) -> list[ET.Element]:
    """On page one: what was promised and done, in a line."""
    return [E("p", lines.promises(words, part))]


def kept(words: Words, part: Part) -> ET.Element:
    """Promises by their counts, then whether juniors noticed."""
    found = part.figure(FigureKind.SAY_DO, "unnoticed")
    if found:
        gap = words.say("paper.page.gap", figure=lines.said(words, found))
    else:
        gap = words.say("paper.page.gap_none", why=lines.why(words, part, FigureKind.SAY_DO))
    return section(words.say("paper.page.kept"), E("p", lines.promises(words, part)), E("p", gap), cls="page")


def themes(words: Words, paper: Paper) -> ET.Element:
    """Which themes are past the gate, and what became of each; no numbers and no dates of theirs."""
    say = words.say
    rows = [
        [lines.theme_name(words, line), *_cohort(paper, part), lines.became(words, line)]
        for part in paper.parts
        for line in part.themes
    ]
    if not rows:
        return section(say("paper.page.themes"), E("p", say("paper.page.themes_none"), cls="none"))
    several = [say("paper.page.cohort")] if len(paper.parts) > 1 else []
    heads = [say("paper.page.theme"), *several, say("paper.page.became")]
    always = [E("p", say("paper.page.themes_always"), cls="small")] if paper.span else []
    about = E("p", say("paper.page.themes_about"), cls="small")
    return section(say("paper.page.themes"), about, table(say("paper.page.themes"), heads, rows, known=True), *always)


def _cohort(paper: Paper, part: Part) -> list[str]:
    return [part.cohort.name] if len(paper.parts) > 1 and part.cohort else []


def activity(words: Words, part: Part, whole: MonthCount, charts: Mapping[str, bytes]) -> ET.Element:
    """Sessions month by month, reliability, pairs, ripples."""
    say, title = words.say, words.say("paper.page.activity")
    found: list[Child] = [E("p", one) for one in _facts(words, part, whole)]
    if whole.planned:
        found.append(figure(charts.get("months"), say("paper.page.months_caption"), say("paper.chart.alt_months")))
        found.append(_months(words, part.months, whole))
    return section(title, *found)


def _facts(words: Words, part: Part, whole: MonthCount) -> Iterator[str]:
    say = words.say
    if whole.planned:
        yield say("paper.page.reliability", held=whole.held, planned=whole.planned)
        key = "cancellations" if whole.cancelled else "no_cancellations"
        yield say(f"paper.page.{key}", n=whole.by_senior, all=whole.cancelled)
    else:
        yield say("paper.page.no_sessions")
    pairs = say("paper.page.pairs", n=part.pairs.pairs)
    yield say("paper.page.pairs_ended", pairs=pairs, completed=part.pairs.completed, ended=part.pairs.ended)
    if part.ripples:
        counted = [say("ripple.counted", what=say(f"ripple.kinds.{kind}"), n=n) for kind, n in part.ripples]
        yield say("paper.page.ripples", ripples=" · ".join(counted))


def _months(words: Words, months: Sequence[MonthCount], whole: MonthCount) -> ET.Element:
    names = ("held", "by_senior", "by_junior", "other", "unknown")
    heads = [words.say("paper.page.month"), *[words.say(f"paper.page.{name}") for name in names]]
    rows: list[Sequence[Child]] = [
        [words.month(one.month), *[words.number(getattr(one, name)) for name in names]] for one in months if one.planned
    ]
    together = E("strong", words.say("paper.page.total"))
    rows.append([together, *[words.number(getattr(whole, name)) for name in names]])
    return table(words.say("paper.page.months_caption"), heads, rows, cls="numbers")


def alone(words: Words, part: Part) -> ET.Element:
    """What only one side was asked; nothing where none of it is published."""
    found = [(kind, name, part.figure(kind, name)) for kind, name in ALONE]
    rows = [
        [lines.name_of(words, kind, name), _side(words, side_of(kind)), lines.said(words, known)]
        for kind, name, known in found
        if known
    ]
    if not rows:
        return E("span")
    title = words.say("paper.page.alone")
    heads = [words.say("paper.page.question"), words.say("paper.page.who"), words.say("paper.page.answer")]
    return section(title, table(title, heads, rows, known=True))


def _side(words: Words, side: Side) -> str:
    return words.say("paper.page.seniors" if side is Side.SENIOR else "paper.page.juniors")


def per_cohort(words: Words, paper: Paper) -> ET.Element:
    """The same figures for each cohort, on a page of their own."""
    tables = [_cohort_table(words, part) for part in paper.parts]
    return section(words.say("paper.page.cohorts"), *tables, cls="page")


def _cohort_table(words: Words, part: Part) -> ET.Element:
    say = words.say
    name = part.cohort.name if part.cohort else ""
    rows = _cohort_rows(words, part)
    if not rows:
        why = lines.why(words, part, FigureKind.RECIPROCITY)
        reason = say("paper.page.missing_line", name=say("paper.kind.reciprocity"), why=why)
        return E("div", E("h3", name), E("p", reason, cls="none"))
    heads = [say("paper.page.question"), say("paper.page.juniors"), say("paper.page.seniors")]
    return E("div", E("h3", name), table(f"{say('paper.page.cohorts_caption')}: {name}", heads, rows, known=True))


def _cohort_rows(words: Words, part: Part) -> list[Sequence[Child]]:
    """What both sides were asked, then the juniors' four questions: as far as they are published."""
    rows: list[Sequence[Child]] = [
        [words.say(f"paper.both.{row.name}"), _known(words, row.junior), _known(words, row.senior)]
        for row in lines.side_by_side(words, part)
        if row.junior or row.senior
    ]
    for question in Question:
        if found := part.figure(FigureKind.RECIPROCITY, question):
            rows.append([words.say(f"report.plain.{question}"), _known(words, found), "–"])
    return rows


def _known(words: Words, found: tuple[Figure, int] | None) -> str:
    return lines.said(words, found) if found else "–"
