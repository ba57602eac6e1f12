"""Drawings of pairing: suggestions (`asking`), the start (`starting`), the coordinators' side (`desk`, `lists`)."""

from bot.views.match.asking import answered, closed, coordinator_told, proposal, question, reminder
from bot.views.match.desk import desk, proposed
from bot.views.match.fit import fit_ask, fit_form, fit_help, fit_said, wishes
from bot.views.match.lists import conflicts, conflicts_said, lines, lines_said
from bot.views.match.review import choose, match_desk, ready, review, working
from bot.views.match.starting import first_contact, junior_welcome, pair_started, senior_goes_first
from bot.views.match.swap import swap
from bot.views.match.terms import weights

__all__ = [
    "answered", "choose", "closed", "conflicts", "conflicts_said", "coordinator_told", "desk", "first_contact",
    "fit_ask", "fit_form", "fit_help", "fit_said", "junior_welcome", "lines", "lines_said", "match_desk",
    "pair_started", "proposal", "proposed", "question", "ready", "reminder", "review", "senior_goes_first",
    "swap", "weights", "wishes", "working",
]  # fmt: skip
