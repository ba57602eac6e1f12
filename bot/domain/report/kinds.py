"""The kinds of figures: whose answers they count, how often, and what makes the 1 of each."""

from collections.abc import Mapping

from storage.records.checkin import Question
from storage.records.enrol import Side
from storage.records.report import FigureKind, Occasion
from storage.records.review import ReviewKind

RUNNING = (
    FigureKind.RECIPROCITY, FigureKind.SAY_DO, FigureKind.THEMES, FigureKind.BENEFIT_JUNIOR, FigureKind.BENEFIT_SENIOR,
    FigureKind.SAFETY_JUNIOR, FigureKind.SAFETY_SENIOR,
)  # fmt: skip
"""Counted again and again while a cohort runs; in a small one, all but the themes once at its end."""

ONCE: Mapping[FigureKind, Occasion] = {
    FigureKind.END_JUNIOR: Occasion.END,
    FigureKind.END_SENIOR: Occasion.END,
    FigureKind.LATER_90_JUNIOR: Occasion.LATER_90,
    FigureKind.LATER_90_SENIOR: Occasion.LATER_90,
    FigureKind.LATER_180_JUNIOR: Occasion.LATER_180,
    FigureKind.LATER_180_SENIOR: Occasion.LATER_180,
}
"""Questions that are asked once: everybody who answered is counted once, whatever the cohort's size."""

SENIORS_SAY = frozenset(kind for kind in FigureKind if kind.endswith("_senior"))
"""Kinds whose respondents are the seniors; juniors' all others."""

NAMES: Mapping[FigureKind, tuple[str, ...]] = {
    FigureKind.RECIPROCITY: tuple(Question),
    FigureKind.SAY_DO: ("unnoticed",),
    FigureKind.BENEFIT_JUNIOR: ("gives_more",),
    FigureKind.BENEFIT_SENIOR: ("gives_more",),
    FigureKind.SAFETY_JUNIOR: ("can_say",),
    FigureKind.SAFETY_SENIOR: ("can_say",),
}
"""The yes/no counts, one cell each. A review's are the countable items of its pack; themes are a cohort's own."""

_LAST_TIME = frozenset({"later_new_role"})
"""What is counted 180 days later; the other questions of then are counted at 90 days."""

_OF_THE_PAIR = frozenset({"later_contact"})
"""What is as true of the one of a pair as of the other: counted of the juniors alone."""

_REVIEWS: Mapping[tuple[ReviewKind, Side], FigureKind] = {
    (ReviewKind.END, Side.JUNIOR): FigureKind.END_JUNIOR,
    (ReviewKind.END, Side.SENIOR): FigureKind.END_SENIOR,
    (ReviewKind.LATER_90, Side.JUNIOR): FigureKind.LATER_90_JUNIOR,
    (ReviewKind.LATER_90, Side.SENIOR): FigureKind.LATER_90_SENIOR,
    (ReviewKind.LATER_180, Side.JUNIOR): FigureKind.LATER_180_JUNIOR,
    (ReviewKind.LATER_180, Side.SENIOR): FigureKind.LATER_180_SENIOR,
}


def of_review(kind: ReviewKind, side: Side) -> FigureKind | None:
    """The kind that counts a review's answers; None for the midpoint's, which are for the pair alone."""
    return _REVIEWS.get((kind, side))


def is_counted(kind: FigureKind, item: str) -> bool:
    """Whether an item of a review belongs to a kind. The same question is counted on one occasion alone: of people
    who answer alike each time, the difference of two occasions would be the answer of whoever came or went between.
    For the same reason a fact about the pair is counted of one side alone: both would say the same."""
    if kind in SENIORS_SAY and item in _OF_THE_PAIR:
        return False
    if kind in (FigureKind.LATER_90_JUNIOR, FigureKind.LATER_90_SENIOR):
        return item not in _LAST_TIME
    return ONCE[kind] is not Occasion.LATER_180 or item in _LAST_TIME


def review_of(kind: FigureKind) -> tuple[ReviewKind, Side]:
    """The review whose answers a kind counts; KeyError for any other kind."""
    return {figure: review for review, figure in _REVIEWS.items()}[kind]


def of_pulse(side: Side) -> tuple[FigureKind, FigureKind]:
    """The two kinds of a pulse: benefit and safety."""
    if side is Side.JUNIOR:
        return FigureKind.BENEFIT_JUNIOR, FigureKind.SAFETY_JUNIOR
    return FigureKind.BENEFIT_SENIOR, FigureKind.SAFETY_SENIOR
