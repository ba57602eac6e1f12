"""App Home and Today: `whole`, each pair (`pairs`), a senior's scorecard (`score`), the coordinators' part."""

from bot.services.home.score import scorecard
from bot.services.home.whole import home_of, load_home, opened, switch, today

__all__ = ["home_of", "load_home", "opened", "scorecard", "switch", "today"]
