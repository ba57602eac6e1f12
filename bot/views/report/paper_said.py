"""The sections of the report's page after *Who benefited?*."""

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from bot.domain.report.figures import Figure, Published
from bot.domain.report.paper import ALONE, Paper, Part, side_of
from bot.views.report import paper_lines as lines
from bot.views.report import phrases
from bot.views.report.paper_bars import interval, key, stacked, steps
from bot.views.report.paper_html import Child, E, section, table
from prompts import Words
from storage.records.checkin import Question
from storage.records.enrol import Side
from storage.records.paper import MonthCount
from storage.records.report import FigureKind


def over_time(words: Words, part: Part) -> ET.Element:
    """On page one, the four questions: so far, and how they moved."""
    say, published = words.say, part.told[FigureKind.RECIPROCITY].published
    title = say("paper.page.over_time")
    if published is None:
        return section(title, E("p", lines.standing(lines.why(words, part, FigureKind.RECIPROCITY)), cls="none"))
    first, last = (words.full_date(step.day) for step in (published.steps[0], published.steps[-1]))
    moved = say("paper.page.steps" if first != last else "paper.page.step", first=first, last=last)
    heads = [say("paper.page.question"), say("paper.page.so_far"), moved]
    rows: list[Sequence[Child]] = [
        [say(f"report.plain.{one.name}"), _so_far(words, one, published.n), _strip(words, published, one.name)]
        for one in published.figures
    ]
    about = E("p", say("paper.page.over_time_about"), cls="small")
    return section(title, table(title, heads, rows, cls="sides", known=True), about)


def _strip(words: Words, published: Published, name: str) -> ET.Element:
    said = [phrases.bounds(words, one, step.n) for step in published.steps for one in step.figures if one.name == name]
    return steps(published.steps, name, " · ".join(said))


def _so_far(words: Words, one: Figure, n: int) -> ET.Element:
    return E("div", interval((one, n), "juniors"), lines.said(words, (one, n)))


def each_release(words: Words, part: Part) -> list[ET.Element]:
    """The four questions release by release, in numbers."""
    published = part.told[FigureKind.RECIPROCITY].published
    if published is None:
        return []
    title = words.say("paper.page.releases")
    drawn = table(title, _heads(words), list(_steps(words, published)), cls="long", known=True)
    reason = lines.standing(lines.why(words, part, FigureKind.RECIPROCITY))
    return [section(title, drawn, *([E("p", reason, cls="small")] if reason else []))]


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


def kept(words: Words, part: Part) -> ET.Element:
    """Promises by their counts, then whether juniors noticed."""
    found = part.figure(FigureKind.SAY_DO, "unnoticed")
    if found:
        gap = words.say("paper.page.gap", figure=lines.said(words, found))
    else:
        gap = words.say("paper.page.gap_none", why=lines.why(words, part, FigureKind.SAY_DO))
    return section(words.say("paper.page.kept"), E("p", lines.promises(words, part)), E("p", gap))


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
    heads: list[Child] = [say("paper.page.theme"), *several, say("paper.page.became")]
    always = [E("p", say("paper.page.themes_always"), cls="small")] if paper.span else []
    about = E("p", say("paper.page.themes_about"), cls="small")
    return section(say("paper.page.themes"), about, table(say("paper.page.themes"), heads, rows, known=True), *always)


def _cohort(paper: Paper, part: Part) -> list[str]:
    return [part.cohort.name] if len(paper.parts) > 1 and part.cohort else []


def activity(words: Words, part: Part, whole: MonthCount, *, weeks: bool) -> ET.Element:
    """Sessions month by month, reliability, pairs, ripples: from here on what is behind page one.

    `weeks`: the report is about whole weeks, and so are its months.
    """
    found: list[Child] = [E("p", one) for one in _facts(words, part, whole)]
    if whole.planned:
        found.append(_months(words, part.months, whole))
        found += [E("p", words.say("paper.page.months_weeks"), cls="small")] if weeks else []
    return section(words.say("paper.page.activity"), *found, cls="page")


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
    say, names = words.say, ("held", "by_senior", "by_junior", "other", "unknown")
    both = E("span", key("held"), f"{say('paper.chart.held')} ", key("rest"), say("paper.chart.not_held"))
    heads: list[Child] = [say("paper.page.month"), both, *[say(f"paper.page.{name}") for name in names]]
    most = max(one.planned for one in months)
    rows: list[Sequence[Child]] = [
        [words.month(one.month), _bar(words, one, most), *_numbers(words, one, names)] for one in months if one.planned
    ]
    rows.append([E("strong", say("paper.page.total")), "", *_numbers(words, whole, names)])
    return table(say("paper.page.months_caption"), heads, rows, cls="numbers")


def _bar(words: Words, one: MonthCount, most: int) -> ET.Element:
    said = words.say("paper.page.reliability", held=one.held, planned=one.planned)
    return stacked(one.held, one.planned, most, said)


def _numbers(words: Words, one: MonthCount, names: Sequence[str]) -> list[str]:
    return [words.number(getattr(one, name)) for name in names]


def alone(words: Words, part: Part) -> list[ET.Element]:
    """What only one side was asked; nothing where none of it is published."""
    found = [(kind, name, part.figure(kind, name)) for kind, name in ALONE]
    rows = [
        [lines.name_of(words, kind, name), _side(words, side_of(kind)), lines.said(words, known)]
        for kind, name, known in found
        if known
    ]
    title = words.say("paper.page.alone")
    heads = [words.say("paper.page.question"), words.say("paper.page.who"), words.say("paper.page.answer")]
    return [section(title, table(title, heads, rows, known=True))] if rows else []


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
    return E("div", E("h3", name), table(say("paper.page.cohorts_caption", cohort=name), heads, rows, known=True))


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
