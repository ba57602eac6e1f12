"""Commitments: made by the senior, kept or not, and privately noticed by the junior.

making     a promise and the times it is asked about
changing   done, moved, dropped, and ten minutes to undo each
noticing   the junior's private answer to whether she noticed
listing    what the commands and the messages show
"""

from bot.services.commit.changing import done, drop, move, undo
from bot.services.commit.listing import draft_for, listed, load_changed, load_due, load_made, to_move
from bot.services.commit.making import add, do_due, make
from bot.services.commit.noticing import ask_again, do_ask_noticed, load_noticing, notice

__all__ = [
    "add", "ask_again", "do_ask_noticed", "do_due", "done", "draft_for", "drop", "listed", "load_changed", "load_due",
    "load_made", "load_noticing", "make", "move", "notice", "to_move", "undo",
]  # fmt: skip
