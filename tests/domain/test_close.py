"""When a pair begins to wrap up, is thanked, goes on after all, and is completed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.close import OVER_AFTER, Course, Move, next_move
from storage.records.close import WrapUp

NOW = datetime(2026, 5, 4, 6, tzinfo=UTC)
FAR, SOON = date(2026, 9, 30), date(2026, 5, 18)
EARLY = Course(True, NOW.date(), FAR, 2, 6, None, NOW - timedelta(days=20), None)
BEGUN = WrapUp("r1", NOW - timedelta(days=10))
THANKED = replace(BEGUN, thanked_at=NOW - OVER_AFTER)
DONE = replace(EARLY, held=6)


@pytest.mark.parametrize(
    ("course", "move"),
    [
        (EARLY, None),
        (replace(EARLY, ends_on=SOON), Move.ENTER),
        (replace(EARLY, ends_on=SOON + timedelta(days=1)), None),
        (replace(EARLY, ends_on=SOON, held=0), None),
        (replace(EARLY, ends_on=SOON, active=False), None),
        (replace(EARLY, held=5, next_at=NOW + timedelta(days=14)), Move.ENTER),
        (replace(EARLY, held=5, next_at=NOW + timedelta(days=15)), None),
        (replace(EARLY, held=4, next_at=NOW + timedelta(days=3)), None),
        (DONE, Move.ENTER),
        (replace(DONE, wrap_up=BEGUN), Move.THANK),
        (replace(DONE, wrap_up=BEGUN, last_at=NOW - timedelta(hours=19)), None),
        (replace(DONE, wrap_up=BEGUN, next_at=NOW + timedelta(days=1)), None),
        (replace(EARLY, wrap_up=BEGUN), Move.GO_ON),
        (replace(DONE, wanted=8, wrap_up=THANKED), Move.GO_ON),
        (replace(DONE, wrap_up=THANKED), Move.COMPLETE),
        (replace(DONE, wrap_up=replace(THANKED, thanked_at=NOW - timedelta(days=13))), None),
        (replace(EARLY, held=3, ends_on=NOW.date() - timedelta(days=1), wrap_up=THANKED), Move.COMPLETE),
        (replace(EARLY, held=2, ends_on=NOW.date() - timedelta(days=1), wrap_up=THANKED), None),
        (replace(EARLY, held=2, wanted=2, wrap_up=THANKED), Move.COMPLETE),
    ],
)
def test_what_is_due_follows_from_how_far_a_pair_has_come(course: Course, move: Move | None) -> None:
    assert next_move(course, NOW) is move
