"""Pausing: beginning and ending (`pausing`), what follows ten minutes later and at the end (`following`)."""

from bot.services.pause.following import do_end, do_settle, load_paused, load_resumed
from bot.services.pause.pausing import form, pause, resume, undo

__all__ = ["do_end", "do_settle", "form", "load_paused", "load_resumed", "pause", "resume", "undo"]
