"""Commands, buttons and modals of coordinators' figures and lists."""

from handlers.report import digest, pairs, paper
from handlers.report.routing import router

__all__ = ["digest", "pairs", "paper", "router"]
