"""Load, safety and balance in words: what both sides say every four weeks, as far as it is published."""

from bot.domain.disclosure import Withheld
from bot.domain.report.balance import balance_of
from bot.domain.report.facts import DigestFigures
from bot.domain.report.figures import Section
from bot.views.report import phrases
from prompts import Words
from storage.records.report import FigureKind

_BENEFIT = (FigureKind.BENEFIT_JUNIOR, FigureKind.BENEFIT_SENIOR)
_SAFETY = (FigureKind.SAFETY_JUNIOR, FigureKind.SAFETY_SENIOR)
_REASONS = {Withheld.SMALL: "small", Withheld.ENDED: "ended"}
"""Why there is nothing yet; every other reason is that too few have answered."""


def lines(words: Words, figures: DigestFigures) -> str:
    """A title, a line per question with both sides, and which side says more often that it gains."""
    known = [one for kind in (*_BENEFIT, *_SAFETY) if (one := figures.section(kind)) is not None]
    if not any(one.published for one in known):
        return f"{words.say('report.care.title')}  {_nothing(words, known)}"
    days = {one.published.newest for one in known if one.published}
    title = words.say("report.care.title")
    if len(days) == 1:
        title = words.say("report.care.title_of", newest=words.date(next(iter(days))))
    questions = [_both(words, figures, what, len(days) > 1) for what in ("benefit", "safety")]
    return "\n".join([title, *questions, _balance(words, figures)])


def _nothing(words: Words, known: list[Section]) -> str:
    reasons = [_REASONS.get(one.withheld, "few") if one.withheld else "few" for one in known]
    return words.say(f"report.care.{reasons[0] if len(set(reasons)) == 1 else 'few'}")


def _both(words: Words, figures: DigestFigures, what: str, dated: bool) -> str:
    junior, senior = _BENEFIT if what == "benefit" else _SAFETY
    sides = {"juniors": figures.section(junior), "seniors": figures.section(senior)}
    said = [words.say(f"report.care.{side}", said=_one(words, section, dated)) for side, section in sides.items()]
    return words.say(f"report.care.{what}", sides=" · ".join(said))


def _one(words: Words, section: Section | None, dated: bool) -> str:
    if section is None or section.published is None:
        reason = _REASONS.get(section.withheld) if section and section.withheld else None
        return words.say(f"report.care.not_{reason or 'yet'}")
    published = section.published
    said = phrases.measured(words, published, published.figures[0])
    return words.say("report.care.figure", newest=words.date(published.newest), said=said) if dated else said


def _balance(words: Words, figures: DigestFigures) -> str:
    """Named only where the published intervals leave no doubt."""
    junior, senior = (figures.section(kind) for kind in _BENEFIT)
    found = balance_of(senior.published if senior else None, junior.published if junior else None, "gives_more")
    return words.say(f"report.balance.{found}")
