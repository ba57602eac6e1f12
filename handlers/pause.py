"""Pausing and going on."""

from bot.services import pause as service
from bot.views import pause as views
from handlers.replies import Replace, Reply, Say, Show
from handlers.router import Router, Who
from handlers.turn import Turn

router = Router("pause")


@router.command("pause", Who.ENROLLED, args="[until]", opens=True)
async def pause(turn: Turn) -> Reply:
    """The modal; what was typed after the command is the day in it."""
    return Show(views.form(turn.words, await service.form(turn.kit, turn.actor, turn.typed)))


@router.action("pause.open", opens=True)
async def from_button(turn: Turn) -> Reply:
    return Show(views.form(turn.words, await service.form(turn.kit, turn.actor)))


@router.submission("pause.new")
async def new(turn: Turn) -> Reply:
    until, note = turn.form.day("pause.until"), turn.form.text("pause.note")
    return Say(views.done(turn.words, await service.pause(turn.kit, turn.actor, until, note)))


@router.command("resume", Who.ENROLLED)
async def resume(turn: Turn) -> Reply:
    await service.resume(turn.kit, turn.actor)
    return Say(views.resumed_now(turn.words))


@router.action("pause.resume")
async def resume_from_button(turn: Turn) -> Reply:
    await service.resume(turn.kit, turn.actor)
    return Replace(views.resumed_now(turn.words))


@router.action("pause.undo")
async def undo(turn: Turn) -> Reply:
    """Within ten minutes nobody ever hears of it."""
    await service.undo(turn.kit, turn.actor, turn.value)
    return Replace(views.undone(turn.words))
