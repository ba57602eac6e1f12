"""Preparing a session: icebreakers, the agenda, the parking lot. What other steps call is named here."""

from bot.services.prepare.agenda import agenda_of
from bot.services.prepare.lines import add_line
from bot.services.prepare.plans import carry, plan_for, release, unplan_for

__all__ = ["add_line", "agenda_of", "carry", "plan_for", "release", "unplan_for"]
