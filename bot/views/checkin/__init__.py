"""How the check-in looks: invitations, the four questions, the reflection, the trend."""

from bot.views.checkin.invite import (
    answered,
    invite,
    passed,
    put_off,
    reflection,
    reflection_reminder,
    reminder,
    skipped,
)
from bot.views.checkin.learner import LEARNER, learner_blocks, learner_field, learner_offer, learner_part
from bot.views.checkin.mirror import mirror, reflected
from bot.views.checkin.sheet import sheet, thanks
from bot.views.checkin.trend import over_time, trend

__all__ = [
    "LEARNER", "answered", "invite", "learner_blocks", "learner_field", "learner_offer", "learner_part", "mirror",
    "over_time", "passed", "put_off", "reflected", "reflection", "reflection_reminder", "reminder", "sheet",
    "skipped", "thanks", "trend",
]  # fmt: skip
