"""Support: the four doors (`doors`), what is written behind them (`forms`), and what reaches others (`letters`)."""

from bot.views.support.doors import doors
from bot.views.support.forms import concern, concern_sent, edit_links, links_kept, request, request_sent
from bot.views.support.letters import asked, concern_letter, contact_gone

__all__ = [
    "asked", "concern", "concern_letter", "concern_sent", "contact_gone", "doors", "edit_links", "links_kept",
    "request", "request_sent",
]  # fmt: skip
