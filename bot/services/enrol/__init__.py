"""Taking part: joining (`joining`), the profile (`profile`), where one stands (`status`), who waits (`waiting`).

For coordinators: whom to invite (`inviting`), and who takes part (`listing`). `following` keeps up with Slack.
"""

from bot.services.enrol.following import (
    do_sync,
    keep_in_step,
    organisation,
    organisation_of,
    page_read,
    plan_sync,
    unlisted,
)
from bot.services.enrol.inviting import (
    ask_again,
    decline,
    do_remind_invitation,
    invite,
    invite_desk,
    load_invitation,
    looked_over,
    take_back,
    unasked,
)
from bot.services.enrol.joining import about_form, consent_for, join, offer, tell_me
from bot.services.enrol.listing import card, people
from bot.services.enrol.profile import bring, bring_form, confide, edit, edit_form, matching_form, told
from bot.services.enrol.status import status
from bot.services.enrol.waiting import do_no_match_yet, load_cohort_open, load_joined, tell_waiting

__all__ = [
    "about_form", "ask_again", "bring", "bring_form", "card", "confide", "consent_for", "decline", "do_no_match_yet",
    "do_remind_invitation", "do_sync", "edit", "edit_form", "invite", "invite_desk", "join", "keep_in_step",
    "load_cohort_open", "load_invitation", "load_joined", "looked_over", "matching_form", "offer", "organisation",
    "organisation_of", "page_read", "people", "plan_sync", "status", "take_back", "tell_me",
    "tell_waiting", "told", "unasked", "unlisted",
]  # fmt: skip
