"""Sessions: booking and cancelling (`booking`, `cancelling`), what became of them (`saying`), what is due (`plans`).

`letters` loads what the messages say; `lists` shows a person's sessions.
"""

from bot.services.meet.booking import book, book_form
from bot.services.meet.cancelling import already_met, cancel, cancel_form
from bot.services.meet.letters import (
    load_ask,
    load_booked,
    load_cancelled,
    load_missing,
    load_rebook,
    load_reminder,
)
from bot.services.meet.lists import next_session, sessions_of
from bot.services.meet.logging import log, log_form
from bot.services.meet.plans import do_ask, do_missing, do_remind, do_unknown
from bot.services.meet.saying import because, said, undo

__all__ = [
    "already_met", "because", "book", "book_form", "cancel", "cancel_form", "do_ask", "do_missing", "do_remind",
    "do_unknown", "load_ask", "load_booked", "load_cancelled", "load_missing", "load_rebook", "load_reminder", "log",
    "log_form", "next_session", "said", "sessions_of", "undo",
]  # fmt: skip
