"""Pairing: coordinators suggest (`pairing`), two people answer (`asking`), a pair starts (`starting`).

`letters` loads what the messages say; `lines` keeps reporting lines and conflicts of interest.
"""

from bot.services.match.asking import answer, ask_coordinator, asked_now, close, undo
from bot.services.match.letters import (
    load_closed,
    load_first_contact,
    load_proposal,
    load_question,
    load_start,
    load_to_one,
    proposal_again,
)
from bot.services.match.lines import conflict_list, declare, line_list, set_line
from bot.services.match.pairing import PROPOSALS, pair_list, propose, survey, withdraw
from bot.services.match.people import people_of, people_of_all, redraw_homes
from bot.services.match.starting import (
    do_ask_senior,
    do_expire_proposal,
    do_first_contact,
    do_remind_proposal,
    do_start_pair,
    do_tell_declined,
)

__all__ = [
    "PROPOSALS", "answer", "ask_coordinator", "asked_now", "close", "conflict_list", "declare", "do_ask_senior",
    "do_expire_proposal", "do_first_contact", "do_remind_proposal", "do_start_pair", "do_tell_declined", "line_list",
    "load_closed", "load_first_contact", "load_proposal", "load_question", "load_start", "load_to_one", "pair_list",
    "people_of", "people_of_all", "proposal_again", "propose", "redraw_homes", "set_line", "survey", "undo",
    "withdraw",
]  # fmt: skip
