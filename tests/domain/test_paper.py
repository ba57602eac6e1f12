"""The report's rules: which weeks are meant, what is asked for, and sums that stay inside what was published."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.disclosure import Withheld
from bot.domain.refusals import Refusal
from bot.domain.report.figures import Figure, Published, Section, Step
from bot.domain.report.paper import Part, Told, Why, added, together, why_not
from bot.domain.report.period import PeriodWords, Span, read_period
from bot.domain.report.wanted import read_wanted
from storage.records.report import FigureKind, Occasion
from tests.views.papers import COHORT, EMPTY_PART, FULL_PART, SMALL

TODAY = date(2026, 7, 8)
PHRASES = {f"{w} {u}": f"{w}_{u}" for w in ("last", "this") for u in ("month", "quarter", "year")}
WORDS = PeriodWords({"march": 3, "mar": 3, "mars": 3}, PHRASES)
COHORTS = [COHORT, SMALL]


def refused(text: str) -> str:
    with pytest.raises(Refusal) as caught:
        read_wanted(text, COHORTS, WORDS, TODAY)
    return caught.value.key


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-Q2", "2026-04-06", "2026-07-05"),
        ("T2 2026", "2026-04-06", "2026-07-05"),
        ("2026-03", "2026-03-02", "2026-04-05"),
        ("March 2026", "2026-03-02", "2026-04-05"),
        ("last month", "2026-06-01", "2026-07-05"),
        ("last quarter", "2026-04-06", "2026-07-05"),
        ("This  Year", "2026-01-05", "2027-01-03"),
        ("2026", "2026-01-05", "2027-01-03"),
        ("2026-03-01 2026-06-30", "2026-03-02", "2026-07-05"),
        ("2026-03-01 to 2026-06-30", "2026-03-02", "2026-07-05"),
    ],
)
def test_a_period_is_the_weeks_whose_monday_lies_in_it(text: str, start: str, end: str) -> None:
    assert read_period(text, WORDS, TODAY) == Span(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2026-03-02", "day"),
        ("2026-03-02 2026-03-02", "day"),
        ("2026-03-02 2026-03-20", "short"),
        ("2026-06-30 2026-03-01", "reversed"),
        ("2026-Q4", "future"),
        ("2026-13", "words"),
        ("2026-02-30 2026-06-30", "words"),
        ("Spring the other day", "words"),
        ("Autumn", "neither"),
        ("lst month", "neither"),
        ("Autumn 2026-Q2", "no_such_cohort"),
        ("0000-Q1", "words"),
        ("department=Sales", "filter"),
        ("Spring department=Sales", "filter"),
        ("@ana", "filter"),
    ],
)
def test_what_cannot_be_reported_is_refused_with_what_to_type(text: str, key: str) -> None:
    assert refused(text) in (f"paper.refused.{key}", f"common.errors.{key}")


def test_a_cohort_a_period_both_or_neither_are_told_apart() -> None:
    assert read_wanted("", COHORTS, WORDS, TODAY).cohort is None
    assert read_wanted("spring", COHORTS, WORDS, TODAY).cohort == COHORT
    assert read_wanted("=1+1", COHORTS, WORDS, TODAY).cohort == SMALL, "a name is a name, whatever it looks like"
    both = read_wanted("“Spring” last quarter", COHORTS, WORDS, TODAY)
    assert (both.cohort, both.span) == (COHORT, Span(date(2026, 4, 6), date(2026, 7, 5)))


@given(st.integers(2020, 2030), st.integers(1, 12))
def test_months_follow_each_other_without_a_week_in_two_of_them(year: int, month: int) -> None:
    later = date(2040, 1, 1)
    first = read_period(f"{year}-{month:02}", WORDS, later)
    after = date(year + month // 12, month % 12 + 1, 1)
    second = read_period(f"{after:%Y-%m}", WORDS, later)
    assert (second.start - first.end).days == 1
    assert first.start.weekday() == 0 and (first.end - first.start).days >= 27


figures = st.builds(lambda n, a, b: (n, min(a, b) % (n + 1), max(a, b) % (n + 1)), st.integers(5, 60),
                    st.integers(0, 60), st.integers(0, 60))  # fmt: skip


def released(n: int, a: int, b: int) -> Published:
    figure = Figure("one", min(a, b), max(a, b))
    return Published(n, 1, TODAY, False, (figure,), (Step(TODAY, n, (figure,)),))


@given(st.lists(figures, min_size=1, max_size=5))
def test_cohorts_together_stay_between_the_sums_of_what_each_published(found: list[tuple[int, int, int]]) -> None:
    whole = together([released(*one) for one in found])
    (figure,) = whole.figures
    assert 0 <= figure.low <= figure.high <= whole.n == sum(n for n, _, _ in found)
    assert figure.high - figure.low == sum(abs(a - b) for _, a, b in found)


def test_a_cohort_that_published_nothing_adds_nothing_and_explains_nothing_away() -> None:
    whole = added((FULL_PART, EMPTY_PART))
    assert whole.told[FigureKind.RECIPROCITY].published == FULL_PART.told[FigureKind.RECIPROCITY].published
    assert whole.promises == FULL_PART.promises
    assert whole.pairs.pairs == FULL_PART.pairs.pairs + EMPTY_PART.pairs.pairs


def test_reasons_that_differ_between_cohorts_are_said_cohort_by_cohort() -> None:
    whole = added((EMPTY_PART, EMPTY_PART))
    assert whole.told[FigureKind.RECIPROCITY].section.withheld is Withheld.SMALL
    assert whole.told[FigureKind.END_JUNIOR].why is Why.OPEN
    other = Told(Section(None, Withheld.FEW, 5, 10))
    mixed = added((EMPTY_PART, _with(FigureKind.RECIPROCITY, other)))
    assert mixed.told[FigureKind.RECIPROCITY].why is Why.MIXED


def _with(kind: FigureKind, told: Told) -> Part:
    return replace(EMPTY_PART, told={**EMPTY_PART.told, kind: told})


def test_why_a_figure_is_not_there_follows_from_dates_alone() -> None:
    nothing = Section(None, Withheld.FEW, 5, 10)
    span = Span(date(2026, 3, 2), date(2026, 4, 5))

    def why(
        kind: FigureKind, *, is_open: bool = True, counted: tuple[Occasion, ...] = (), weeks: Span | None = None
    ) -> Why | None:
        return why_not(kind, nothing, is_open=is_open, counted=counted, span=weeks)

    assert why(FigureKind.RECIPROCITY) is None
    assert why(FigureKind.RECIPROCITY, weeks=span) is Why.OUTSIDE
    assert why(FigureKind.END_JUNIOR) is Why.OPEN
    assert why(FigureKind.END_JUNIOR, is_open=False) is Why.LATER
    assert why(FigureKind.END_JUNIOR, is_open=False, counted=(Occasion.END,)) is None
