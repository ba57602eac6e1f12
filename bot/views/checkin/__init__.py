"""How the check-in looks: invitations, the four questions, the reflection, asks."""

from bot.views.checkin.asks import added, ask, wording, your_words
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
from bot.views.checkin.mirror import mirror, reflected
from bot.views.checkin.sheet import sheet, thanks

__all__ = [
    "added", "answered", "ask", "invite", "mirror", "passed", "put_off", "reflected", "reflection",
    "reflection_reminder", "reminder", "sheet", "skipped", "thanks", "wording", "your_words",
]  # fmt: skip
