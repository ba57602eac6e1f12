"""Leaving in Slack: the form, staying after all, and whether an ended pair counts as completed."""

from bot.services import leave
from bot.views import leave as views
from bot.views.common import notice
from bot.views.parts import Message
from handlers.replies import Redraw, Replace, Reply, Say, Show
from handlers.router import Router, Who
from handlers.turn import Surface, Turn
from storage.records.leave import LeaveReason

router = Router("leave")


@router.command("leave", Who.ENROLLED, opens=True)
@router.action("leave.form", opens=True)
async def form(turn: Turn) -> Reply:
    return Show(views.form(turn.words, await leave.form(turn.kit, turn.actor)))


@router.submission("leave.ask")
async def ask(turn: Turn) -> Reply:
    """It happens in ten minutes."""
    chosen = turn.form.choice("leave.reason")
    reason = next((one for one in LeaveReason if one == chosen), None)
    what = turn.form.choice("leave.what") or ""
    facts = await leave.ask(turn.kit, turn.actor, what, reason=reason, note=turn.form.text("leave.note"))
    return Say(views.asked(turn.words, facts))


@router.action("leave.undo")
async def undo(turn: Turn) -> Reply:
    await leave.undo(turn.kit, turn.actor, turn.value)
    return _in_place(turn, views.stayed(turn.words))


@router.action("leave.word")
async def word(turn: Turn) -> Reply:
    """One side says whether the pair counts as completed."""
    facts = await leave.say(turn.kit, turn.actor, turn.value, completed=turn.choice == "yes")
    return Replace(views.answered(turn.words, facts))


@router.action("leave.reword")
async def reword(turn: Turn) -> Reply:
    return Replace(views.asked_again(turn.words, await leave.question(turn.kit, turn.actor, turn.value)))


def _in_place(turn: Turn, message: Message) -> Reply:
    """What was pressed changes: a modal in place, a message in place."""
    return Redraw(notice(turn.words, message)) if turn.surface is Surface.MODAL else Replace(message)
