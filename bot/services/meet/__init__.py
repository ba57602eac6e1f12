"""Sessions: booking and cancelling (`booking`, `cancelling`), what became of them (`saying`), what is due (`plans`).

`offers` are two times to pick from, `rhythm` how often a pair meets, `calendars` the files; `letters` loads what the
messages say; `lists` shows a person's sessions.
"""

from bot.services.meet.booking import book, book_form, book_form_again
from bot.services.meet.calendars import ask_calendar, do_calendar_gone, load_calendar
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
from bot.services.meet.offers import (
    do_lapse,
    do_remind_offer,
    load_lapsed,
    load_offer,
    neither,
    offer,
    offer_form,
    offer_form_again,
    take,
)
from bot.services.meet.plans import do_ask, do_missing, do_remind, do_unknown, turn_of
from bot.services.meet.rhythm import answer_rhythm, load_rhythm, propose_rhythm, rhythm_form, rhythm_of
from bot.services.meet.saying import because, said, undo

__all__ = [
    "already_met", "answer_rhythm", "ask_calendar", "because", "book", "book_form", "book_form_again", "cancel",
    "cancel_form", "do_ask", "do_calendar_gone", "do_lapse", "do_missing", "do_remind", "do_remind_offer", "do_unknown",
    "load_ask", "load_booked", "load_calendar", "load_cancelled", "load_lapsed", "load_missing", "load_offer",
    "load_rebook", "load_reminder", "load_rhythm", "log", "log_form", "neither", "next_session", "offer", "offer_form",
    "offer_form_again", "propose_rhythm", "rhythm_form", "rhythm_of", "said", "sessions_of", "take", "turn_of", "undo",
]  # fmt: skip
