"""`/revmentor admin`: the coordinators' Today."""

import handlers
from bot.services.programme import today as service
from bot.views.common import sentence
from bot.views.programme import today as view
from handlers.programme.routing import in_place, router
from handlers.replies import Reply, Say
from handlers.router import Who
from handlers.turn import Turn
from prompts import escape


@router.command("admin", Who.COORDINATOR)
async def today(turn: Turn) -> Reply:
    if turn.text:
        return Say(sentence(_unknown(turn)))
    return Say(view.today(turn.words, await service.today(turn.kit, turn.actor)))


@router.action("programme.today")
async def pressed(turn: Turn) -> Reply:
    return Say(view.today(turn.words, await service.today(turn.kit, turn.actor)))


@router.action("programme.failed")
async def failed(turn: Turn) -> Reply:
    lines = await service.failures(turn.kit, turn.actor)
    return in_place(turn, view.failures(turn.words, lines))


def _unknown(turn: Turn) -> str:
    nearest = handlers.routes().nearest(turn.text, under="admin ")
    key = "common.errors.did_you_mean" if nearest else "common.errors.unknown_command"
    word = escape(turn.text[:40])
    return turn.words.say(key, word=word, command=f"/revmentor {nearest}")
