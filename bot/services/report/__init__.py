"""The weekly report: the urns and the gate (`urn`), the sweep (`weekly`), when it comes (`plans`), what coordinators
ask for in between (`desk`)."""

from bot.services.report.plans import plan_weekly
from bot.services.report.urn import remember

__all__ = ["plan_weekly", "remember"]
