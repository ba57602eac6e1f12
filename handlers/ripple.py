"""Ripples in Slack: one press opens the list, the next logs what happened."""

from bot.services import ripple
from bot.views import ripple as views
from handlers.replies import Replace, Reply, Say, Show
from handlers.router import Router, Who
from handlers.turn import Surface, Turn
from storage.records.ripple import RippleKind

router = Router("ripple")


@router.command("ripple", Who.ALL, aliases=("ripples",))
async def typed(turn: Turn) -> Reply:
    """Of a running pair, or of the latest that has ended."""
    return Say(views.ripples(turn.words, await ripple.listed(turn.kit, turn.actor)))


@router.action("ripple.list")
async def listed(turn: Turn) -> Reply:
    """The same from a button: from a message or a Home beside it, in a modal in place."""
    message = views.ripples(turn.words, await ripple.listed(turn.kit, turn.actor, turn.value or "-"))
    return Replace(message) if turn.surface is Surface.MODAL else Say(message)


@router.action("ripple.log")
async def log(turn: Turn) -> Reply:
    kind = next((one for one in RippleKind if one == turn.choice), RippleKind.PRACTICE)
    return Replace(views.ripples(turn.words, await ripple.log(turn.kit, turn.actor, turn.value or "-", kind)))


@router.action("ripple.undo")
async def undo(turn: Turn) -> Reply:
    return Replace(views.ripples(turn.words, await ripple.undo(turn.kit, turn.actor, turn.value)))


@router.action("ripple.line", opens=True)
async def line_form(turn: Turn) -> Reply:
    return Show(views.line_form(turn.words, await ripple.line_form(turn.kit, turn.actor, turn.value)))


@router.submission("ripple.line")
async def line(turn: Turn) -> Reply:
    """A line that both of the pair see."""
    told = turn.form.text("ripple.line")
    facts = await ripple.say_more(turn.kit, turn.actor, turn.metadata.get("ripple", ""), told)
    return Say(views.ripples(turn.words, facts))
