"""Support, open to everybody in the workspace.

doors     who reads what, before anything is typed
asking    a request to the coordinators
concerns  the one message that is sent at once and stored nowhere, and safe contacts who leave
links     the organisation's own links to help
"""

from bot.services.support.asking import ask, load_asked
from bot.services.support.concerns import contact_changed, forget, load_contact_gone, matters, may_reach, note_down
from bot.services.support.doors import doors
from bot.services.support.links import links, set_links

__all__ = [
    "ask", "contact_changed", "doors", "forget", "links", "load_asked", "load_contact_gone", "matters", "may_reach",
    "note_down", "set_links",
]  # fmt: skip
