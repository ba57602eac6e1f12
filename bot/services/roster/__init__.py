"""The organisation's list of people: handed in, checked, saved, taken back, forgotten."""

from bot.services.roster.checks import load, load_window
from bot.services.roster.drafts import choose, choosing, desk, do_forget, hand_in, look
from bot.services.roster.keeping import forget_old
from bot.services.roster.saving import save, undo

__all__ = [
    "choose", "choosing", "desk", "do_forget", "forget_old", "hand_in", "load", "load_window", "look", "save", "undo",
]  # fmt: skip
