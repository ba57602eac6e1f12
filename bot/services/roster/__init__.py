"""The organisation's list of people: handed in, checked, saved, taken back, forgotten."""

from bot.services.roster.drafts import choose, choosing, desk, do_forget, hand_in
from bot.services.roster.keeping import forget_old
from bot.services.roster.saving import retry, save, undo
from bot.services.roster.standing import load, load_window, look

__all__ = [
    "choose", "choosing", "desk", "do_forget", "forget_old", "hand_in", "load", "load_window", "look", "retry", "save",
    "undo",
]  # fmt: skip
