"""Commands, buttons and modals of the programme itself."""

from handlers.programme import cohorts, coordinators, setup, today
from handlers.programme.routing import router

__all__ = ["cohorts", "coordinators", "router", "setup", "today"]
