"""App Home and Today: the whole (here), its pairs (`pairs`), the coordinator's part (`coordinator`)."""

from bot.services.home.whole import home_of, load_home, opened, switch, today

__all__ = ["home_of", "load_home", "opened", "switch", "today"]
