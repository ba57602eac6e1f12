"""Sessions: what may be booked and what became of one (`rules`), times to suggest (`slots`), who books (`turns`).

`offers` are two times to pick from, and a pair's own rhythm; `facts` what messages and modals are drawn from.
"""

from bot.domain.meet.facts import (
    AskFacts,
    BookForm,
    CalendarFacts,
    CancelForm,
    LogForm,
    Logged,
    OfferFacts,
    OfferForm,
    RebookFacts,
    ReminderFacts,
    RhythmFacts,
    RhythmForm,
    SessionFacts,
    SessionList,
)
from bot.domain.meet.offers import (
    LEAST_SESSIONS,
    MOST_SESSIONS,
    REMIND_AFTER,
    WEEKS,
    check_offer,
    check_rhythm,
    check_take,
    lapses_at,
)
from bot.domain.meet.rules import (
    ANSWERABLE,
    FURTHEST,
    MINUTES,
    PLACE_LENGTH,
    REMIND_BEFORE,
    UNKNOWN_AFTER,
    Around,
    Booking,
    Verdict,
    around,
    before_session,
    check_booking,
    check_log,
    check_report,
    may_undo,
    next_slot,
    numbers,
    overlaps,
    reconcile,
    too_short_notice,
)
from bot.domain.meet.slots import AHEAD, Hours, Slots, hours_of, reach, suggest
from bot.domain.meet.spoken import TimeWords, Unclear, understand
from bot.domain.meet.turns import cancelled_by_senior, missing_next, turn

__all__ = [
    "AHEAD", "ANSWERABLE", "FURTHEST", "LEAST_SESSIONS", "MINUTES", "MOST_SESSIONS", "PLACE_LENGTH", "REMIND_AFTER",
    "REMIND_BEFORE", "UNKNOWN_AFTER", "WEEKS", "Around", "AskFacts", "BookForm", "Booking", "CalendarFacts",
    "CancelForm", "Hours", "LogForm", "Logged", "OfferFacts", "OfferForm", "RebookFacts", "ReminderFacts",
    "RhythmFacts", "RhythmForm", "SessionFacts", "SessionList", "Slots", "TimeWords", "Unclear", "Verdict",
    "around", "before_session",
    "cancelled_by_senior", "check_booking", "check_log", "check_offer", "check_report", "check_rhythm", "check_take",
    "hours_of", "lapses_at", "may_undo", "missing_next", "next_slot", "numbers", "overlaps", "reach", "reconcile",
    "suggest",
    "too_short_notice", "turn", "understand",
]  # fmt: skip
