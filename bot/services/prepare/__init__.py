"""Preparing a session: `agenda`, `icebreakers`, the parking lot (`lines`), and what is planned ahead (`plans`).

What other steps call is named here.
"""

from bot.services.prepare.agenda import agenda_of, load_agenda, send_agenda
from bot.services.prepare.icebreakers import load_icebreakers, send_icebreakers
from bot.services.prepare.lines import bring
from bot.services.prepare.plans import carry, plan_for, release, unplan_for

__all__ = [
    "agenda_of", "bring", "carry", "load_agenda", "load_icebreakers", "plan_for", "release", "send_agenda",
    "send_icebreakers", "unplan_for",
]  # fmt: skip
