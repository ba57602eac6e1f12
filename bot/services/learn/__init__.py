"""Lessons: sent ahead of sessions (`sending`), read at any time (`reading`), offered to coordinators (`offering`).

What other steps call is named here.
"""

from bot.services.learn.offering import offer_of
from bot.services.learn.reading import shelves_of
from bot.services.learn.sending import do_send, first_for, load_lesson, take_back

__all__ = ["do_send", "first_for", "load_lesson", "offer_of", "shelves_of", "take_back"]
