"""How a pair fits: answered in private; and the coordinators' list of who wants help."""

from bot.domain.refusals import Refusal
from bot.services import match
from bot.views import match as views
from bot.views.common import sentence
from handlers.match.routing import router
from handlers.replies import Redraw, Replace, ReplaceAndShow, Reply, Say, Show
from handlers.turn import Surface, Turn
from storage.records.match import Fit, Help


@router.action("match.fit_say")
async def say(turn: Turn) -> Reply:
    """One press; whoever it does not fit is asked whether they want help."""
    fit = next((one for one in Fit if one == turn.choice), None)
    if fit is None:
        raise Refusal("common.errors.gone")
    facts = await match.say_fit(turn.kit, turn.actor, turn.value, fit)
    said = views.fit_said(turn.words, facts)
    return ReplaceAndShow(said, views.fit_form(turn.words, facts)) if fit is Fit.NOT_GOOD else Replace(said)


@router.action("match.fit", opens=True)
async def form(turn: Turn) -> Reply:
    return Show(views.fit_form(turn.words, await match.fit_form(turn.kit, turn.actor, turn.value)))


@router.submission("match.fit")
async def send(turn: Turn) -> Reply:
    fit = next((one for one in Fit if one == turn.form.choice("fit")), None)
    wanted = next((one for one in Help if one == turn.form.choice("help")), None)
    if fit is None:
        raise Refusal("common.errors.pick_one", field="fit")
    facts = await match.say_fit(turn.kit, turn.actor, turn.metadata.get("pair", ""), fit, wanted)
    return Say(views.fit_said(turn.words, facts))


@router.action("match.fit_undo")
async def undo(turn: Turn) -> Reply:
    message = views.fit_ask(turn.words, await match.forget_fit(turn.kit, turn.actor, turn.value))
    return Replace(message)


@router.action("match.wishes", opens=True)
async def wishes(turn: Turn) -> Reply:
    return Show(views.wishes(turn.words, await match.wish_list(turn.kit, turn.actor)))


@router.action("match.wish_done")
async def done(turn: Turn) -> Reply:
    pair, _, person = turn.value.partition("|")
    await match.wish_done(turn.kit, turn.actor, pair, person)
    if turn.surface is Surface.MODAL:
        return Redraw(views.wishes(turn.words, await match.wish_list(turn.kit, turn.actor)))
    return Replace(sentence(turn.words.say("fit.help.was_done")))
