"""Drawings of the programme itself: set-up, coordinators, cohorts, the coordinators' Today."""

from bot.views.programme.cohorts import closed
from bot.views.programme.coordinators import added
from bot.views.programme.setup import named, setup_changed
from bot.views.programme.today import decision_blocks

__all__ = ["added", "closed", "decision_blocks", "named", "setup_changed"]
