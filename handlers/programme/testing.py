"""`/revmentor admin test`: every kind of message to oneself."""

from bot.services.programme import testing as service
from bot.views.common import sentence
from bot.views.programme import sample as view
from handlers.programme.routing import router
from handlers.replies import Reply, Say, Show
from handlers.router import Who
from handlers.turn import Turn


@router.command("admin test", Who.COORDINATOR, opens=True)
async def ask(turn: Turn) -> Reply:
    await service.allowed(turn.kit, turn.actor)
    return Show(view.testing(turn.words))


@router.submission("programme.test")
async def send(turn: Turn) -> Reply:
    n = await service.send(turn.kit, turn.actor, turn.form.choice("step") or "all")
    return Say(sentence(turn.words.say("programme.sample.sent", n=n)))


@router.action("programme.sample")
async def inert(turn: Turn) -> Reply:
    """Whatever was pressed in a test message."""
    return Say(sentence(turn.words.say("programme.sample.inert")))
