"""Reports made up for tests of how they are drawn: everything published, and nothing."""

from datetime import date

from bot.domain.disclosure import Withheld
from bot.domain.report.figures import Figure, Published, Section, Step
from bot.domain.report.kinds import NAMES, ONCE
from bot.domain.report.paper import Paper, Part, ThemeLine, Told, Why, added
from bot.domain.report.period import Span
from storage.records.paper import MonthCount, PairCount, PromiseCount
from storage.records.programme import Cohort, CohortState, Purpose
from storage.records.report import FigureKind
from storage.records.ripple import RippleKind
from storage.records.theme import ThemeStep

COHORT = Cohort(
    "c1", "T1", "Spring", Purpose.TECHNOLOGY, date(2026, 1, 5), date(2026, 6, 26), 6, 28, False,
    CohortState.CLOSED, 5, 2,
)  # fmt: skip
SMALL = Cohort(
    "c2", "T1", "=1+1", Purpose.FREE, date(2026, 2, 2), date(2026, 7, 31), 6, 28, True, CohortState.OPEN, 5, 2
)
_ITEMS = {
    FigureKind.END_JUNIOR: ("benefit", "network", "spoken_for", "challenge", "expert", "worth", "again"),
    FigureKind.END_SENIOR: ("benefit", "confirm", "spoke", "introduced", "credited", "again"),
}
_LATER = {
    FigureKind.LATER_90_JUNIOR: ("later_contact", "later_done_for_you"),
    FigureKind.LATER_90_SENIOR: ("later_still_there",),
    FigureKind.LATER_180_JUNIOR: ("later_new_role",),
    FigureKind.LATER_180_SENIOR: ("later_new_role",),
}


def names(kind: FigureKind) -> tuple[str, ...]:
    if kind in _ITEMS:
        return tuple(f"{kind}_{item}" for item in _ITEMS[kind])
    return _LATER.get(kind) or NAMES.get(kind, ())


def told(kind: FigureKind) -> Told:
    """Releases of ten answers: one at the end for what is asked once, else four."""
    if kind is FigureKind.THEMES:
        return Told(Section(None, Withheld.WAITING, 5, 10))
    seed = list(FigureKind).index(kind)
    steps = []
    for n in range(1 if kind in ONCE else 4):
        figures = []
        for place, name in enumerate(names(kind)):
            low = (seed * 3 + place * 2 + n * 2) % 9
            low, high = (0, 2) if low <= 2 else (8, 10) if low >= 8 else (low, low)
            figures.append(Figure(name, low, high))
        steps.append(Step(date(2026, 2 + n, 9), 10, tuple(figures)))
    whole = tuple(
        Figure(name, sum(s.figures[i].low for s in steps), sum(s.figures[i].high for s in steps))
        for i, name in enumerate(names(kind))
    )
    published = Published(10 * len(steps), len(steps), steps[-1].day, kind in ONCE, whole, tuple(steps))
    return Told(Section(published, None if kind in ONCE else Withheld.WAITING, 5, 10))


FULL_PART = Part(
    COHORT, {kind: told(kind) for kind in FigureKind},
    tuple(MonthCount(date(2026, n, 1), 8 + n, n % 3, 1, n % 2, 0) for n in range(1, 7)),
    PromiseCount(24, 18, 2, 3), PairCount(16, 11, 2), ((RippleKind.PRESENTED, 3), (RippleKind.VISIT, 2)),
    (
        ThemeLine("training", "", ThemeStep.CLOSED, date(2026, 5, 20), "Two days a year for learning, for everybody."),
        ThemeLine("tools", "", ThemeStep.TAKEN, date(2026, 6, 2)), ThemeLine("own", "Rotas <by hand>", None),
    ),
)  # fmt: skip
_NOTHING = Section(None, Withheld.SMALL, 5, 10)
EMPTY_PART = Part(
    SMALL, {kind: Told(_NOTHING, Why.OPEN if kind in ONCE else None) for kind in FigureKind},
    (MonthCount(date(2026, 6, 1)),), PromiseCount(), PairCount(3), (),
)  # fmt: skip
FULL = Paper(FULL_PART, (FULL_PART,), None, date(2026, 7, 6), "Europe/Berlin", 5, COHORT)
WEEKS = Span(date(2026, 6, 1), date(2026, 6, 28))
EMPTY = Paper(EMPTY_PART, (EMPTY_PART,), WEEKS, date(2026, 7, 6), "Europe/Berlin", 5, SMALL)
BOTH = Paper(added((FULL_PART, EMPTY_PART)), (FULL_PART, EMPTY_PART), None, date(2026, 7, 6), "Europe/Berlin", 5)
