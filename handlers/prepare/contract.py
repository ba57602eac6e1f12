"""How a pair works together: read, written, agreed to, looked at again; and the coordinators' sentence in it."""

from bot.domain.prepare import ContractForm, ContractView, Typed
from bot.services.prepare import confidentiality, contract, review
from bot.views import prepare as views
from bot.views.parts import Modal
from handlers.prepare.routing import router
from handlers.replies import Redraw, Replace, Reply, Say, Show
from handlers.router import Who
from handlers.shape import number
from handlers.turn import Surface, Turn


@router.command("contract", Who.PAIRED, opens=True)
async def show_contract(turn: Turn) -> Reply:
    """What was written last; the empty modal where nothing was."""
    return Show(_drawn(turn, await contract.look(turn.kit, turn.actor)))


@router.action("prepare.contract", opens=True)
async def read(turn: Turn) -> Reply:
    return Show(_drawn(turn, await contract.look(turn.kit, turn.actor, turn.value)))


@router.action("prepare.contract_with")
async def other_partner(turn: Turn) -> Reply:
    """Another pair was chosen in the modal."""
    return Redraw(_drawn(turn, await contract.look(turn.kit, turn.actor, turn.choice)))


@router.action("prepare.contract_edit", opens=True)
async def edit(turn: Turn) -> Reply:
    return Show(views.contract_form(turn.words, await contract.contract_form(turn.kit, turn.actor, turn.value)))


@router.submission("prepare.contract")
async def save(turn: Turn) -> Reply:
    """Shown to both; or once more, with what was typed, where the partner was quicker."""
    form, metadata = turn.form, turn.metadata
    typed = Typed(
        form.choices("prepare.principles"), form.text("prepare.off_limits"), form.text("prepare.place"),
        form.text("prepare.disagreeing"), _number(turn, "prepare.cadence"), _number(turn, "prepare.minutes"),
        _number(turn, "prepare.notice"), form.day("prepare.review_on"),
    )  # fmt: skip
    pair_id, base = metadata.get("pair", ""), metadata.get("base", "")
    found = await contract.save_contract(turn.kit, turn.actor, pair_id, typed, base)
    return Show(_drawn(turn, found)) if isinstance(found, ContractView) else Redraw(_drawn(turn, found))


@router.action("prepare.contract_agree")
async def agree(turn: Turn) -> Reply:
    return _said(turn, await contract.agree(turn.kit, turn.actor, turn.value))


@router.action("prepare.contract_undo")
async def undo(turn: Turn) -> Reply:
    return _said(turn, await contract.take_back(turn.kit, turn.actor, turn.value))


@router.action("prepare.fits")
async def fits(turn: Turn) -> Reply:
    return Replace(views.review(turn.words, await review.still_fits(turn.kit, turn.actor, turn.value)))


@router.command("admin contract", Who.COORDINATOR, opens=True)
@router.action("prepare.confidentiality", opens=True)
async def edit_exceptions(turn: Turn) -> Reply:
    own = await confidentiality.exceptions(turn.kit, turn.actor)
    return Show(views.exceptions_form(turn.words, own))


@router.submission("prepare.exceptions")
async def save_exceptions(turn: Turn) -> Reply:
    await confidentiality.set_exceptions(turn.kit, turn.actor, turn.form.text("prepare.exceptions"))
    return Say(views.exceptions_saved(turn.words))


def _drawn(turn: Turn, found: ContractView | ContractForm) -> Modal:
    if isinstance(found, ContractForm):
        return views.contract_form(turn.words, found)
    return views.contract_modal(turn.words, found)


def _said(turn: Turn, view: ContractView) -> Reply:
    """Where it was pressed: in the modal, or in the message that both see."""
    if turn.surface is Surface.MODAL:
        return Redraw(views.contract_modal(turn.words, view))
    return Replace(views.contract(turn.words, view.facts))


def _number(turn: Turn, name: str) -> int:
    return number(turn.form.choice(name), 0)
