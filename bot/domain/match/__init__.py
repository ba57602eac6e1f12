"""Who may be paired with whom and how well they fit, and what each side is told about the other (`facts`).

`rules` judges two people whom a coordinator picked; `apart` (what no pair may break) and `scoring` say how the best set
of pairs is looked for, `solved` what comes out of it.
"""

from bot.domain.match.apart import Common, Member, avoided, forbidden, room, scarce
from bot.domain.match.checks import ADVICE, SOFT, STOPS_AT_JUNIOR, Check, Reason, Why
from bot.domain.match.facts import (
    Answered,
    Card,
    Closed,
    Conflicts,
    Desk,
    Lines,
    PairPeople,
    Proposal,
    Proposed,
    Question,
    Start,
    ToOne,
)
from bot.domain.match.hours import offsets
from bot.domain.match.lines import chain, circle, off_line
from bot.domain.match.rules import (
    EXPIRE_DAYS,
    PILOT_PAIRS,
    REMIND_DAYS,
    Candidate,
    Grounds,
    Verdict,
    judge,
    line_end,
    reasons,
    warnings,
)
from bot.domain.match.scoring import Weights, paper_score, score
from bot.domain.match.solved import FLOOR, Solved, Suggested, Terms, Unmatched

__all__ = [
    "ADVICE", "EXPIRE_DAYS", "FLOOR", "PILOT_PAIRS", "REMIND_DAYS", "SOFT", "STOPS_AT_JUNIOR", "Answered",
    "Candidate", "Card", "Check", "Closed", "Common", "Conflicts", "Desk", "Grounds", "Lines", "Member",
    "PairPeople", "Proposal", "Proposed", "Question", "Reason", "Solved", "Start", "Suggested", "Terms", "ToOne",
    "Unmatched", "Verdict", "Weights", "Why", "avoided", "chain", "circle", "forbidden", "judge", "line_end",
    "off_line", "offsets", "paper_score", "reasons", "room", "scarce", "score", "warnings",
]  # fmt: skip
