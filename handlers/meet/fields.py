"""What the modals about sessions say, in typed values."""

from datetime import UTC, datetime

from bot.domain.meet import Booking
from bot.domain.refusals import Refusal
from handlers.form import Form
from handlers.shape import number
from handlers.turn import Turn


def booking_of(turn: Turn) -> Booking:
    """What a booking or logging modal says. Raises Refusal for a time that is missing."""
    return Booking(pair_of(turn), time_of(turn.form, "meet.when"), minutes_of(turn.form), place_of(turn.form))


def time_of(form: Form, name: str) -> datetime:
    """A picked time to the minute, UTC. Raises Refusal where none is picked."""
    at = form.instant(name)
    if at is None:
        raise Refusal("common.errors.pick_one", field=name)
    return whole_minute(at)


def whole_minute(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(second=0, microsecond=0)


def pair_of(turn: Turn) -> str:
    """The pair that was chosen in the modal, else the one that it was opened for."""
    form = turn.form
    return form.choice("meet.pair") or form.choice("meet.offer_pair") or turn.metadata.get("pair", "")


def minutes_of(form: Form) -> int:
    return number(form.choice("meet.minutes"), 0)


def place_of(form: Form) -> str:
    return " ".join(form.text("meet.place").split())
