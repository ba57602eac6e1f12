"""Who may be paired with whom (`rules`), and what each side is told about the other (`facts`)."""

from bot.domain.match.facts import (
    Answered,
    Card,
    Closed,
    Conflicts,
    Desk,
    Lines,
    PairLine,
    PairPeople,
    Proposal,
    Proposed,
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
    "ADVICE", "EXPIRE_DAYS", "PILOT_PAIRS", "REMIND_DAYS", "SOFT", "STOPS_AT_JUNIOR", "UNDO", "Answered", "Candidate",
    "Card", "Check", "Closed", "Conflicts", "Desk", "Grounds", "Lines", "PairLine", "PairPeople", "Proposal",
    "Proposed", "Question", "Reason", "Start", "ToOne", "Verdict", "chain", "circle", "judge", "off_line", "reasons",
]  # fmt: skip
