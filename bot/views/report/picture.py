"""The digest's chart as plain values for the drawing process, and as words for whoever cannot see it."""

from typing import Any

from bot.domain.report.activity import WeekBar
from bot.domain.report.facts import DigestFigures
from bot.domain.report.figures import Published
from bot.domain.report.trends import step_figures, trend_of
from bot.views.report import phrases
from prompts import Words
from storage.records.checkin import Question

_ALT_MOST = 1900
_ALT_WEEKS = 8


def picture(words: Words, figures: DigestFigures) -> dict[str, Any]:
    """What `bot.views.chart` draws: texts and numbers only."""
    published = figures.reciprocity.published
    return {
        "title": words.say("report.chart.title"),
        "subtitle": _released(words, published),
        "rows": _rows(words, published),
        "per_release": words.say("report.chart.per_release"),
        "strip": words.say("report.chart.strip"),
        "held": words.say("report.chart.held"),
        "planned": words.say("report.chart.planned"),
        "weeks": [
            {"label": _day(words, bar), "held": bar.held, "planned": bar.planned} for bar in figures.bars
        ],
    }  # fmt: skip


def alt_text(words: Words, figures: DigestFigures) -> str:
    """The same in words, for screen readers and where pictures are not loaded."""
    published = figures.reciprocity.published
    said = _figures(words, published) if published else words.say("report.chart.alt_none")
    weeks = words.say("report.chart.alt_between").join(
        words.say("report.chart.alt_week", week=phrases.week(words, bar.monday), held=bar.held, planned=bar.planned)
        for bar in figures.bars[-_ALT_WEEKS:]
    )
    sessions = words.say("report.chart.alt_sessions", weeks=weeks) if weeks else ""
    return words.say("report.chart.alt", figures=said, sessions=sessions).strip()[:_ALT_MOST]


def _released(words: Words, published: Published | None) -> str:
    if published is None:
        return words.say("report.chart.none")
    answers = phrases.answers(words, published.n)
    return words.say("report.chart.released", answers=answers, newest=words.date(published.newest))


def _rows(words: Words, published: Published | None) -> list[dict[str, Any]]:
    if published is None:
        empty = {
            "low": 0,
            "high": 0,
            "n": 0,
            "share": "",
            "bounds": words.say("report.chart.none"),
            "trend": "",
            "steps": [],
        }
        return [{"label": words.say(f"report.plain.{q}"), **empty} for q in Question]
    return [
        {
            "label": words.say(f"report.plain.{figure.name}"),
            "low": figure.low,
            "high": figure.high,
            "n": published.n,
            "share": phrases.share(words, figure, published.n),
            "bounds": phrases.bounds(words, figure, published.n),
            "trend": _trend(words, published, figure.name),
            "steps": [
                {"low": one.low, "high": one.high, "n": step.n} for step, one in step_figures(published, figure.name)
            ],
        }
        for figure in published.figures
    ]


def _figures(words: Words, published: Published) -> str:
    said = [
        words.say(
            "report.chart.alt_figure", name=words.say(f"report.plain.{figure.name}"),
            share=phrases.share(words, figure, published.n), bounds=phrases.bounds(words, figure, published.n),
            trend=phrases.trend(words, published, figure.name),
        )
        for figure in published.figures
    ]  # fmt: skip
    return " ".join([f"{_released(words, published).rstrip('.')}.", *said])


def _trend(words: Words, published: Published, name: str) -> str:
    found = trend_of(published, name)
    return words.say(f"report.chart.trend.{found}") if found else ""


def _day(words: Words, bar: WeekBar) -> str:
    """Short enough to stand under a narrow bar."""
    return words.date(bar.monday).split(" ", 1)[-1].replace(",", "")
