"""Questions now and then: halfway, at the end, ninety and a hundred and eighty days later; each side for itself.

planning   when both of a pair are asked, and what moves that
asking     asking, one reminder, closing
answering  one's own answers: given, changed, taken back
finding    whose review it is, and what waits for somebody
"""

from bot.services.review.answering import answer, opened, quote_of, skip, together
from bot.services.review.asking import do_ask_end, do_ask_later, do_ask_midpoint, do_close, do_remind, load_review
from bot.services.review.finding import instead, waiting_of
from bot.services.review.planning import PLANNED, after_session, completed, plan_end, times_of

__all__ = [
    "PLANNED", "after_session", "answer", "completed", "do_ask_end", "do_ask_later", "do_ask_midpoint", "do_close",
    "do_remind", "instead", "load_review", "opened", "plan_end", "quote_of", "skip", "times_of", "together",
    "waiting_of",
]  # fmt: skip
