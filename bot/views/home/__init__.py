"""App Home for everybody, most important on top, and Today, its short form for `/revmentor`."""

from bot.views.home.score import scorecard
from bot.views.home.today import today
from bot.views.home.whole import home

__all__ = ["home", "scorecard", "today"]
