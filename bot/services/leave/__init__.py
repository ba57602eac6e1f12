"""Leaving a pair or the programme: asked for, undone, carried out, and both asked whether it was completed.

`parting` is the same for coordinators, and whether the two are matched again; `crossing` asks both of a pair that
reporting lines forbid by now.
"""

from bot.services.leave.asking import ask, form, pending, undo
from bot.services.leave.crossing import answer, do_crossed_out, do_look_at_lines, load_crossing, load_flag
from bot.services.leave.ending import do_leave, end_pair, leave_places, load_ended, load_told, tell_coordinators
from bot.services.leave.parting import (
    back_to_pool,
    do_part,
    look_again,
    part,
    part_form,
    part_form_of,
    undo_part,
)
from bot.services.leave.words import question, say

__all__ = [
    "answer", "ask", "back_to_pool", "do_crossed_out", "do_leave", "do_look_at_lines", "do_part", "end_pair",
    "form", "leave_places", "load_crossing", "load_ended", "load_flag", "load_told", "look_again", "part",
    "part_form", "part_form_of", "pending", "question", "say", "tell_coordinators", "undo", "undo_part",
]  # fmt: skip
