"""`/revmentor admin coordinators`: the list, add, remove."""

from bot.domain.refusals import Refusal
from bot.services.programme import coordinators as service
from bot.views.parts import Message
from bot.views.programme import coordinators as view
from handlers.people import mentions, profile_of
from handlers.programme.routing import router
from handlers.replies import Redraw, Replace, Reply, Say, Show
from handlers.router import Who
from handlers.turn import Surface, Turn


@router.command("admin coordinators", Who.COORDINATOR, args="[add|remove @person]", aliases=("admin coordinator",))
async def coordinators(turn: Turn) -> Reply:
    verb, _, rest = turn.text.partition(" ")
    if verb.lower() == "add":
        return Say(await _add(turn, _one(rest, "/revmentor admin coordinators add @person"), None))
    if verb.lower() == "remove":
        return Say(await _remove(turn, _one(rest, "/revmentor admin coordinators remove @person")))
    return Say(view.coordinators(turn.words, *await service.all_of(turn.kit, turn.actor)))


@router.action("programme.coordinators")
async def listed(turn: Turn) -> Reply:
    message = view.coordinators(turn.words, *await service.all_of(turn.kit, turn.actor))
    return Redraw(view.in_modal(turn.words, message)) if turn.surface is Surface.MODAL else Say(message)


@router.action("programme.coordinator_add")
async def adding(turn: Turn) -> Reply:
    await service.all_of(turn.kit, turn.actor)
    return Show(view.adding(turn.words))


@router.submission("programme.coordinator_add")
async def add(turn: Turn) -> Reply:
    return Show(view.in_modal(turn.words, await _add(turn, turn.form.user("person") or "", "person")))


@router.action("programme.coordinator_remove")
async def remove(turn: Turn) -> Reply:
    message = await _remove(turn, turn.value)
    return Redraw(view.in_modal(turn.words, message)) if turn.surface is Surface.MODAL else Replace(message)


async def _add(turn: Turn, user_id: str, field: str | None) -> Message:
    profile = await profile_of(turn, user_id, field=field)
    known, people = await service.add(turn.kit, turn.actor, profile)
    news = turn.words.say("programme.coordinators.done_added", person=f"<@{user_id}>")
    return view.coordinators(turn.words, known, people, news)


async def _remove(turn: Turn, user_id: str) -> Message:
    known, people = await service.remove(turn.kit, turn.actor, user_id)
    channel = f"<#{known.channel_id}>"
    if user_id == turn.actor.user_id:
        return view.left(turn.words)
    news = turn.words.say("programme.coordinators.done_removed", person=f"<@{user_id}>", channel=channel)
    return view.coordinators(turn.words, known, people, news)


def _one(text: str, command: str) -> str:
    """The one person that a line names. Raises Refusal with how to name them."""
    named = mentions(text)
    if len(named) != 1:
        key = "programme.refused.one_person" if named else "programme.refused.no_mention"
        raise Refusal(key, command=command)
    return named[0]
