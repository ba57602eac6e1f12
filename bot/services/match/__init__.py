"""Pairing: coordinators suggest (`pairing`), two people answer (`asking`), a pair starts (`starting`).

`letters` loads what the messages say; `lines` keeps reporting lines and conflicts of interest. Matching a cohort:
`running` computes, `reviewing` and `swapping` are what coordinators decide. `fitting` asks how a pair fits.
"""

from bot.services.match.asking import answer, ask_coordinator, asked_now, close, knows_of, undo
from bot.services.match.fitting import (
    do_fit,
    do_fit_help,
    fit_form,
    fit_times,
    forget_fit,
    load_fit,
    load_fit_help,
    plan_fit,
    put_off_fit,
    say_fit,
    unplan_fit,
    wish_done,
    wish_list,
    wishes_for,
)
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
from bot.services.match.pairing import PROPOSALS, propose, survey, withdraw
from bot.services.match.people import people_of, people_of_all, redraw_homes
from bot.services.match.reviewing import approve, do_ask_junior, hold, review, undo_approval
from bot.services.match.running import begin, compute, do_match_run, load_ready, match_desk, open_cohorts, weigh
from bot.services.match.shelves import counts_of
from bot.services.match.starting import (
    do_ask_senior,
    do_expire_proposal,
    do_first_contact,
    do_remind_proposal,
    do_start_pair,
    do_tell_declined,
)
from bot.services.match.swapping import swap, swap_form

__all__ = [
    "PROPOSALS", "answer", "approve", "ask_coordinator", "asked_now", "begin", "close", "compute", "conflict_list",
    "counts_of", "declare", "do_ask_junior", "do_ask_senior", "do_expire_proposal", "do_first_contact", "do_fit",
    "do_fit_help", "do_match_run", "do_remind_proposal", "do_start_pair", "do_tell_declined", "fit_form", "fit_times",
    "forget_fit", "hold", "knows_of", "line_list", "load_closed", "load_first_contact", "load_fit", "load_fit_help",
    "load_proposal", "load_question", "load_ready", "load_start", "load_to_one", "match_desk", "open_cohorts",
    "people_of", "people_of_all", "plan_fit", "proposal_again", "propose", "put_off_fit", "redraw_homes", "review",
    "say_fit", "set_line", "survey", "swap", "swap_form", "undo", "undo_approval", "unplan_fit", "weigh", "wish_done",
    "wish_list", "wishes_for", "withdraw",
]  # fmt: skip
