"""Leaving a pair or the programme: asked for, undone, carried out, and both asked whether it was completed."""

from bot.services.leave.asking import ask, form, pending, undo
from bot.services.leave.ending import do_leave, end_pair, leave_places, load_ended, load_told, tell_coordinators
from bot.services.leave.words import question, say

__all__ = [
    "ask", "do_leave", "end_pair", "form", "leave_places", "load_ended", "load_told", "pending", "question",
    "say", "tell_coordinators", "undo",
]  # fmt: skip
