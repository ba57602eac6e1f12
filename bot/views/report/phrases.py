"""Figures, reasons and counts in words: the one place where the digest, the chart, its alt text and Homes get them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.disclosure import Withheld
from bot.domain.report.activity import Activity, Concern, Light
from bot.domain.report.figures import Figure, Published, Section, bounds_of, share_of
from bot.domain.report.trends import trend_of
from prompts import Words
from storage.records.paper import MonthCount
from storage.records.ripple import RippleKind

_SAID_OF_NEW = (Withheld.WAITING, Withheld.SENIORS)
"""Reasons that speak of new figures; before the first there is none that could be new."""


def share(words: Words, figure: Figure, n: int) -> str:
    """ "about half" """
    return words.say(f"report.share.{share_of(figure, n)}")


def bounds(words: Words, figure: Figure, n: int) -> str:
    """ "between 11 and 17 of 25" """
    return words.say(f"report.bounds.{bounds_of(figure, n)}", low=figure.low, high=figure.high, n=n)


def trend(words: Words, published: Published, name: str) -> str:
    """ ", more than before"; empty before the second release"""
    found = trend_of(published, name)
    return words.say(f"report.trend.{found}") if found else ""


def measured(words: Words, published: Published, figure: Figure) -> str:
    """A word, the interval, and how the newest release stands to those before."""
    said = words.say(
        "report.digest.measured", share=share(words, figure, published.n), bounds=bounds(words, figure, published.n)
    )
    return said + trend(words, published, figure.name)


def figure_lines(words: Words, published: Published) -> list[str]:
    """The four questions, in words first."""
    return [
        words.say(
            "report.digest.figure", number=place, name=words.say(f"report.figure.{figure.name}"),
            said=measured(words, published, figure),
        )
        for place, figure in enumerate(published.figures, 1)
    ]  # fmt: skip


def withheld(words: Words, section: Section) -> str | None:
    """Why there is nothing new; None where there is."""
    if section.withheld is None:
        return None
    if section.withheld is Withheld.ENDED and section.published and section.published.closing:
        return None
    first = section.published is None and section.withheld in _SAID_OF_NEW
    key = f"{section.withheld}_first" if first else str(section.withheld)
    return words.say(f"report.withheld.{key}", least=section.least, needed=section.needed)


def answers(words: Words, n: int) -> str:
    return words.say("report.count.answers", n=n)


def says(words: Words, section: Section) -> str:
    """What juniors say: title, figures if there are any, and why there is nothing new."""
    published = section.published
    lines = [_title(words, section)]
    if published is not None:
        lines += figure_lines(words, published)
    reason = withheld(words, section)
    return "\n".join([*lines, f"_{reason}_"] if reason else lines)


def stands(words: Words, section: Section) -> str:
    """As `says`, of a cohort that is over: nothing in it is new any more, and the reason is said where nothing is."""
    if section.published is None:
        return says(words, section)
    return "\n".join(
        [_title(words, replace(section, withheld=Withheld.ENDED)), *figure_lines(words, section.published)]
    )


def _title(words: Words, section: Section) -> str:
    published = section.published
    if published is None:
        return words.say("report.digest.says")
    newest = words.date(published.newest)
    if published.closing:
        return words.say("report.digest.says_closing", answers=answers(words, published.n), newest=newest)
    releases = words.say("report.count.releases", n=published.releases)
    key = "report.digest.says_so_far" if section.withheld else "report.digest.says_new"
    return words.say(key, answers=answers(words, published.n), releases=releases, newest=newest)


def gap(words: Words, section: Section) -> str:
    """The say-do gap, or that it cannot be said."""
    published = section.published
    if published is None:
        ended = section.withheld is Withheld.ENDED
        return words.say("report.digest.gap_ended" if ended else "report.digest.gap_withheld")
    said = measured(words, published, published.figures[0])
    return words.say("report.digest.gap", said=said, newest=words.date(published.newest))


def sessions(words: Words, activity: Activity, over: bool = False) -> str:
    """Held, moved, cancelled by whom, then, unless it is over, what lies ahead."""
    parts = [words.say("report.activity.line", held=activity.held, moved=activity.moved)]
    for name in ("cancelled_by_senior", "cancelled_by_junior", "cancelled_other"):
        if count := getattr(activity, name):
            parts.append(words.say(f"report.activity.{name}", n=count))
    said = f"{' · '.join(parts)}."
    return said if over else f"{said} {_next_date(words, activity)}"


def reliability(words: Words, of_late: MonthCount) -> str:
    """Held of planned, and the seniors' share of what was called off."""
    said = words.say("report.activity.reliability", held=of_late.held, n=of_late.planned)
    if not of_late.cancelled:
        return said
    share = words.say("report.activity.cancellations", n=of_late.by_senior, all=of_late.cancelled)
    return f"{said} {share}"


def ripples(words: Words, counts: Sequence[tuple[RippleKind, int]]) -> str:
    """What came of the pairs beyond the two, by kind."""
    counted = [words.say("ripple.counted", what=words.say(f"ripple.kinds.{kind}"), n=n) for kind, n in counts]
    return words.say("ripple.digest", ripples=" · ".join(counted))


def _next_date(words: Words, activity: Activity) -> str:
    met_all = [words.say("report.digest.met_all", n=activity.met_all)] if activity.met_all else []
    if not activity.pairs:
        return " ".join(met_all) or words.say("report.digest.no_pairs")
    ahead = words.say("report.digest.ahead" if activity.planned else "report.digest.ahead_none", n=activity.planned)
    return " ".join([ahead, _dates(words, activity), *met_all])


def _dates(words: Words, activity: Activity) -> str:
    """ "14 of 16 pairs have a next date." """
    if activity.with_next == activity.pairs:
        return words.say("report.digest.dates_all", n=activity.pairs)
    if not activity.with_next:
        return words.say("report.digest.dates_none", n=activity.pairs)
    return words.say("report.digest.dates", n=activity.with_next, pairs=activity.pairs)


def concerns(words: Words, counts: Sequence[tuple[Concern, int]]) -> str:
    return " · ".join(words.say(f"report.concern.{concern}", n=n) for concern, n in counts)


def lights(words: Words, counts: Sequence[tuple[Light, int]]) -> str:
    """Those lights that any pair has."""
    return " · ".join(words.say(f"report.light.{light}", n=n) for light, n in counts if n)


def week(words: Words, monday: date) -> str:
    return words.date(monday)
