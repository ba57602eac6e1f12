"""The one router of the step, and how its modals follow one another."""

from bot.views.parts import Modal
from handlers.replies import Redraw, Reply
from handlers.router import Router
from handlers.turn import Turn

router: Router = Router("programme")


def in_place(turn: Turn, modal: Modal) -> Reply:
    """The modal instead of the one whose button was pressed; opened where there is none."""
    return Redraw(modal)
