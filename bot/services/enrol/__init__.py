"""Taking part: joining (`joining`), the profile (`profile`), where one stands (`status`), who waits (`waiting`)."""

from bot.services.enrol.joining import about_form, consent_for, join, keep_in_step, offer, tell_me
from bot.services.enrol.profile import bring, bring_form, confide, edit, edit_form, matching_form, told
from bot.services.enrol.status import status
from bot.services.enrol.waiting import do_no_match_yet, load_cohort_open, load_joined, tell_waiting

__all__ = [
    "about_form", "bring", "bring_form", "confide", "consent_for", "do_no_match_yet", "edit", "edit_form", "join",
    "keep_in_step", "load_cohort_open", "load_joined", "matching_form", "offer", "status", "tell_me", "tell_waiting",
    "told",
]  # fmt: skip
