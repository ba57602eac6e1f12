"""Drawings of taking part: joining, the profile and its card (`told`), the messages and `status` (`standing`)."""

from bot.views.enrol.inviting import declined, invitation, invite, invite_sure, invited
from bot.views.enrol.joining import choose, consent, done, none_open, wished
from bot.views.enrol.people import line, people, person
from bot.views.enrol.profile import about, bring, matching
from bot.views.enrol.standing import cohort_open, joined, no_match_yet, status
from bot.views.enrol.told import told

__all__ = [
    "about", "bring", "choose", "cohort_open", "consent", "declined", "done", "invitation", "invite", "invite_sure",
    "invited", "joined", "line", "matching", "no_match_yet", "none_open", "people", "person", "status", "told",
    "wished",
]  # fmt: skip
