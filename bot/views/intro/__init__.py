"""How introductions look: messages, lists and Homes (`lists`), modals (`forms`)."""

from bot.views.intro.forms import agree, better, decline, form
from bot.views.intro.lists import home, home_waiting, listed, status
from bot.views.intro.messages import asked, done, due, let_go, said, talked, told, waiting
from bot.views.intro.naming import whom

__all__ = [
    "agree", "asked", "better", "decline", "done", "due", "form", "home", "home_waiting", "let_go", "listed", "said",
    "status", "talked", "told", "waiting", "whom",
]  # fmt: skip
