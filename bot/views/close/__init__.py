"""How the end of a pair looks: the messages and the Home (`ending`), the statement and the quotes (`kept`)."""

from bot.views.close.ending import both_stay, past, stayed, thanks, wrap_line, wrapping
from bot.views.close.kept import quote_done, quote_form, quote_sure, quotes, statement, statement_saved

__all__ = [
    "both_stay", "past", "quote_done", "quote_form", "quote_sure", "quotes", "statement", "statement_saved", "stayed",
    "thanks", "wrap_line", "wrapping",
]  # fmt: skip
