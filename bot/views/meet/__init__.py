"""What people see of sessions: messages (`space`, `asked`), modals, suggested times (`offers`), files, the list."""

from bot.views.meet.asked import answered, ask, ask_blocks, missing, rebook, undone
from bot.views.meet.calendars import calendar, calendar_asked
from bot.views.meet.lists import sessions
from bot.views.meet.modals import already, book, cancel, cancelled_done, log, logged
from bot.views.meet.offers import (
    choice,
    offer,
    offer_answered,
    offer_lapsed,
    offer_sent,
    offer_waiting,
    offered,
    rhythm,
    rhythm_form,
    rhythm_sent,
)
from bot.views.meet.space import booked, called_off, moved, reminder

__all__ = [
    "already", "answered", "ask", "ask_blocks", "book", "booked", "calendar", "calendar_asked", "called_off", "cancel",
    "cancelled_done", "choice", "log", "logged", "missing", "moved", "offer", "offer_answered", "offer_lapsed",
    "offer_sent", "offer_waiting", "offered", "rebook", "reminder", "rhythm", "rhythm_form", "rhythm_sent", "sessions",
    "undone",
]  # fmt: skip
