"""Commands, buttons and modals about sessions."""

from handlers.meet import booking, offers, sessions
from handlers.meet.routing import router

__all__ = ["booking", "offers", "router", "sessions"]
