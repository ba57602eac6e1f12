"""Booking and moving: the modal, its suggestions, and both clocks while somebody chooses."""

from datetime import UTC, datetime

from bot.domain.meet import Booking
from bot.services import meet
from bot.views import meet as views
from handlers.meet.fields import booking_of, minutes_of, pair_of, place_of, whole_minute
from handlers.meet.routing import router
from handlers.replies import Close, Redraw, Reply, Show
from handlers.router import Who
from handlers.shape import number
from handlers.turn import Turn

_PICKER = "meet.when"


@router.command("schedule", Who.PAIRED, args="[date time]", aliases=("book",), opens=True)
async def schedule(turn: Turn) -> Reply:
    return Show(views.book(turn.words, await meet.book_form(turn.kit, turn.actor, text=turn.text)))


@router.action("meet.book", opens=True)
async def book(turn: Turn) -> Reply:
    return Show(views.book(turn.words, await meet.book_form(turn.kit, turn.actor, pair_id=turn.value)))


@router.action("meet.reschedule", opens=True)
@router.action("meet.rebook", opens=True)
async def reschedule(turn: Turn) -> Reply:
    return Show(views.book(turn.words, await meet.book_form(turn.kit, turn.actor, moves=turn.value)))


@router.action(_PICKER)
async def chosen(turn: Turn) -> Reply:
    """Another time was picked: both clocks show it."""
    return await _again(turn, turn.form.instant(_PICKER), turn.form.block_of(_PICKER) or _PICKER)


@router.action("meet.pair")
async def other_partner(turn: Turn) -> Reply:
    """Another partner: their clock, and times that suit them."""
    return await _again(turn, None, _PICKER)


@router.action("meet.slot")
async def slot(turn: Turn) -> Reply:
    """One of the suggestions, in minutes since 1970: the picker shows it."""
    seconds = number(turn.value, 0) * 60
    at = datetime.fromtimestamp(seconds, UTC) if seconds else None
    return await _again(turn, at, f"{_PICKER}.{seconds}")


@router.submission("meet.book")
async def booked(turn: Turn) -> Reply:
    every = number(turn.form.choice("meet.repeat"), 0)
    await meet.book(turn.kit, turn.actor, booking_of(turn), moves=turn.metadata.get("moves", ""), every=every)
    return Close(all=True)


async def _again(turn: Turn, at: datetime | None, picker: str) -> Reply:
    """The modal once more, with all that was chosen; a time that is missing is suggested anew."""
    form, moves = turn.form, turn.metadata.get("moves", "")
    if at is None:
        fresh = await meet.book_form(turn.kit, turn.actor, pair_id="" if moves else pair_of(turn), moves=moves)
        at, picker = fresh.starts_at, f"{_PICKER}.{int(fresh.starts_at.timestamp())}"
    typed = Booking(pair_of(turn), whole_minute(at), minutes_of(form), place_of(form))
    every = number(form.choice("meet.repeat"), 0)
    again = await meet.book_form_again(turn.kit, turn.actor, typed, moves=moves, every=every, picker=picker)
    return Redraw(views.book(turn.words, again))
