"""`/revmentor admin pairs` and `admin pair-info`: how pairs are doing, and what a coordinator does about one."""

from bot.domain.refusals import Refusal
from bot.domain.report.pairs import PairFilter, Stands
from bot.services import match
from bot.services.report import pairs as service
from bot.services.report.matters import matter_list
from bot.views.parts import Modal
from bot.views.report import modals
from bot.views.report import pairs as view
from handlers.people import mentions
from handlers.replies import Redraw, Reply, Show
from handlers.report.routing import router
from handlers.router import Who
from handlers.shape import number
from handlers.turn import Turn
from prompts import escape

_ECHO = 40
"""Of what somebody typed, so much is read back."""


@router.command("admin pairs", Who.COORDINATOR, opens=True, args="[attention | at risk | asked | paused | over]")
@router.action("match.pairs", opens=True)
async def pairs(turn: Turn) -> Reply:
    return Show(await _list(turn, PairFilter(stands=_typed(turn))))


@router.action("report.pairs")
async def pairs_of(turn: Turn) -> Reply:
    """From the lights: the pairs of one cohort."""
    return Redraw(await _list(turn, PairFilter(turn.value)))


@router.action("report.pairs_cohort")
@router.action("report.pairs_show")
@router.submission("report.pairs")
async def filtered(turn: Turn) -> Reply:
    return Redraw(await _list(turn, _chosen(turn)))


@router.action("report.pairs_page")
async def page(turn: Turn) -> Reply:
    return Redraw(await _list(turn, _chosen(turn, number(turn.value, 0))))


@router.action("match.withdraw")
async def withdraw(turn: Turn) -> Reply:
    """A suggestion is taken back."""
    gone = await match.withdraw(turn.kit, turn.actor, turn.value)
    facts = await service.pair_page(turn.kit, turn.actor, _chosen(turn))
    return Redraw(view.pairs(turn.words, facts, gone))


@router.action("report.pair")
async def pair(turn: Turn) -> Reply:
    return Show(view.pair(turn.words, await service.pair_card(turn.kit, turn.actor, turn.value)))


@router.action("report.matters", opens=True)
async def matters(turn: Turn) -> Reply:
    return Show(modals.matters(turn.words, await matter_list(turn.kit, turn.actor)))


@router.command("admin pair-info", Who.COORDINATOR, args="@person [@partner]", opens=True)
async def pair_info(turn: Turn) -> Reply:
    """One person's pair, or that of two; several are listed."""
    named = mentions(turn.text)
    if not named:
        if turn.text:
            raise Refusal("pairs.refused.no_pair")
        return Show(await _list(turn, PairFilter()))
    found = await service.pair_of(turn.kit, turn.actor, named)
    cards = [await service.pair_card(turn.kit, turn.actor, one) for one in found[:10]]
    return Show(view.pair(turn.words, cards[0]) if len(cards) == 1 else view.which(turn.words, cards))


async def _list(turn: Turn, wanted: PairFilter) -> Modal:
    return view.pairs(turn.words, await service.pair_page(turn.kit, turn.actor, wanted))


def _typed(turn: Turn) -> Stands | None:
    """What stands behind the command, in the list's own words. Raises Refusal that names them for any other."""
    wanted = " ".join(turn.typed.casefold().replace("_", " ").split())
    names = {turn.words.say(f"pairs.stands.{one}").casefold(): one for one in Stands}
    known = ", ".join(f"`{name}`" for name in names)
    names |= {one.value.replace("_", " "): one for one in Stands}
    if wanted and wanted not in names:
        raise Refusal("pairs.refused.no_such", wanted=escape(wanted[:_ECHO]), known=known)
    return names.get(wanted)


def _chosen(turn: Turn, at: int = 0) -> PairFilter:
    """What stands in the fields of the window."""
    cohort = turn.form.choice(view.COHORT) or ""
    stands = next((one for one in Stands if one == turn.form.choice(view.STANDS)), None)
    return PairFilter("" if cohort == view.ANY else cohort, stands, at)
