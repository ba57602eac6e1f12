"""The organisation's list of people: handing it in, choosing columns, the dry run and what was saved."""

from bot.views.roster.giving import checking, columns, give
from bot.views.roster.result import kind, message, result, saved, shown, undone

__all__ = ["checking", "columns", "give", "kind", "message", "result", "saved", "shown", "undone"]
