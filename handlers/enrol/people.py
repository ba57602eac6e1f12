"""`/revmentor admin people`: the list, one person's card, and what a coordinator does from there."""

from bot.domain.enrol import Card, Filter, Standing
from bot.services import enrol, match
from bot.views import enrol as views
from bot.views import match as match_views
from bot.views.enrol.people import SIDE, STATE, TEXT
from bot.views.parts import Modal
from handlers.enrol.routing import router
from handlers.replies import Redraw, Reply, Say, Show
from handlers.router import Who
from handlers.shape import number
from handlers.turn import Turn
from storage.records.enrol import Side


@router.command("admin people", Who.COORDINATOR, args="[filter]", opens=True)
@router.action("enrol.people", opens=True)
async def people(turn: Turn) -> Reply:
    return Show(await _list(turn, _typed(turn)))


@router.action("enrol.people_state")
@router.action("enrol.people_side")
async def filtered(turn: Turn) -> Reply:
    return Redraw(await _list(turn, _chosen(turn)))


@router.submission("enrol.people")
async def search(turn: Turn) -> Reply:
    return Show(await _list(turn, _chosen(turn)))


@router.action("enrol.people_page")
async def page(turn: Turn) -> Reply:
    return Redraw(await _list(turn, _chosen(turn, number(turn.value, 0))))


@router.action("enrol.person")
async def person(turn: Turn) -> Reply:
    return Show(views.person(turn.words, await _card(turn, turn.value)))


@router.action("enrol.pair")
async def pair(turn: Turn) -> Reply:
    """The window for pairing by hand, with this person in it."""
    card = await enrol.card(turn.kit, turn.actor, place=turn.value)
    user, junior = card.row.user_id, turn.choice == Side.JUNIOR
    desk = await match.survey(turn.kit, turn.actor, user if junior else None, None if junior else user)
    return Show(match_views.desk(turn.words, desk))


@router.action("enrol.line")
async def line(turn: Turn) -> Reply:
    known = dict((await match.line_list(turn.kit, turn.actor)).lines)
    return Show(views.line(turn.words, turn.value, known.get(turn.value)))


@router.submission("enrol.line")
async def save_line(turn: Turn) -> Reply:
    manager = "" if "yes" in turn.form.choices("top") else turn.form.user("manager")
    return Say(
        match_views.lines_said(
            turn.words, await match.set_line(turn.kit, turn.actor, turn.metadata.get("user", ""), manager)
        )
    )


@router.action("enrol.ask_again")
async def ask_again(turn: Turn) -> Reply:
    asked = await enrol.ask_again(turn.kit, turn.actor, turn.value)
    card = await enrol.card(turn.kit, turn.actor, invitation=turn.value)
    news = turn.words.say("enrol.person.asked", person=f"<@{asked.user_id}>")
    return Redraw(views.person(turn.words, card, news))


async def _list(turn: Turn, wanted: Filter) -> Modal:
    return views.people(turn.words, await enrol.people(turn.kit, turn.actor, wanted))


async def _card(turn: Turn, value: str) -> Card:
    kind, _, which = value.partition(":")
    if kind == "place":
        return await enrol.card(turn.kit, turn.actor, place=which)
    return await enrol.card(turn.kit, turn.actor, invitation=which)


def _typed(turn: Turn) -> Filter:
    """What stands behind the command: a state, a side, and anything else to look for."""
    states = {turn.words.say(f"enrol.people.states.{one}").casefold(): one for one in Standing}
    states |= {one.value: one for one in Standing}
    sides = {name: side for side in Side for name in (side.value, f"{side}s")}
    words = turn.typed.replace("@", " ").split()
    standing = next((states[word] for one in words if (word := one.casefold()) in states), None)
    side = next((sides[word] for one in words if (word := one.casefold()) in sides), None)
    rest = [one for one in words if one.casefold() not in states and one.casefold() not in sides]
    return Filter(standing, side, " ".join(rest)[:60])


def _chosen(turn: Turn, at: int = 0) -> Filter:
    """What stands in the fields of the window."""
    form = turn.form
    standing = next((one for one in Standing if one == form.choice(STATE)), None)
    side = next((one for one in Side if one == form.choice(SIDE)), None)
    return Filter(standing, side, form.text(TEXT)[:60], at)
