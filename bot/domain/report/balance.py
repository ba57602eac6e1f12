"""Seniors beside juniors: which side has the larger share of something, as far as published cells tell."""

from enum import StrEnum

from bot.domain.report.figures import Published


class Balance(StrEnum):
    """Which of two sides has the larger share, as far as what is published tells; words are the caller's."""

    SENIORS = "seniors"
    JUNIORS = "juniors"
    EVEN = "even"
    UNKNOWN = "unknown"


_APART = 0.1
"""As a share: so far apart they are at least; less than a tenth is one person among ten."""


def balance_of(seniors: Published | None, juniors: Published | None, name: str, other: str = "") -> Balance:
    """Seniors beside juniors: `name` is the seniors' figure, `other` the juniors' where it is called differently.

    One is said to be larger only where the intervals leave no doubt, and a gap; UNKNOWN where one is not published.
    """
    mine, theirs = _bounds(seniors, name), _bounds(juniors, other or name)
    if mine is None or theirs is None:
        return Balance.UNKNOWN
    if mine[0] - theirs[1] >= _APART:
        return Balance.SENIORS
    return Balance.JUNIORS if theirs[0] - mine[1] >= _APART else Balance.EVEN


def _bounds(published: Published | None, name: str) -> tuple[float, float] | None:
    found = next((one for one in published.figures if one.name == name), None) if published else None
    return (found.low / published.n, found.high / published.n) if published and found else None
