"""The report for a steering group: figures from published cells, facts from counts, and nothing that names anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import TypeVar

from bot.domain.disclosure import Withheld
from bot.domain.report.figures import Figure, Published, Section
from bot.domain.report.kinds import ONCE, SENIORS_SAY
from bot.domain.report.period import Span
from storage.records.enrol import Side
from storage.records.paper import MonthCount, PairCount, PaperWhat, PromiseCount
from storage.records.programme import Cohort
from storage.records.report import FigureKind, Occasion
from storage.records.ripple import RippleKind
from storage.records.theme import ThemeStep

C = TypeVar("C", MonthCount, PromiseCount, PairCount)


class Group(StrEnum):
    """What of a CSV can be chosen; the text is `paper.group.<value>`."""

    RECIPROCITY = "reciprocity"
    BENEFIT = "benefit"
    OUTCOMES = "outcomes"
    PROMISES = "promises"
    THEMES = "themes"
    ACTIVITY = "activity"


GROUPS: Mapping[FigureKind, Group] = {
    FigureKind.RECIPROCITY: Group.RECIPROCITY,
    FigureKind.SAY_DO: Group.PROMISES,
    FigureKind.THEMES: Group.THEMES,
    FigureKind.BENEFIT_JUNIOR: Group.BENEFIT,
    FigureKind.BENEFIT_SENIOR: Group.BENEFIT,
    FigureKind.SAFETY_JUNIOR: Group.BENEFIT,
    FigureKind.SAFETY_SENIOR: Group.BENEFIT,
    **dict.fromkeys(ONCE, Group.OUTCOMES),
}
"""Where the figures of a kind stand."""


class Why(StrEnum):
    """Why a figure is not there, beside the gate's own reasons; the text is `paper.why.<value>`.

    OPEN: it is counted after the end. LATER: its time has not come. OUTSIDE: nothing was published in these weeks.
    MIXED: several cohorts, each with its own reason.
    """

    OPEN = "open"
    LATER = "later"
    OUTSIDE = "outside"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one kind: `section` as the gate left it, or `why` it has no figure."""

    section: Section
    why: Why | None = None

    @property
    def published(self) -> Published | None:
        return self.section.published


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme past its threshold and the last thing that was done about it.

    `label` is that of a tag of the workspace's own, `said` what a coordinator wrote on closing it.
    """

    theme: str
    label: str
    last: ThemeStep | None
    on: date | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One cohort in the report, or all of them added up (`cohort` None)."""

    cohort: Cohort | None
    told: Mapping[FigureKind, Told]
    months: tuple[MonthCount, ...]
    promises: PromiseCount
    pairs: PairCount
    ripples: tuple[tuple[RippleKind, int], ...]
    themes: tuple[ThemeLine, ...] = ()

    def figure(self, kind: FigureKind, name: str) -> tuple[Figure, int] | None:
        """A figure with its n; None where none is published."""
        published = self.told[kind].published
        found = next((one for one in published.figures if one.name == name), None) if published else None
        return (found, published.n) if found and published else None


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole report. `whole` adds up `parts`; `span` is None for everything so far; `made_on` is a day of `zone`.

    `single` is the cohort, where it is about one alone; `least` how many people every group counts at least.
    """

    whole: Part
    parts: tuple[Part, ...]
    span: Span | None
    made_on: date
    zone: str
    least: int
    single: Cohort | None = None


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What stands below the files in the coordinator's direct messages; `barred` where the app may not upload any."""

    paper: Paper
    what: PaperWhat
    groups: tuple[str, ...] = ()
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a coordinator wants: one cohort or all (None), some weeks or all (None)."""

    cohort: Cohort | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ExportFacts:
    """The form for a CSV: whose figures there are, and what was typed."""

    cohorts: tuple[Cohort, ...]
    cohort_id: str = ""
    period: str = ""


SIDE_BY_SIDE: tuple[tuple[str, tuple[FigureKind, str], tuple[FigureKind, str]], ...] = (
    ("benefit", (FigureKind.END_JUNIOR, "end_junior_benefit"), (FigureKind.END_SENIOR, "end_senior_benefit")),
    ("again", (FigureKind.END_JUNIOR, "end_junior_again"), (FigureKind.END_SENIOR, "end_senior_again")),
    ("gives_more", (FigureKind.BENEFIT_JUNIOR, "gives_more"), (FigureKind.BENEFIT_SENIOR, "gives_more")),
    ("can_say", (FigureKind.SAFETY_JUNIOR, "can_say"), (FigureKind.SAFETY_SENIOR, "can_say")),
    ("new_role", (FigureKind.LATER_180_JUNIOR, "later_new_role"), (FigureKind.LATER_180_SENIOR, "later_new_role")),
)
"""Who benefited: what is counted of both sides, juniors first; the last row is promotion parity."""

ALONE: tuple[tuple[FigureKind, str], ...] = (
    (FigureKind.END_JUNIOR, "end_junior_network"), (FigureKind.END_JUNIOR, "end_junior_spoken_for"),
    (FigureKind.END_JUNIOR, "end_junior_challenge"), (FigureKind.END_JUNIOR, "end_junior_expert"),
    (FigureKind.END_JUNIOR, "end_junior_worth"), (FigureKind.END_SENIOR, "end_senior_confirm"),
    (FigureKind.END_SENIOR, "end_senior_spoke"), (FigureKind.END_SENIOR, "end_senior_introduced"),
    (FigureKind.END_SENIOR, "end_senior_credited"), (FigureKind.LATER_90_JUNIOR, "later_contact"),
    (FigureKind.LATER_90_SENIOR, "later_contact"), (FigureKind.LATER_90_JUNIOR, "later_done_for_you"),
    (FigureKind.LATER_90_SENIOR, "later_still_there"),
)  # fmt: skip
"""What is counted of one side only. Seniors' contact was, before this version: what was published of it stays."""


def side_of(kind: FigureKind) -> Side:
    """Whose reports a kind counts."""
    return Side.SENIOR if kind in SENIORS_SAY else Side.JUNIOR


def why_not(
    kind: FigureKind, section: Section, *, is_open: bool, counted: Sequence[Occasion], span: Span | None
) -> Why | None:
    """Why a kind has no figure in these weeks, where the gate's own reason does not say it: by dates alone."""
    if section.published is not None or section.withheld is Withheld.SMALL:
        return None
    if span is not None:
        return Why.OUTSIDE
    occasion = ONCE.get(kind)
    if occasion is None or occasion in counted:
        return None
    return Why.OPEN if is_open else Why.LATER


def added(parts: Sequence[Part]) -> Part:
    """Several cohorts as one: every bound is the sum of published bounds, every count the sum of counts."""
    if len(parts) == 1:
        return parts[0]
    months: dict[date, MonthCount] = {}
    ripples: dict[RippleKind, int] = {}
    for part in parts:
        for one in part.months:
            months[one.month] = _sum([months.get(one.month, MonthCount(one.month)), one], MonthCount(one.month))
        for kind, n in part.ripples:
            ripples[kind] = ripples.get(kind, 0) + n
    return Part(
        cohort=None,
        told={kind: _told([part.told[kind] for part in parts]) for kind in (parts[0].told if parts else ())},
        months=tuple(months[month] for month in sorted(months)),
        promises=_sum([part.promises for part in parts], PromiseCount()),
        pairs=_sum([part.pairs for part in parts], PairCount()),
        ripples=tuple(sorted(ripples.items())),
    )


def _told(found: Sequence[Told]) -> Told:
    """Published figures added up; where none is, the reason that all have in common."""
    known = [one.published for one in found if one.published is not None]
    least, needed = max(t.section.least for t in found), max(t.section.needed for t in found)
    if known:
        return Told(Section(together(known), None, least, needed))
    reasons = {(one.why, one.section.withheld) for one in found}
    why, withheld = reasons.pop() if len(reasons) == 1 else (Why.MIXED, None)
    return Told(Section(None, withheld, least, needed), why)


def together(known: Sequence[Published]) -> Published:
    """What several cohorts published, as one; a figure that not all of them have counts the answers of those alone
    that do, and is left out."""
    names = [one.name for one in known[0].figures if all(_named(p, one.name) for p in known)]
    steps = sorted((step for p in known for step in p.steps), key=lambda step: step.day)
    figures = tuple(_sum_of(name, known) for name in names)
    return Published(
        n=sum(p.n for p in known), releases=sum(p.releases for p in known), newest=max(p.newest for p in known),
        closing=any(p.closing for p in known), figures=figures, steps=tuple(steps),
    )  # fmt: skip


def _named(published: Published, name: str) -> Figure | None:
    return next((one for one in published.figures if one.name == name), None)


def _sum_of(name: str, known: Sequence[Published]) -> Figure:
    found = [one for p in known if (one := _named(p, name)) is not None]
    return Figure(name, sum(one.low for one in found), sum(one.high for one in found))


def _sum(counts: Sequence[C], empty: C) -> C:
    """Counts of one kind added up, field by field; what is no number stays as in `empty`."""
    names = [one.name for one in fields(empty) if isinstance(getattr(empty, one.name), int)]
    return type(empty)(
        **{one.name: getattr(empty, one.name) for one in fields(empty) if one.name not in names},
        **{name: sum(getattr(one, name) for one in counts) for name in names},
    )


def total(months: Sequence[MonthCount]) -> MonthCount:
    """All months as one."""
    first = MonthCount(months[0].month if months else date.min)
    return _sum(months, first)
