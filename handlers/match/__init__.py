"""Commands, buttons and modals of matching: by hand, a whole cohort, and how a pair fits."""

from handlers.match import fitting, pairing, reviewing
from handlers.match.routing import router

__all__ = ["fitting", "pairing", "reviewing", "router"]
