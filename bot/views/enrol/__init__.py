"""Drawings of taking part: joining and the profile (`joining`), the messages and `status` (`standing`)."""

from bot.views.enrol.joining import about, choose, consent, done, none_open, saved, wished
from bot.views.enrol.standing import cohort_open, joined, no_match_yet, status

__all__ = [
    "about", "choose", "cohort_open", "consent", "done", "joined", "no_match_yet", "none_open", "saved", "status",
    "wished",
]  # fmt: skip
