"""Who may be paired with whom (`rules`), and what each side is told about the other (`facts`)."""

from bot.domain.match.facts import (
    Card,
    Closed,
    Desk,
    PairLine,
    PairPeople,
    Proposal,
    Question,
    Start,
    ToOne,
)
from bot.domain.match.rules import (
    ADVICE,
    EXPIRE_DAYS,
    PILOT_PAIRS,
    REMIND_DAYS,
    SOFT,
    STOPS_AT_JUNIOR,
    UNDO,
    Candidate,
    Check,
    Grounds,
    Reason,
    Verdict,
    chain,
    circle,
    judge,
    off_line,
    reasons,
)

__all__ = [
    "ADVICE", "EXPIRE_DAYS", "PILOT_PAIRS", "REMIND_DAYS", "SOFT", "STOPS_AT_JUNIOR", "UNDO", "Candidate", "Card",
    "Check", "Closed", "Desk", "Grounds", "PairLine", "PairPeople", "Proposal", "Question", "Reason", "Start", "ToOne",
    "Verdict", "chain", "circle", "judge", "off_line", "reasons",
]  # fmt: skip
