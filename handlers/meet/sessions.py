"""Sessions: their list, cancelling, logging, and saying whether they took place."""

from bot.services import meet
from bot.views import meet as views
from handlers.fields import learner_in
from handlers.meet.fields import booking_of
from handlers.meet.routing import router
from handlers.replies import Replace, ReplaceAndShow, Reply, Say, Show
from handlers.router import Who
from handlers.turn import Turn
from storage.records.meet import CancelReason, Hindrance, Said


@router.command("sessions", Who.PAIRED)
@router.action("meet.sessions")
async def sessions(turn: Turn) -> Reply:
    return Say(views.sessions(turn.words, await meet.sessions_of(turn.kit, turn.actor, turn.value)))


@router.command("cancel", Who.PAIRED, opens=True)
@router.action("meet.cancel", opens=True)
async def cancel(turn: Turn) -> Reply:
    return Show(views.cancel(turn.words, await meet.cancel_form(turn.kit, turn.actor, turn.value)))


@router.submission("meet.cancel")
async def cancelled(turn: Turn) -> Reply:
    """Moving shows the booking modal; having met early asks when."""
    session, what = turn.metadata.get("session", ""), turn.form.choice("meet.what")
    if what in ("off", "rest"):
        whose, reason = _hindrance(turn.form.choice("meet.whose")), turn.form.choice("meet.reason")
        why = next((r for r in CancelReason if r == reason), None)
        await meet.cancel(turn.kit, turn.actor, session, whose, why, rest=what == "rest")
        return Say(views.cancelled_done(turn.words))
    if what == "met":
        return await _already_met(turn, session)
    return Show(views.book(turn.words, await meet.book_form(turn.kit, turn.actor, moves=session)))


async def _already_met(turn: Turn, session: str) -> Reply:
    form = await meet.already_met(turn.kit, turn.actor, session)
    return Show(views.log(turn.words, form)) if form else Say(views.already(turn.words))


@router.command("met", Who.PAIRED, args="[date time]", aliases=("log",), opens=True)
async def met(turn: Turn) -> Reply:
    return Show(views.log(turn.words, await meet.log_form(turn.kit, turn.actor, text=turn.text)))


@router.submission("meet.log")
async def logged(turn: Turn) -> Reply:
    done = await meet.log(
        turn.kit, turn.actor, booking_of(turn), early=turn.metadata.get("early", ""), learner=learner_in(turn.form)
    )
    return Say(views.logged(turn.words, done))


@router.action("meet.met")
async def said_met(turn: Turn) -> Reply:
    facts = await meet.said(turn.kit, turn.actor, turn.value, Said.MET)
    return Replace(views.answered(turn.words, facts))


@router.action("meet.moved", opens=True)
async def said_moved(turn: Turn) -> Reply:
    """The message changes and the booking modal opens: one tap to the new time."""
    facts = await meet.said(turn.kit, turn.actor, turn.value, Said.MOVED)
    form = await meet.book_form(turn.kit, turn.actor, moves=turn.value)
    return ReplaceAndShow(views.answered(turn.words, facts), views.book(turn.words, form))


@router.action("meet.not_met")
async def said_not_met(turn: Turn) -> Reply:
    facts = await meet.said(turn.kit, turn.actor, turn.value, Said.NOT_MET)
    return Replace(views.answered(turn.words, facts))


@router.action("meet.why")
async def because(turn: Turn) -> Reply:
    whose = _hindrance(turn.choice) or Hindrance.OTHER
    return Replace(views.answered(turn.words, await meet.because(turn.kit, turn.actor, turn.value, whose)))


@router.action("meet.undo")
async def undo(turn: Turn) -> Reply:
    return Replace(views.undone(turn.words, await meet.undo(turn.kit, turn.actor, turn.value)))


def _hindrance(value: str | None) -> Hindrance | None:
    return next((side for side in Hindrance if side == value), None)
