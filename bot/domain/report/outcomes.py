"""What is asked once, after a cohort: when everybody was asked, and what is said of it then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.report.figures import Section
from bot.domain.report.kinds import ONCE, SENIORS_SAY
from bot.domain.review import LATER
from storage.records.enrol import Side
from storage.records.programme import Cohort
from storage.records.report import FigureKind, Occasion
from storage.records.review import ReviewKind

REVIEWS: Mapping[Occasion, ReviewKind] = {
    Occasion.END: ReviewKind.END,
    Occasion.LATER_90: ReviewKind.LATER_90,
    Occasion.LATER_180: ReviewKind.LATER_180,
}
"""Which questions an occasion counts."""

GRACE = timedelta(days=28)
"""How long after the day of asking it is over: two days of rest, free days, and the fourteen of answering."""
TOLD_FOR = timedelta(days=28)
"""How long after it was counted it is told, where it could not be at once: a pause, or others read there."""
LATE = timedelta(days=56)
"""What was asked longer ago than so is not worth a message any more where it has no figure."""


@dataclass(frozen=True, slots=True)
class OutcomeFigures:
    """What was counted on one occasion: a section for the seniors' kind and one for the juniors'; `at` is when, UTC."""

    occasion: Occasion
    sections: Mapping[FigureKind, Section]
    week: str
    at: datetime

    def of(self, side: Side) -> Section:
        """What one side said, or why nothing is said of it."""
        return self.sections[kind_of(self.occasion, side)]

    @property
    def published(self) -> bool:
        """Whether there is any figure."""
        return any(section.published is not None for section in self.sections.values())


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """The message about one occasion of a cohort; `zone` is the coordinators'."""

    cohort: Cohort
    figures: OutcomeFigures
    zone: str


def kinds_of(occasion: Occasion) -> tuple[FigureKind, ...]:
    """The two kinds that are counted on an occasion."""
    return tuple(kind for kind, when in ONCE.items() if when is occasion)


def kind_of(occasion: Occasion, side: Side) -> FigureKind:
    """The kind of one side on an occasion."""
    return next(kind for kind in kinds_of(occasion) if (kind in SENIORS_SAY) is (side is Side.SENIOR))


def over_at(occasion: Occasion, ended: datetime | None, closes_at: datetime | None) -> datetime | None:
    """The moment from which an occasion of a closed cohort is over; None where it never began. UTC.

    `ended`: when its last pair was completed; `closes_at`: until when the last of those asked can answer. Both are
    facts about sessions and dates: what anybody answered, or whether, moves nothing.
    """
    if ended is None:
        return closes_at
    due = ended + LATER.get(REVIEWS[occasion], timedelta()) + GRACE
    return max(due, closes_at) if closes_at is not None else due


def worth_telling(figures: OutcomeFigures, closes_at: datetime | None, now: datetime) -> bool:
    """Whether it is told: it has a figure, or it is news that it has none. Nobody asked is no news."""
    return figures.published or (closes_at is not None and now - closes_at <= LATE)
