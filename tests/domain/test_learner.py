"""Twice in a row, by one side's own word, and not every time again."""

import pytest

from bot.domain.learner import turned
from storage.records.checkin import Learner
from storage.records.enrol import Side

ME, THEM, BOTH = Learner.ME, Learner.THEM, Learner.BOTH


@pytest.mark.parametrize(
    ("said", "so"),
    [
        ([], False), ([ME], False), ([ME, ME], True), ([ME, BOTH, ME], False), ([THEM, ME, ME], True),
        ([ME, ME, ME], False), ([ME, ME, ME, ME], True), ([ME, ME, THEM], False),
    ],
)  # fmt: skip
def test_a_junior_who_learned_twice_in_a_row_is_offered_a_way_back(said: list[Learner], so: bool) -> None:
    assert turned(said, Side.JUNIOR) is so


def test_a_senior_says_the_same_of_the_other() -> None:
    assert turned([THEM, THEM], Side.SENIOR)
    assert not turned([ME, ME], Side.SENIOR), "a senior who learns is what this is for"
