"""The report as one HTML page: no script, nothing loaded from anywhere, for a screen, a phone and A4.

Built as a tree with the standard library's writer, which escapes whatever people typed.
"""

import re
from collections.abc import Sequence
from unicodedata import normalize
from xml.etree import ElementTree as ET

from bot.domain.report.figures import Figure
from bot.domain.report.paper import Paper, Part, total
from bot.views.report import paper_lines as lines
from bot.views.report.paper_bars import interval, key, patterns
from bot.views.report.paper_html import Child, E, section, table
from bot.views.report.paper_said import activity, alone, each_release, kept, over_time, per_cohort, themes
from bot.views.report.paper_style import CSS
from prompts import Words

_NAME = 40


def page(words: Words, paper: Paper) -> bytes:
    """The page, UTF-8. Its first sheet answers who benefited; the rest has every number and how it is protected."""
    whom, weeks = lines.whom(words, paper), lines.period(words, paper)
    title = words.say("paper.page.tab", title=words.say("paper.page.title"), whom=whom, period=weeks)
    head = E(
        "head", E("meta", charset="utf-8"),
        E("meta", name="viewport", content="width=device-width, initial-scale=1"),
        E("meta", name="color-scheme", content="light dark"), E("title", title), E("style", CSS),
    )  # fmt: skip
    body = E(
        "body", patterns(), _header(words, paper), E("main", *_sections(words, paper))
    )  # fmt: skip
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


def _sections(words: Words, paper: Paper) -> list[ET.Element]:
    part = paper.whole
    first = [_benefited(words, part), over_time(words, part), kept(words, part), themes(words, paper)]
    rest = [
        activity(words, part, total(part.months), weeks=paper.span is not None),
        *each_release(words, part),
        *alone(words, part),
    ]
    if len(paper.parts) > 1:
        rest.append(per_cohort(words, paper))
    return [*first, *rest, *_missing(words, part), _protected(words, paper)]


def _benefited(words: Words, part: Part) -> ET.Element:
    """Three sentences, the two sides side by side, and what is not known yet, once for each reason."""
    say = words.say
    found = [E("ul", *[E("li", one) for one in lines.balances(words, part)], cls="says")]
    rows: list[Sequence[Child]] = [
        [say(f"paper.both.{row.name}"), _cell(words, row.junior, "juniors"), _cell(words, row.senior, "seniors")]
        for row in lines.side_by_side(words, part)
        if row.junior or row.senior
    ]
    if rows:
        sides = [E("span", key(side), say(f"paper.page.{side}")) for side in ("juniors", "seniors")]
        heads: list[Child] = [say("paper.page.question"), *sides]
        found.append(table(say("paper.page.both"), heads, rows, cls="sides", known=True))
        found.append(E("p", say("paper.page.bars"), cls="small"))
    found += [E("p", one, cls="none") for one in lines.unknown(words, part)]
    return E("section", *found)


def _cell(words: Words, found: tuple[Figure, int] | None, side: str) -> ET.Element:
    if found is None:
        return E("span", words.say("paper.message.none"), cls="none")
    return E("div", interval(found, side), lines.said(words, found))


def _missing(words: Words, part: Part) -> list[ET.Element]:
    items: Sequence[str] = list(lines.missing(words, part))
    title = words.say("paper.page.missing")
    return [section(title, E("ul", *[E("li", one) for one in items]))] if items else []


def _protected(words: Words, paper: Paper) -> ET.Element:
    names = ("urn", "edges", "skipped", "once", "same", "filters", "facts", "honest")
    items = [E("li", words.say(f"paper.shield.{name}", least=paper.least)) for name in names]
    foot = E("footer", E("p", words.say("paper.page.foot", least=paper.least), cls="small"))
    return section(words.say("paper.page.protected"), E("ul", *items), foot, cls="last")
