"""Commands, buttons and modals of the programme itself."""

from handlers.programme import audit, cohorts, content, coordinators, setup, testing, today
from handlers.programme.routing import router

__all__ = ["audit", "cohorts", "content", "coordinators", "router", "setup", "testing", "today"]
