"""Pausing: beginning and ending (`pausing`), what follows ten minutes later and at the end (`following`).

`freezing` is the same without a day, for somebody whose Slack account is closed.
"""

from bot.services.pause.following import do_end, do_settle, load_paused, load_resumed
from bot.services.pause.freezing import freeze, load_account_gone, load_frozen, load_thawed, thaw
from bot.services.pause.pausing import form, pause, resume, undo

__all__ = [
    "do_end", "do_settle", "form", "freeze", "load_account_gone", "load_frozen", "load_paused", "load_resumed",
    "load_thawed", "pause", "resume", "thaw", "undo",
]  # fmt: skip
