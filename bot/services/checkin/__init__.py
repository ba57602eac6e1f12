"""The check-in: four questions to the junior, a reflection for the senior, and what follows from both.

asking      when both are asked, reminded and left in peace
finding     whose check-in it is, and which one `/revmentor checkin` means
answering   the four questions
reflecting  what the senior takes away
replacing   an answered invitation stops asking
promises    a promised day that passes is asked about again
learning    who was mainly learning, of each side
over_time   all that a junior has answered, for herself
"""

from bot.services.checkin.answering import answer, nothing_new, sheet_for, thanks_for
from bot.services.checkin.asking import (
    do_ask,
    do_close,
    do_remind,
    load_invite,
    plan_for,
    skip,
    tomorrow,
    unplan_for,
)
from bot.services.checkin.finding import current, opened
from bot.services.checkin.learning import learner_of, note_learner, say_learner
from bot.services.checkin.over_time import over_time
from bot.services.checkin.promises import do_look, load_passed
from bot.services.checkin.reflecting import reflect
from bot.services.checkin.replacing import load_answered

__all__ = [
    "answer",
    "current",
    "do_ask",
    "do_close",
    "do_look",
    "do_remind",
    "learner_of",
    "load_answered",
    "load_invite",
    "load_passed",
    "note_learner",
    "nothing_new",
    "opened",
    "over_time",
    "plan_for",
    "reflect",
    "say_learner",
    "sheet_for",
    "skip",
    "thanks_for",
    "tomorrow",
    "unplan_for",
]  # fmt: skip
