"""The report's picture as plain values for the drawing process, and as words for whoever cannot see it."""

from collections.abc import Sequence
from typing import Any

from bot.domain.report.figures import Figure
from bot.domain.report.paper import Paper, Part
from bot.views.report import paper_lines as lines
from bot.views.report import phrases
from prompts import Words
from storage.records.checkin import Question
from storage.records.report import FigureKind

Spec = dict[str, Any]
_ALT_MOST = 1900


def picture(words: Words, paper: Paper) -> Spec:
    """One picture for Slack and for slides."""
    part = paper.whole
    return {
        "paper": "picture",
        "title": words.say("paper.page.title"),
        "subtitle": words.say("paper.message.about", whom=lines.whom(words, paper), period=lines.period(words, paper)),
        "benefit": benefit(words, part),
        "four": {"title": words.say("report.chart.title"), "rows": _four(words, part)},
        "months": months(words, part) | {"title": words.say("paper.page.months_caption")},
        "none": words.say("paper.balance.unknown"),
        "how": words.say("paper.page.bars"),
        "foot": words.say("paper.page.foot", least=paper.least),
    }  # fmt: skip


def alt_text(words: Words, paper: Paper) -> str:
    """The same in words, for screen readers and where pictures are not loaded; what would not fit is left out whole."""
    rows = [
        words.say("paper.chart.alt", name=words.say(f"paper.both.{row.name}"), juniors=juniors, seniors=seniors)
        for row in lines.side_by_side(words, paper.whole)
        if row.junior or row.senior
        for juniors, seniors in [(_in_words(words, row.junior), _in_words(words, row.senior))]
    ]
    said = [words.say("paper.chart.picture"), *rows, *lines.in_short(words, paper)]
    return _fitting(said)


def _fitting(said: Sequence[str]) -> str:
    text = ""
    for one in said:
        if len(text) + len(one) < _ALT_MOST:
            text = f"{text} {one}".strip()
    return text


def _in_words(words: Words, found: tuple[Figure, int] | None) -> str:
    return lines.said(words, found) if found else words.say("paper.message.none")


def benefit(words: Words, part: Part) -> Spec:
    """Seniors and juniors, one pair of bars a question; those that neither side has a figure for are left out."""
    known = [row for row in lines.side_by_side(words, part) if row.junior or row.senior]
    rows = [
        {
            "label": words.say(f"paper.short.{row.name}"),
            "junior": _interval(words, row.junior),
            "senior": _interval(words, row.senior),
        }
        for row in known
    ]
    return {"rows": rows, **_sides(words)}


def months(words: Words, part: Part) -> Spec:
    """Sessions that were held and that were not, month by month."""
    rows = [
        {"label": words.month(one.month), "held": one.held, "not_held": one.planned - one.held} for one in part.months
    ]
    met = any(one.planned for one in part.months)
    held, not_held = words.say("paper.chart.held"), words.say("paper.chart.not_held")
    return {"rows": rows if met else [], "held": held, "not_held": not_held}


def _four(words: Words, part: Part) -> list[Spec]:
    return [
        {
            "label": words.say(f"report.plain.{question}"),
            "figure": _interval(words, part.figure(FigureKind.RECIPROCITY, question)),
        }
        for question in Question
    ]


def _interval(words: Words, found: tuple[Figure, int] | None) -> Spec:
    if found is None:
        return {"low": 0.0, "high": 0.0, "said": words.say("paper.chart.none"), "known": False}
    figure, n = found
    return {"low": figure.low / n, "high": figure.high / n, "said": phrases.bounds(words, figure, n), "known": True}


def _sides(words: Words) -> dict[str, str]:
    return {"junior": words.say("paper.page.juniors"), "senior": words.say("paper.page.seniors")}
