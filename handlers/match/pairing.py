"""Suggesting pairs and answering suggestions; reporting lines and conflicts of interest."""

from bot.domain.match import Desk, Proposed, Reason
from bot.domain.refusals import Refusal
from bot.services import match
from bot.views import match as views
from handlers.match.routing import router
from handlers.people import mentions
from handlers.replies import Redraw, Replace, Reply, Say, Show
from handlers.router import Who
from handlers.turn import Turn

_JUNIOR, _SENIOR = "match.junior", "match.senior"


@router.command("admin pair", Who.COORDINATOR, args="[@junior @senior]")
async def pair(turn: Turn) -> Reply:
    """Two names are asked about at once; none opens the window to pick them."""
    named = _two(turn.text)
    if not named and turn.text:
        raise Refusal("match.refused.usage_pair")
    if not named:
        return Show(views.desk(turn.words, await match.survey(turn.kit, turn.actor, None, None)))
    return _suggested(turn, await match.propose(turn.kit, turn.actor, *named))


@router.action("match.pair", opens=True)
async def desk(turn: Turn) -> Reply:
    return Show(views.desk(turn.words, await match.survey(turn.kit, turn.actor, None, None)))


@router.action(_JUNIOR)
@router.action(_SENIOR)
async def picked(turn: Turn) -> Reply:
    """Somebody was picked: the checks answer at once."""
    junior, senior = turn.form.user(_JUNIOR), turn.form.user(_SENIOR)
    return Redraw(views.desk(turn.words, await match.survey(turn.kit, turn.actor, junior, senior)))


@router.submission("match.pair")
async def suggest(turn: Turn) -> Reply:
    junior, senior = turn.form.user(_JUNIOR), turn.form.user(_SENIOR)
    reason = next((r for r in Reason if r == turn.form.choice("reason")), None)
    if not junior or not senior:
        raise Refusal("common.errors.pick_one", field=_SENIOR if junior else _JUNIOR)
    return _suggested(turn, await match.propose(turn.kit, turn.actor, junior, senior, reason=reason))


@router.action("match.accept")
async def accept(turn: Turn) -> Reply:
    return Replace(views.answered(turn.words, await match.answer(turn.kit, turn.actor, turn.value, yes=True)))


@router.action("match.decline")
async def decline(turn: Turn) -> Reply:
    return Replace(views.answered(turn.words, await match.answer(turn.kit, turn.actor, turn.value, yes=False)))


@router.action("match.undo")
async def undo(turn: Turn) -> Reply:
    await match.undo(turn.kit, turn.actor, turn.value)
    return Replace(views.proposal(turn.words, await match.proposal_again(turn.kit, turn.actor, turn.value)))


@router.action("match.ask")
async def ask(turn: Turn) -> Reply:
    return Say(views.coordinator_told(turn.words, await match.ask_coordinator(turn.kit, turn.actor, turn.value)))


@router.command("admin lines", Who.COORDINATOR, args="[@person @manager | none | unknown]")
@router.action("match.lines")
async def lines(turn: Turn) -> Reply:
    """`@person @manager` stores a line; `none` says that nobody is above, `unknown` forgets the line."""
    if not turn.text:
        return Show(views.lines(turn.words, await match.line_list(turn.kit, turn.actor)))
    named, last = _named(turn.text), turn.text.split()[-1].lower()
    managers: dict[str, str | None] = {"none": "", "unknown": None}
    if len(named) + (last in managers) != 2:
        raise Refusal("match.refused.usage_lines")
    person, manager = named[0], managers[last] if last in managers else named[1]
    return Say(views.lines_said(turn.words, await match.set_line(turn.kit, turn.actor, person, manager)))


@router.submission("match.lines")
async def save_line(turn: Turn) -> Reply:
    person, manager = turn.form.user("person"), turn.form.user("manager")
    if not person:
        raise Refusal("common.errors.pick_one", field="person")
    if "yes" in turn.form.choices("top"):
        manager = ""
    return Show(views.lines(turn.words, await match.set_line(turn.kit, turn.actor, person, manager)))


@router.command("admin conflict", Who.COORDINATOR, args="[@one @other [remove]]")
@router.action("match.conflict")
async def conflict(turn: Turn) -> Reply:
    """`@one @other` keeps two people apart; `remove` behind them takes it back."""
    if not turn.text:
        return Show(views.conflicts(turn.words, await match.conflict_list(turn.kit, turn.actor)))
    named, remove = _two(turn.text), turn.text.split()[-1].lower() == "remove"
    if not named:
        raise Refusal("match.refused.usage_conflict")
    found = await match.declare(turn.kit, turn.actor, *named, remove=remove)
    return Say(views.conflicts_said(turn.words, found))


@router.submission("match.conflict")
async def save_conflict(turn: Turn) -> Reply:
    first, second = turn.form.user("first"), turn.form.user("second")
    if not first or not second:
        raise Refusal("common.errors.pick_one", field="second" if first else "first")
    remove = turn.form.choice("what") == "remove"
    found = await match.declare(turn.kit, turn.actor, first, second, remove=remove)
    return Show(views.conflicts(turn.words, found))


def _suggested(turn: Turn, found: Proposed | Desk) -> Reply:
    """Asked; or the window with warnings that want a reason."""
    if isinstance(found, Desk):
        return Show(views.desk(turn.words, found))
    return Say(views.proposed(turn.words, found))


def _named(text: str) -> tuple[str, ...]:
    """Every mention in order; the same person named twice counts twice."""
    named = mentions(text)
    return named * 2 if len(named) == 1 and text.count("<@") == 2 else named


def _two(text: str) -> tuple[str, str] | None:
    named = _named(text)
    return (named[0], named[1]) if len(named) == 2 else None
