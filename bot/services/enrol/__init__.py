"""Taking part: joining and the profile (`joining`), where one stands (`status`), and who still waits (`waiting`)."""

from bot.services.enrol.joining import about_form, consent_for, edit, join, keep_in_step, offer, tell_me
from bot.services.enrol.status import status
from bot.services.enrol.waiting import do_no_match_yet, load_cohort_open, load_joined, tell_waiting

__all__ = [
    "about_form", "consent_for", "do_no_match_yet", "edit", "join", "keep_in_step", "load_cohort_open", "load_joined",
    "offer", "status", "tell_me", "tell_waiting",
]  # fmt: skip
