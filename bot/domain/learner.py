"""What follows from who was mainly learning: only ever something that the answering person sees, and decides about."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.records.checkin import Learner
from storage.records.enrol import Side
from storage.records.meet import Session

TWICE = 2
"""Rule 14 of the evidence: hierarchy creeps back; two sessions in a row are the sign."""

REVERTED = {Side.JUNIOR: Learner.ME, Side.SENIOR: Learner.THEM}
"""What each side says when the junior was the one who mainly learned."""

LESSONS = {Side.JUNIOR: "j4", Side.SENIOR: "s7"}
"""The lesson about leading and learning; both come to every pair before its session in the middle."""


@dataclass(frozen=True, slots=True)
class LearnerFacts:
    """One side's own word about a session; `turned`: the junior was learning twice in a row, by this side's word."""

    session: Session
    side: Side
    said: Learner | None = None
    turned: bool = False


def turned(said: Sequence[Learner], side: Side) -> bool:
    """Whether somebody has just said it for the second time in a row (or the fourth): not every time again."""
    run = 0
    for one in reversed(said):
        if one is not REVERTED[side]:
            break
        run += 1
    return run > 0 and run % TWICE == 0
