"""How figures move: said only where no truth within the published cells could have it otherwise."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.report.figures import Figure, Published, Share, Step, share_of
from bot.domain.report.trends import Trend, trend_of

DAY = date(2026, 3, 2)
CLAMP = 2


def cell(ones: int, n: int) -> Figure:
    """As the gate says it."""
    if ones <= CLAMP:
        return Figure("help", 0, CLAMP)
    return Figure("help", n - CLAMP, n) if ones >= n - CLAMP else Figure("help", ones, ones)


def published(*truths: tuple[int, int]) -> Published:
    """Releases of (ones, n), oldest first."""
    steps = tuple(Step(DAY + timedelta(weeks=4 * at), n, (cell(ones, n),)) for at, (ones, n) in enumerate(truths))
    return Published(sum(s.n for s in steps), len(steps), steps[-1].day, False, (), steps)


RELEASE = st.integers(5, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.lists(RELEASE, min_size=2, max_size=6))
def test_more_and_less_are_true_of_what_was_answered(truths: list[tuple[int, int]]) -> None:
    found = trend_of(published(*truths), "help")
    *before, (ones, n) = truths
    then = sum(one for one, _ in before) / sum(of for _, of in before)
    assert found is not Trend.MORE or ones / n > then
    assert found is not Trend.LESS or ones / n < then


def test_a_trend_needs_two_releases_and_intervals_that_do_not_meet() -> None:
    assert trend_of(published((5, 10)), "help") is None
    assert trend_of(published((3, 10), (7, 10)), "help") is Trend.MORE
    assert trend_of(published((7, 10), (3, 10)), "help") is Trend.LESS
    assert trend_of(published((0, 10), (1, 12)), "help") is Trend.SAME, "both may have been nobody"
    assert trend_of(published((8, 10), (10, 10)), "help") is Trend.SAME


@given(st.integers(5, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.integers(0, n), st.just(n))))
def test_a_word_is_never_stronger_than_the_interval_allows(found: tuple[int, int, int]) -> None:
    low, high = sorted(found[:2])
    n = found[2]
    said = share_of(Figure("help", low, high), n)
    assert said is not Share.FEW or high / n <= 0.36
    assert said is not Share.MOST or low / n >= 0.64
    assert said is not Share.UNDER_HALF or 2 * high < n
    assert said is not Share.OVER_HALF or 2 * low > n
    assert said is not Share.HALF_OR_LESS or 2 * high == n
    assert said is not Share.HALF_OR_MORE or 2 * low == n
    assert said is not Share.WIDE or 2 * low < n < 2 * high
