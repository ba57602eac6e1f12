"""Preferences: choosing (`choosing`), and moving what is planned when they change (`replanning`)."""

from bot.services.prefs.choosing import form, parts_for, save, undo
from bot.services.prefs.replanning import follow

__all__ = ["follow", "form", "parts_for", "save", "undo"]
