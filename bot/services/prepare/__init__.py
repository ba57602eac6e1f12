"""Preparing a session: `agenda`, `icebreakers`, the parking lot (`lines`), and what is planned ahead (`plans`).

What other steps call is named here.
"""

from bot.services.prepare.agenda import agenda_of, load_agenda, send_agenda
from bot.services.prepare.answers import load_answers
from bot.services.prepare.contract import card_of, load_contract
from bot.services.prepare.early import load_early
from bot.services.prepare.icebreakers import load_icebreakers, send_icebreakers
from bot.services.prepare.lines import bring
from bot.services.prepare.plans import carry, plan_for, release, unplan_for
from bot.services.prepare.redraw import load_redraw
from bot.services.prepare.review import do_review, load_review

__all__ = [
    "agenda_of", "bring", "card_of", "carry", "do_review", "load_agenda", "load_answers",
    "load_contract",
    "load_early", "load_icebreakers", "load_redraw", "load_review", "plan_for", "release", "send_agenda",
    "send_icebreakers", "unplan_for",
]  # fmt: skip
