"""What coordinators send by hand: nudges from templates (`nudging`), their own words to a cohort (`announcing`)."""

from bot.services.tell.announcing import (
    announce,
    announce_desk,
    announce_preview,
    do_announce,
    load_announcement,
    undo_announcement,
)
from bot.services.tell.nudging import do_nudge, load_nudge, nudge, nudge_desk, undo_nudge

__all__ = [
    "announce", "announce_desk", "announce_preview", "do_announce", "do_nudge", "load_announcement", "load_nudge",
    "nudge", "nudge_desk", "undo_announcement", "undo_nudge",
]  # fmt: skip
