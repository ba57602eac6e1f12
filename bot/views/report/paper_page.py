"""The report as one HTML page: no script, nothing loaded from anywhere, for a screen, a phone and A4.

Built as a tree with the standard library's writer, which escapes whatever people typed.
"""

import re
from collections.abc import Mapping, Sequence
from unicodedata import normalize
from xml.etree import ElementTree as ET

from bot.domain.report.paper import Paper, Part, total
from bot.views.report import paper_lines as lines
from bot.views.report.paper_html import E, figure, section, table
from bot.views.report.paper_said import activity, alone, kept, over_time, per_cohort, promised, themes
from bot.views.report.paper_style import CSS
from prompts import Words

_NAME = 40
Charts = Mapping[str, bytes]


def page(words: Words, paper: Paper, charts: Charts) -> bytes:
    """The page, UTF-8; a chart that is missing leaves its table, which has the same numbers."""
    title = f"{words.say('paper.page.title')} {lines.whom(words, paper)}, {lines.period(words, paper)}"
    head = E(
        "head", E("meta", charset="utf-8"),
        E("meta", name="viewport", content="width=device-width, initial-scale=1"),
        E("meta", name="color-scheme", content="light dark"), E("title", title), E("style", CSS),
    )  # fmt: skip
    body = E("body", _header(words, paper), E("main", *_sections(words, paper, charts)), _footer(words, paper))
    tree = E("html", head, body, lang=words.lang)
    written: str = ET.tostring(tree, encoding="unicode", method="html")
    return f"<!DOCTYPE html>\n{written}\n".encode()


def file_name(words: Words, paper: Paper, ending: str) -> str:
    """What a file is called, so that reports of several cohorts and periods lie beside each other in one folder."""
    days = [paper.span.start, paper.span.end] if paper.span else [paper.made_on]
    parts = [_plain(words.say("paper.page.contents")), _plain(lines.whom(words, paper)), *map(str, days)]
    return f"{'_'.join(filter(None, parts))}.{ending}"


def _plain(text: str) -> str:
    """Letters and digits of any script with hyphens between them: nothing that a file system minds."""
    return re.sub(r"[\W_]+", "-", normalize("NFC", text).casefold())[:_NAME].strip("-")


def _header(words: Words, paper: Paper) -> ET.Element:
    say = words.say
    about = say("paper.message.about", whom=lines.whom(words, paper), period=lines.period(words, paper))
    return E(
        "header", E("p", say("paper.page.contents"), cls="over"),
        E("h1", say("paper.page.benefited")),
        E("p", about, cls="lead"),
        E("p", say("paper.page.made", day=words.full_date(paper.made_on)), cls="small"),
    )  # fmt: skip


def _sections(words: Words, paper: Paper, charts: Charts) -> list[ET.Element]:
    part = paper.whole
    found = [
        _benefited(words, part, charts), over_time(words, part, charts), kept(words, part),
        themes(words, paper), activity(words, part, total(part.months), charts), alone(words, part),
    ]  # fmt: skip
    if len(paper.parts) > 1:
        found.append(per_cohort(words, paper))
    return [*found, _missing(words, part), _protected(words, paper)]


def _benefited(words: Words, part: Part, charts: Charts) -> ET.Element:
    """Page one: three sentences, the two sides side by side, the same as bars."""
    say = words.say
    rows = [
        [
            say(f"paper.both.{row.name}"),
            _cell(words, row.junior, row.junior_why),
            _cell(words, row.senior, row.senior_why),
        ]
        for row in lines.side_by_side(words, part)
    ]
    heads = [say("paper.page.question"), say("paper.page.juniors"), say("paper.page.seniors")]
    return E(
        "section", E("ul", *[E("li", one) for one in lines.balances(words, part)], cls="says"),
        *promised(words, part),
        figure(charts.get("benefit"), say("paper.chart.benefit"), say("paper.chart.alt_benefit")),
        table(say("paper.page.both"), heads, rows),
    )  # fmt: skip


def _cell(words: Words, found: object, why: str) -> str | ET.Element:
    if isinstance(found, tuple):
        return lines.said(words, found)
    return E("span", why or words.say("paper.message.none"), cls="none")


def _missing(words: Words, part: Part) -> ET.Element:
    items: Sequence[str] = list(lines.missing(words, part))
    body = [E("ul", *[E("li", one) for one in items])] if items else []
    return section(words.say("paper.page.missing"), *body) if items else E("section")


def _protected(words: Words, paper: Paper) -> ET.Element:
    names = ("urn", "edges", "once", "same", "filters", "facts", "honest")
    items = [E("li", words.say(f"paper.shield.{name}", least=paper.least)) for name in names]
    return section(words.say("paper.page.protected"), E("ul", *items))


def _footer(words: Words, paper: Paper) -> ET.Element:
    return E("footer", E("p", words.say("paper.page.foot", least=paper.least), cls="small"))
