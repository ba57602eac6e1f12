"""Joining, the profile, where somebody stands; and for coordinators who is invited and who takes part."""

from handlers.enrol import inviting, joining, people, profile
from handlers.enrol.routing import router

__all__ = ["inviting", "joining", "people", "profile", "router"]
