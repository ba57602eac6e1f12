"""Commands, buttons and modals of the programme itself."""

from handlers.programme import audit, cohorts, coordinators, setup, testing, today
from handlers.programme.routing import router

__all__ = ["audit", "cohorts", "coordinators", "router", "setup", "testing", "today"]
