"""From a pilot to a programme: volunteers are asked, a private channel is made with their consent.

asking   the question to everybody of a pilot, and their answers
desk     what coordinators see, and the channel
"""

from bot.services.steer.asking import answer, ask_all, load_ask
from bot.services.steer.desk import channel_form, desk, keep_channel, load_add, wanted

__all__ = [
    "answer", "ask_all", "channel_form", "desk", "keep_channel", "load_add", "load_ask", "wanted",
]  # fmt: skip
