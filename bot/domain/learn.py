"""The rules of lessons: whose they are, which one comes before a session, and when coordinators are offered theirs."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from storage.records.content import LessonMark
from storage.records.enrol import Side

LESSON_BEFORE = timedelta(days=3)
AT_ONCE = 2
"""Lessons before one session, at most; they go in one message."""


class Track(StrEnum):
    """For whom lessons are written."""

    JUNIOR = "junior"
    SENIOR = "senior"
    COORDINATOR = "coordinator"


class Occasion(StrEnum):
    """What makes a lesson for coordinators timely, in the order in which programmes come to it."""

    NOT_OPEN = "not_open"
    MATCHING = "matching"
    FIRST_DIGEST = "first_digest"
    FIRST_END = "first_end"
    PILOT_ENDS = "pilot_ends"


OFFERED = {
    Occasion.NOT_OPEN: "c1",
    Occasion.MATCHING: "c2",
    Occasion.FIRST_DIGEST: "c3",
    Occasion.FIRST_END: "c4",
    Occasion.PILOT_ENDS: "c5",
}
"""Which lesson belongs to which occasion."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The lessons of one track, in order, and those that this person has read."""

    track: Track
    lessons: tuple[str, ...]
    read: frozenset[str]

    @property
    def done(self) -> int:
        """How many are read."""
        return sum(one in self.read for one in self.lessons)

    @property
    def next(self) -> str | None:
        """The first that is not read yet."""
        return next((one for one in self.lessons if one not in self.read), None)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A lesson as one of a track knows it: `before` is the session that it comes before, None for on request."""

    id: str
    before: int | None


@dataclass(frozen=True, slots=True)
class LessonFacts:
    """One lesson, sent or opened, and where it stands on its shelf; `missed` is an earlier one that never came."""

    lesson: str
    shelf: Shelf
    missed: str = ""

    @property
    def read(self) -> bool:
        return self.lesson in self.shelf.read

    @property
    def place(self) -> int:
        """Counted from 1; 0 for one that has been taken off the shelf since."""
        return self.shelf.lessons.index(self.lesson) + 1 if self.lesson in self.shelf.lessons else 0

    @property
    def back(self) -> str | None:
        return self.shelf.lessons[self.place - 2] if self.place > 1 else None

    @property
    def onward(self) -> str | None:
        return self.shelf.lessons[self.place] if 0 < self.place < len(self.shelf.lessons) else None


@dataclass(frozen=True, slots=True)
class LessonList:
    """All that somebody may read; `news` is the lesson that has just been marked as read."""

    shelves: tuple[Shelf, ...]
    news: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """The coordinators' shelf, and the lesson that is timely, or None."""

    shelf: Shelf
    lesson: str | None


def tracks_of(
    running: Iterable[Side], wished: Iterable[Side], first: Side | None, *, coordinates: bool
) -> tuple[Track, ...]:
    """The sides of somebody's pairs, else those that they joined for; `first` is the side that their Home shows."""
    sides = set(running) or set(wished)
    ordered = sorted(sides, key=lambda side: (side is not first, side is Side.SENIOR))
    return (*(Track(side.value) for side in ordered), *([Track.COORDINATOR] if coordinates else []))


def before(track: Sequence[Ahead], template: int, had: Collection[str]) -> tuple[str, ...]:
    """The lessons to send ahead of the session that `template` (1 to 6) stands for, without those that were had."""
    return tuple(one.id for one in track if one.before == template and one.id not in had)[:AT_ONCE]


def had(marks: Iterable[LessonMark]) -> frozenset[str]:
    """What was sent or read, and is never sent again."""
    return frozenset(mark.lesson_id for mark in marks if mark.sent_at or mark.read_at)


def read(marks: Iterable[LessonMark]) -> frozenset[str]:
    return frozenset(mark.lesson_id for mark in marks if mark.read_at)


def missed(track: Iterable[str], left_out: Collection[str], known: Collection[str]) -> str | None:
    """The first lesson whose message was left out, and that is neither read nor sent since (`known`)."""
    return next((one for one in track if one in left_out and one not in known), None)


def offer(occasions: Collection[Occasion], shelf: Shelf) -> str | None:
    """The lesson that fits what happened last and is not read yet; one from before, where that one is."""
    due = [OFFERED[one] for one in Occasion if one in occasions]
    return next((one for one in reversed(due) if one in shelf.lessons and one not in shelf.read), None)
