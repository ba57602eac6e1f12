"""Which lesson comes when, and to whom."""

import pytest

from bot.domain.learn import Ahead, LessonFacts, Occasion, Shelf, Track, before, offer, tracks_of
from storage.records.enrol import Side

SIX = tuple(f"j{n}" for n in range(1, 7))
DESK = Shelf(Track.COORDINATOR, ("c1", "c2", "c3", "c4", "c5"), frozenset())


def test_a_lesson_comes_before_its_session_once() -> None:
    track = [Ahead(f"j{n}", n) for n in range(1, 7)] + [Ahead("own", None)]
    assert before(track, 2, {"j1"}) == ("j2",)
    assert before(track, 2, {"j1", "j2"}) == ()


def test_two_lessons_for_the_same_session_come_together_and_a_third_after_they_were_had() -> None:
    track = [Ahead("j2", 2), Ahead("own", 2), Ahead("third", 2)]
    assert before(track, 2, set()) == ("j2", "own")
    assert before(track, 2, {"j2", "own"}) == ("third",)


def test_somebody_on_both_sides_has_both_tracks_and_the_one_their_home_shows_first() -> None:
    assert tracks_of([Side.SENIOR, Side.JUNIOR], [], Side.SENIOR, coordinates=True) == (
        Track.SENIOR, Track.JUNIOR, Track.COORDINATOR,
    )  # fmt: skip
    assert tracks_of([], [Side.SENIOR], None, coordinates=False) == (Track.SENIOR,), "who waits may read ahead"
    assert tracks_of([Side.JUNIOR], [Side.SENIOR], None, coordinates=False) == (Track.JUNIOR,)


def test_a_shelf_counts_only_what_stands_on_it() -> None:
    shelf = Shelf(Track.JUNIOR, SIX, frozenset({"j1", "j3", "s1"}))
    assert (shelf.done, shelf.next) == (2, "j2")
    assert Shelf(Track.JUNIOR, ("j1",), frozenset({"j1"})).next is None


def test_one_can_leaf_through_a_shelf_and_a_lesson_taken_off_it_leads_nowhere() -> None:
    shelf = Shelf(Track.JUNIOR, SIX, frozenset())
    middle, first, last, gone = (LessonFacts(one, shelf) for one in ("j3", "j1", "j6", "old"))
    assert (middle.place, middle.back, middle.onward) == (3, "j2", "j4")
    assert (first.back, first.onward, last.back, last.onward) == (None, "j2", "j5", None)
    assert (gone.place, gone.back, gone.onward) == (0, None, None)


@pytest.mark.parametrize(
    ("come_to", "read", "offered"),
    [
        ({Occasion.NOT_OPEN}, set(), "c1"),
        ({Occasion.NOT_OPEN, Occasion.MATCHING}, set(), "c2"),
        ({Occasion.NOT_OPEN, Occasion.MATCHING, Occasion.FIRST_DIGEST}, {"c3"}, "c2"),
        ({Occasion.NOT_OPEN, Occasion.FIRST_END}, {"c1", "c4"}, None),
        (set(Occasion), {"c1"}, "c5"),
    ],
)
def test_coordinators_are_offered_what_fits_what_happened_last(
    come_to: set[Occasion], read: set[str], offered: str | None
) -> None:
    assert offer(come_to, Shelf(DESK.track, DESK.lessons, frozenset(read))) == offered
