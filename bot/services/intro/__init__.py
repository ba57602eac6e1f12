"""Introductions: asked for or offered, promised with a day, made, and what the junior says in private came of them.

asking     a junior asks, a senior offers or notes one made
answering  the senior's answers: a day, somebody better, not now, made
changing   what a step does, and ten minutes to take it back
reminding  the times it is asked about, and the day it rests by itself
talking    the junior's private word about what came of it
listing    what the command, the Homes and the messages show
"""

from bot.services.intro.answering import agree, better, decline, facts_for, made
from bot.services.intro.asking import ask, form_for, offer, shown_again
from bot.services.intro.changing import do_tell, let_go, take, undo
from bot.services.intro.listing import home_of, listed, load_asked, load_let_go, load_told, open_ones, promised
from bot.services.intro.reminding import do_due, do_lapse, do_remind, load_due, load_waiting
from bot.services.intro.talking import ask_again, do_ask_talked, load_talked, say

__all__ = [
    "agree", "ask", "ask_again", "better", "decline", "do_ask_talked", "do_due", "do_lapse", "do_remind", "do_tell",
    "facts_for", "form_for", "home_of", "let_go", "listed", "load_asked", "load_due", "load_let_go", "load_talked",
    "load_told", "load_waiting", "made", "offer", "open_ones", "promised", "say", "shown_again", "take", "undo",
]  # fmt: skip
