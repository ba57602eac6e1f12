"""Commitments: made by the senior, kept or not, and privately noticed by the junior.

proposing  what a junior suggests that the senior promises
making     a promise and the times it is asked about
changing   done, moved, dropped, and ten minutes to undo each
noticing   the junior's private answer to whether she noticed
listing    what the commands and the messages show
"""

from bot.services.commit.changing import done, drop, move, undo
from bot.services.commit.listing import draft_for, heard_of, listed, load_changed, load_due, load_made, to_move
from bot.services.commit.making import add, do_due, make
from bot.services.commit.noticing import ask_again, do_ask_noticed, load_noticing, notice
from bot.services.commit.proposing import (
    accept,
    decline,
    load_declined,
    load_proposed,
    propose,
    reopen,
    reworded,
    to_reword,
    withdraw,
)

__all__ = [
    "accept", "add", "ask_again", "decline", "do_ask_noticed", "do_due", "done", "draft_for", "drop", "heard_of",
    "listed",
    "load_changed", "load_declined", "load_due", "load_made", "load_noticing", "load_proposed", "make", "move",
    "notice", "propose", "reopen", "reworded", "to_move", "to_reword", "undo", "withdraw",
]  # fmt: skip
