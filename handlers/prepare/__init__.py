"""Commands, buttons and modals of preparing."""

from handlers.prepare import agenda, contract, icebreakers
from handlers.prepare.routing import router

__all__ = ["agenda", "contract", "icebreakers", "router"]
