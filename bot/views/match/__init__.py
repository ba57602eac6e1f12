"""Drawings of pairing: suggestions (`asking`), the start (`starting`), the coordinators' side (`desk`, `lists`)."""

from bot.views.match.asking import answered, closed, coordinator_told, proposal, question, reminder
from bot.views.match.desk import desk, proposed
from bot.views.match.lists import conflicts, conflicts_said, lines, lines_said, pairs
from bot.views.match.starting import first_contact, junior_welcome, pair_started, senior_goes_first

__all__ = [
    "answered", "closed", "conflicts", "conflicts_said", "coordinator_told", "desk", "first_contact",
    "junior_welcome", "lines", "lines_said", "pair_started", "pairs", "proposal", "proposed", "question", "reminder",
    "senior_goes_first",
]  # fmt: skip
