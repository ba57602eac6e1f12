"""Two times to pick from, how often a pair meets, and calendar files."""

from datetime import datetime

from bot.services import meet
from bot.views import meet as views
from handlers.meet.fields import minutes_of, pair_of, place_of, time_of, whole_minute
from handlers.meet.routing import router
from handlers.replies import Redraw, Replace, ReplaceAndShow, Reply, Say, Show
from handlers.router import Who
from handlers.shape import number
from handlers.turn import Turn

_TIMES = ("meet.first", "meet.second")


@router.action("meet.offer", opens=True)
async def offer(turn: Turn) -> Reply:
    return Show(views.offer(turn.words, await meet.offer_form(turn.kit, turn.actor, turn.value)))


@router.action("meet.first")
@router.action("meet.second")
async def chosen(turn: Turn) -> Reply:
    """Another time was picked: both clocks show it."""
    first, second = (_whole(turn.form.instant(name)) for name in _TIMES)
    return await _again(turn, (first, second))


@router.action("meet.offer_pair")
async def other_partner(turn: Turn) -> Reply:
    """Another partner: their clock, and what has been picked so far."""
    first, second = (_whole(turn.form.instant(name)) for name in _TIMES)
    return await _again(turn, (first, second))


@router.submission("meet.offer")
async def offered(turn: Turn) -> Reply:
    first, second = (time_of(turn.form, name) for name in _TIMES)
    minutes, place = minutes_of(turn.form), place_of(turn.form)
    await meet.offer(turn.kit, turn.actor, pair_of(turn), (first, second), minutes, place)
    return Say(views.offer_sent(turn.words))


@router.action("meet.take")
async def take(turn: Turn) -> Reply:
    """One tap: the session is booked, and the message says so."""
    which = min(number(turn.choice, 0), 1)
    return Replace(views.offer_answered(turn.words, await meet.take(turn.kit, turn.actor, turn.value, which)))


@router.action("meet.neither", opens=True)
async def neither(turn: Turn) -> Reply:
    """The message says so, and the modal for other times opens."""
    facts = await meet.neither(turn.kit, turn.actor, turn.value)
    form = await meet.offer_form(turn.kit, turn.actor, facts.people.pair.id)
    return ReplaceAndShow(views.offer_answered(turn.words, facts), views.offer(turn.words, form))


@router.command("rhythm", Who.PAIRED, aliases=("cadence",), opens=True)
@router.action("meet.rhythm", opens=True)
async def rhythm(turn: Turn) -> Reply:
    return Show(views.rhythm_form(turn.words, await meet.rhythm_form(turn.kit, turn.actor, turn.value)))


@router.submission("meet.rhythm")
async def rhythm_suggested(turn: Turn) -> Reply:
    every, sessions = (number(turn.form.choice(name), 0) for name in ("meet.every", "meet.sessions"))
    changed = await meet.propose_rhythm(turn.kit, turn.actor, pair_of(turn), every, sessions)
    return Say(views.rhythm_sent(turn.words, changed))


@router.action("meet.agree_rhythm")
async def agree(turn: Turn) -> Reply:
    facts = await meet.answer_rhythm(turn.kit, turn.actor, turn.value, yes=True)
    return Replace(views.rhythm(turn.words, facts))


@router.action("meet.leave_rhythm")
async def leave(turn: Turn) -> Reply:
    facts = await meet.answer_rhythm(turn.kit, turn.actor, turn.value, yes=False)
    return Replace(views.rhythm(turn.words, facts))


@router.action("meet.calendar")
async def calendar(turn: Turn) -> Reply:
    """The file comes as a direct message."""
    await meet.ask_calendar(turn.kit, turn.actor, turn.value, series=turn.choice == "all")
    return Say(views.calendar_asked(turn.words))


async def _again(turn: Turn, times: tuple[datetime | None, datetime | None]) -> Reply:
    minutes, place = minutes_of(turn.form), place_of(turn.form)
    form = await meet.offer_form_again(turn.kit, turn.actor, pair_of(turn), times, minutes, place)
    return Redraw(views.offer(turn.words, form))


def _whole(at: datetime | None) -> datetime | None:
    return whole_minute(at) if at is not None else None
