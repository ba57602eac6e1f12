"""When what is asked once is over: dates decide, and nothing that anybody answered."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.report.balance import Balance, balance_of
from bot.domain.report.figures import Figure, Published, Section
from bot.domain.report.kinds import is_counted
from bot.domain.report.outcomes import OutcomeFigures, kind_of, kinds_of, over_at, worth_telling
from storage.records.enrol import Side
from storage.records.report import FigureKind, Occasion

ENDED = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(("occasion", "days"), [("end", 28), ("later_90", 118), ("later_180", 208)])
def test_an_occasion_is_over_four_weeks_after_the_day_of_asking(occasion: str, days: int) -> None:
    assert over_at(Occasion(occasion), ENDED, None) == ENDED + timedelta(days=days)
    assert over_at(Occasion(occasion), ENDED, ENDED + timedelta(days=14)) == ENDED + timedelta(days=days)


def test_it_waits_for_the_last_who_can_still_answer_and_never_for_an_answer() -> None:
    late = ENDED + timedelta(days=40)
    assert over_at(Occasion.END, ENDED, late) == late
    assert over_at(Occasion.END, None, late) == late
    assert over_at(Occasion.END, None, None) is None, "nobody was asked, and no pair has ended"


def test_each_occasion_has_a_kind_of_each_side() -> None:
    for occasion in Occasion:
        assert {kind_of(occasion, side) for side in Side} == set(kinds_of(occasion))
    assert kind_of(Occasion.LATER_180, Side.SENIOR) is FigureKind.LATER_180_SENIOR


def test_no_question_is_counted_on_two_occasions_and_whether_a_pair_is_in_contact_of_juniors_alone() -> None:
    """Both of a pair say the same of it, so the one's answer would be read in the other's figure."""
    for item in ("later_new_role", "later_contact", "later_done_for_you", "later_still_there"):
        for side in Side:
            kinds = (kind_of(one, side) for one in (Occasion.LATER_90, Occasion.LATER_180))
            shared = item == "later_contact" and side is Side.SENIOR
            assert sum(is_counted(kind, item) for kind in kinds) == (0 if shared else 1)


def test_no_figure_is_news_for_a_while_and_a_figure_always() -> None:
    empty = Section(None, None, 5, 10)
    sections = dict.fromkeys(kinds_of(Occasion.END), empty)
    nothing = OutcomeFigures(Occasion.END, sections, "2026-W30", ENDED)
    assert worth_telling(nothing, ENDED, ENDED + timedelta(days=56))
    assert not worth_telling(nothing, ENDED, ENDED + timedelta(days=57))
    assert not worth_telling(nothing, None, ENDED)
    published = Section(Published(5, 1, ENDED.date(), True, ()), None, 5, 10)
    some = OutcomeFigures(Occasion.END, sections | {FigureKind.END_JUNIOR: published}, "2026-W30", ENDED)
    assert worth_telling(some, ENDED, ENDED + timedelta(days=999))


@pytest.mark.parametrize(
    ("senior", "junior", "found"),
    [
        ((7, 9), (0, 2), "seniors"),
        ((0, 2), (3, 3), "juniors"),
        ((0, 2), (2, 2), "even"),
        ((7, 9), (7, 7), "even"),
        (None, (3, 3), "unknown"),
    ],
)
def test_a_side_has_more_only_where_no_count_in_the_cells_says_otherwise(
    senior: tuple[int, int] | None, junior: tuple[int, int], found: str
) -> None:
    both = [Published(9, 1, ENDED.date(), True, (Figure("one", *cell),)) if cell else None for cell in (senior, junior)]
    assert balance_of(*both, "one") is Balance(found)
