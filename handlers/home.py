"""`/revmentor` alone, opening the app, and the switch between the two sides."""

from typing import Any

from bot.services import home as service
from bot.services.kit import Kit
from bot.views import home as view
from handlers.replies import Nothing, Reply, Say, Show
from handlers.router import Router, Who
from handlers.turn import Turn
from storage.records.enrol import Side
from storage.store import Tx

router = Router("home")


@router.command("", Who.ALL)
async def today(turn: Turn) -> Reply:
    return Say(view.today(turn.words, await service.today(turn.kit, turn.actor)))


@router.action("home.side")
async def switch(turn: Turn) -> Reply:
    """The Home is drawn anew on the other side."""
    await service.switch(turn.kit, turn.actor, Side.SENIOR if turn.value == Side.SENIOR else Side.JUNIOR)
    return Nothing()


@router.action("home.score", opens=True)
async def score(turn: Turn) -> Reply:
    """A senior's own scorecard, with what lies behind it."""
    return Show(view.scorecard(turn.words, await service.scorecard(turn.kit, turn.actor)))


@router.event("app_home_opened")
async def opened(kit: Kit, tx: Tx, event: dict[str, Any]) -> None:
    await service.opened(kit, tx, event)
