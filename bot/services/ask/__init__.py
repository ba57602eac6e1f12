"""Asking for something back: the junior words it, and puts it on an agenda herself; nothing is sent for her.

drafting   whom she asks, and her line on its way to an agenda
offering   wording that is offered to her alone after three times *not yet*
"""

from bot.services.ask.drafting import add, facts_for
from bot.services.ask.offering import consider, settle, waiting

__all__ = ["add", "consider", "facts_for", "settle", "waiting"]
