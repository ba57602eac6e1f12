"""Ending well: the wrap-up of a pair, the thank-you after it, and what its two take with them.

looking   every morning: who begins to wrap up, is thanked, is completed
letters   what the messages say
staying   staying in touch, once both would like to
stating   the junior's contribution statement
quoting   words that somebody writes in order to be quoted
"""

from bot.services.close.letters import card_of, load_both_stay, load_thanks, load_wrapping, past_of
from bot.services.close.looking import complete, do_look, plan_look
from bot.services.close.quoting import (
    approve_quote,
    quote_form,
    quotes,
    withdraw_quote,
    write_quote,
)
from bot.services.close.stating import contribution, fresh, save
from bot.services.close.staying import stay

__all__ = [
    "approve_quote", "card_of", "complete", "contribution", "do_look", "fresh", "load_both_stay", "load_thanks",
    "load_wrapping", "past_of", "plan_look", "quote_form", "quotes", "save", "stay", "withdraw_quote",
    "write_quote",
]  # fmt: skip
