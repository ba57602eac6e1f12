"""Joining, the profile, where somebody stands; and for coordinators who is invited and who takes part."""

from handlers.enrol import joining, profile
from handlers.enrol.routing import router

__all__ = ["joining", "profile", "router"]
