"""A bar is understood at a glance and never says more than is true."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.score import BAR_LONGEST, Scorecard, bar


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_bar_is_short_full_only_when_all_is_and_empty_only_when_nothing_is(one: int, other: int) -> None:
    part, whole = min(one, other), max(one, other)
    full, empty = bar(part, whole)
    assert full + empty == min(whole, BAR_LONGEST)
    assert (full == 0) == (part == 0)
    assert (empty == 0) == (part == whole)


def test_up_to_ten_every_mark_is_one() -> None:
    assert [bar(part, 6) for part in (0, 4, 6)] == [(0, 6), (4, 2), (6, 0)]
    assert bar(3, 50) == (1, 9)


def test_a_card_is_empty_until_something_counts() -> None:
    assert Scorecard(0, 0, 0, 0).empty
    assert not Scorecard(0, 0, 0, 0, credits=1).empty
    assert not Scorecard(0, 1, 0, 0).empty
