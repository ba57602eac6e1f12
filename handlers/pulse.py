"""Load and safety in Slack: two taps in the message, or a modal from Home."""

from bot.domain.pulse import PulseFacts, needs_support
from bot.domain.refusals import Refusal, Refusals
from bot.services import pulse, support
from bot.views import pulse as views
from bot.views.parts import Modal
from handlers.replies import Replace, ReplaceAndShow, Reply, Say, Show
from handlers.router import Router
from handlers.turn import Turn
from storage.records.pulse import Load, Safety

router = Router("pulse")


@router.action("pulse.tap")
async def tap(turn: Turn) -> Reply:
    """One of the two answers; the second one may open the card with the doors, for this person alone."""
    name, _, code = turn.choice.partition("_")
    load, safety = _load(code if name == "load" else ""), _safety(code if name == "safety" else "")
    if load is None and safety is None:
        raise Refusal("common.errors.gone")
    facts = await pulse.say(turn.kit, turn.actor, turn.value, load, safety)
    message = views.said(turn.words, facts)
    return ReplaceAndShow(message, await _card(turn)) if needs_support(facts.pulse) else Replace(message)


@router.action("pulse.change")
async def change(turn: Turn) -> Reply:
    """The questions again, with what was said marked."""
    return Replace(views.ask(turn.words, await pulse.form(turn.kit, turn.actor, turn.value)))


@router.action("pulse.take_back")
async def take_back(turn: Turn) -> Reply:
    return Replace(views.ask(turn.words, await pulse.take_back(turn.kit, turn.actor, turn.value)))


@router.action("pulse.open", opens=True)
async def form(turn: Turn) -> Reply:
    return Show(views.form(turn.words, await pulse.form(turn.kit, turn.actor, turn.value)))


@router.submission("pulse.form")
async def send(turn: Turn) -> Reply:
    load, safety = _load(turn.form.choice(views.LOAD)), _safety(turn.form.choice(views.SAFETY))
    missing = [name for name, given in ((views.LOAD, load), (views.SAFETY, safety)) if given is None]
    if missing:
        raise Refusals([Refusal("common.errors.pick_one", field=name) for name in missing])
    facts = await pulse.say(turn.kit, turn.actor, turn.metadata.get("pulse", ""), load, safety)
    return await _after(turn, facts)


async def _after(turn: Turn, facts: PulseFacts) -> Reply:
    return Show(await _card(turn)) if needs_support(facts.pulse) else Say(views.said(turn.words, facts))


async def _card(turn: Turn) -> Modal:
    return views.card(turn.words, await support.doors(turn.kit, turn.actor))


def _load(code: str | None) -> Load | None:
    return next((one for one in Load if one == code), None)


def _safety(code: str | None) -> Safety | None:
    return next((one for one in Safety if one == code), None)
