"""The report's numbers and reasons in words: what its message, its page and its CSV have in common."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.report.balance import Balance, balance_of
from bot.domain.report.figures import Figure
from bot.domain.report.kinds import NAMES
from bot.domain.report.paper import SIDE_BY_SIDE, Paper, Part, ThemeLine, Told, total
from bot.views.report import phrases
from prompts import Words
from storage.records.checkin import Question
from storage.records.report import FigureKind
from storage.records.theme import ThemeStep

_SENTENCES = {"balance": "benefit", "balance_now": "gives_more", "parity": "new_role"}
"""Which of the questions to both sides are told in a sentence, too."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question that both sides are asked; a side without a figure has a reason in `why` instead."""

    name: str
    junior: tuple[Figure, int] | None
    senior: tuple[Figure, int] | None
    junior_why: str = ""
    senior_why: str = ""


def side_by_side(words: Words, part: Part) -> list[Row]:
    """Who benefited, question by question."""
    return [
        Row(name, part.figure(*junior), part.figure(*senior), why(words, part, junior[0]), why(words, part, senior[0]))
        for name, junior, senior in SIDE_BY_SIDE
    ]


def whom(words: Words, paper: Paper) -> str:
    """The cohort's name as it was typed, or that it is about all of them."""
    return paper.single.name if paper.single else words.say("paper.message.all")


def period(words: Words, paper: Paper) -> str:
    """The weeks, with their years."""
    if paper.span is None:
        return words.say("paper.period.all")
    start, end = words.full_date(paper.span.start), words.full_date(paper.span.end)
    n = ((paper.span.end - paper.span.start).days + 1) // 7
    return words.say("paper.period.weeks", start=start, end=end, n=n)


def said(words: Words, found: tuple[Figure, int]) -> str:
    """ "about half (between 11 and 17 of 25)" """
    figure, n = found
    share, bounds = phrases.share(words, figure, n), phrases.bounds(words, figure, n)
    return words.say("paper.page.figure", share=share, bounds=bounds)


def name_of(words: Words, kind: FigureKind, name: str) -> str:
    """What one count is called."""
    return words.say(f"paper.name.{name}" if kind in NAMES else f"outcome.item.{name}")


def theme_name(words: Words, line: ThemeLine) -> str:
    """The label of a theme: a tag's of the workspace's own, else the shipped one in the reader's language."""
    shipped = {tag.id: tag.label for group in words.content.themes.groups for tag in group.tags}
    return line.label or shipped.get(line.theme, line.theme)


def became(words: Words, line: ThemeLine) -> str:
    """What became of a theme."""
    if line.last is None or line.on is None:
        return words.say("paper.page.open")
    day = words.full_date(line.on)
    if line.last is ThemeStep.TAKEN:
        return words.say("paper.page.taken", day=day)
    return words.say("paper.page.closed" if line.said else "paper.page.closed_only", day=day, said=line.said)


def why(words: Words, part: Part, kind: FigureKind) -> str:
    """Why a kind has no figure, or nothing newer than the one it has; empty where there is nothing to explain."""
    told = part.told[kind]
    reason = _reason(words, told)
    if told.published is None or not reason:
        return reason
    return words.say("paper.why.repeated", day=words.full_date(told.published.newest), why=reason)


def _reason(words: Words, told: Told) -> str:
    if told.why is not None:
        return words.say(f"paper.why.{told.why}")
    section = told.section
    if section.withheld is None or (section.published and section.published.closing):
        return ""
    return words.say(f"paper.withheld.{section.withheld}", least=section.least, needed=section.needed)


def standing(reason: str) -> str:
    """A reason as a sentence of its own."""
    return reason[:1].upper() + reason[1:]


def missing(words: Words, part: Part) -> Iterator[str]:
    """One line for each reason why kinds have no figure, or no newer one."""
    found: dict[str, list[str]] = {}
    for kind in FigureKind:
        reason = why(words, part, kind)
        if reason and kind is not FigureKind.THEMES:
            found.setdefault(reason, []).append(words.say(f"paper.kind.{kind}"))
    for reason, names in found.items():
        yield words.say("paper.page.missing_line", name=" · ".join(names), why=reason)


def unknown(words: Words, part: Part) -> Iterator[str]:
    """What both sides are asked and neither has a figure for: one line for each reason."""
    found: dict[str, list[str]] = {}
    for row in side_by_side(words, part):
        if not row.junior and not row.senior:
            for reason, name in _reasons(words, row):
                found.setdefault(reason, []).append(name)
    for reason, names in found.items():
        yield words.say("paper.page.missing_line", name=" · ".join(names), why=reason)


def _reasons(words: Words, row: Row) -> Iterator[tuple[str, str]]:
    name = words.say(f"paper.both.{row.name}")
    if row.junior_why == row.senior_why:
        yield row.junior_why or words.say("paper.message.none"), name
        return
    for side, reason in (("juniors", row.junior_why), ("seniors", row.senior_why)):
        sided = words.say("paper.page.side", name=name, side=words.say(f"paper.csv.{side}"))
        yield reason or words.say("paper.message.none"), sided


def caveat(words: Words, part: Part) -> str:
    """What a figure's rest is not; empty where nothing is published."""
    return words.say("paper.shield.skipped") if any(told.published for told in part.told.values()) else ""


def balances(words: Words, part: Part) -> list[str]:
    """Seniors beside juniors in three sentences, each only as sure as the numbers are."""
    return [words.say(f"paper.{key}.{_balance(part, name)}") for key, name in _SENTENCES.items()]


def _balance(part: Part, name: str) -> Balance:
    (junior, theirs), (senior, mine) = next((one[1], one[2]) for one in SIDE_BY_SIDE if one[0] == name)
    return balance_of(part.told[senior].published, part.told[junior].published, mine, theirs)


def promises(words: Words, part: Part) -> str:
    """What was promised and done, in a line."""
    one = part.promises
    if not one.due:
        return words.say("paper.page.promised_none")
    still = one.due - one.done - one.dropped
    said = words.say("paper.page.promised", n=one.due, done=one.done, dropped=one.dropped, open=still)
    return f"{said} {words.say('paper.page.promised_slipping', n=one.slipping)}" if one.slipping else said


def in_short(words: Words, paper: Paper) -> Iterator[str]:
    """A few lines for a terminal: who benefited, what juniors say, promises and sessions."""
    part = paper.whole
    yield from balances(words, part)
    for question in Question:
        if found := part.figure(FigureKind.RECIPROCITY, question):
            name = words.say(f"report.plain.{question}")
            yield words.say("paper.page.said", name=name, figure=said(words, found))
    yield from missing(words, part)
    yield promises(words, part)
    whole = total(part.months)
    key = "reliability" if whole.planned else "no_sessions"
    yield words.say(f"paper.page.{key}", held=whole.held, planned=whole.planned)
