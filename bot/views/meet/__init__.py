"""What people see of sessions: messages (`space`, `asked`), modals, and their list."""

from bot.views.meet.asked import answered, ask, missing, rebook, undone
from bot.views.meet.lists import sessions
from bot.views.meet.modals import already, book, cancel, cancelled_done, log, logged
from bot.views.meet.space import booked, called_off, moved, reminder

__all__ = [
    "already", "answered", "ask", "book", "booked", "called_off", "cancel", "cancelled_done", "log", "logged",
    "missing", "moved", "rebook", "reminder", "sessions", "undone",
]  # fmt: skip
