"""Leaving in Slack: the form, staying after all, and whether an ended pair counts as completed."""

from bot.domain.leave import Crossing
from bot.domain.refusals import Refusal
from bot.services import leave
from bot.views import leave as views
from handlers.people import mentions
from handlers.replies import Replace, Reply, Say, Show
from handlers.router import Router, Who
from handlers.turn import Turn
from storage.records.leave import LeaveReason

router = Router("leave")


@router.command("leave", Who.ENROLLED, opens=True)
@router.action("leave.form", opens=True)
async def form(turn: Turn) -> Reply:
    return Show(views.form(turn.words, await leave.form(turn.kit, turn.actor)))


@router.submission("leave.ask")
async def ask(turn: Turn) -> Reply:
    """It happens in ten minutes."""
    chosen = turn.form.choice("leave.reason")
    reason = next((one for one in LeaveReason if one == chosen), None)
    what = turn.form.choice("leave.what") or ""
    facts = await leave.ask(turn.kit, turn.actor, what, reason=reason, note=turn.form.text("leave.note"))
    return Say(views.asked(turn.words, facts))


@router.action("leave.undo")
async def undo(turn: Turn) -> Reply:
    await leave.undo(turn.kit, turn.actor, turn.value)
    return Replace(views.stayed(turn.words))


@router.action("leave.word")
async def word(turn: Turn) -> Reply:
    """One side says whether the pair counts as completed."""
    facts = await leave.say(turn.kit, turn.actor, turn.value, completed=turn.choice == "yes")
    return Replace(views.answered(turn.words, facts))


@router.action("leave.reword")
async def reword(turn: Turn) -> Reply:
    return Replace(views.asked_again(turn.words, await leave.question(turn.kit, turn.actor, turn.value)))


@router.action("leave.look")
async def look(turn: Turn) -> Reply:
    """Whether somebody new is looked for."""
    facts = await leave.look_again(turn.kit, turn.actor, turn.value, yes=turn.choice == "yes")
    return Replace(views.looked(turn.words, facts))


@router.action("leave.go_on")
async def go_on(turn: Turn) -> Reply:
    """The pair goes on although reporting lines have changed."""
    return Replace(views.crossing_answered(turn.words, await _crossed(turn, ends=False)))


@router.action("leave.cross_out")
async def cross_out(turn: Turn) -> Reply:
    """It ends in ten minutes, and nobody learns who said so."""
    return Replace(views.crossing_answered(turn.words, await _crossed(turn, ends=True)))


@router.command("admin unpair", Who.COORDINATOR, args="@person [@partner]")
async def unpair(turn: Turn) -> Reply:
    return await _part_form(turn, rematch=False)


@router.command("admin rematch", Who.COORDINATOR, args="@person [@partner]")
async def rematch(turn: Turn) -> Reply:
    """Who has no pair is among those who wait again."""
    return await _part_form(turn, rematch=True)


@router.action("leave.part")
async def part_of(turn: Turn) -> Reply:
    """From a list or a message about one pair."""
    rematch = turn.choice == "rematch"
    return Show(
        views.part_form(turn.words, await leave.part_form_of(turn.kit, turn.actor, turn.value, rematch=rematch))
    )


@router.submission("leave.part")
async def part(turn: Turn) -> Reply:
    """It happens in ten minutes."""
    pair_id = turn.form.choice("leave.pair") or turn.metadata.get("pair", "")
    done = await leave.part(turn.kit, turn.actor, pair_id, rematch=turn.metadata.get("rematch") == "yes")
    return Say(views.parting(turn.words, done))


@router.action("leave.unpart")
async def unpart(turn: Turn) -> Reply:
    return Replace(views.parting_undone(turn.words, await leave.undo_part(turn.kit, turn.actor, turn.value)))


async def _crossed(turn: Turn, *, ends: bool) -> Crossing:
    return await leave.answer(turn.kit, turn.actor, turn.value, ends=ends)


async def _part_form(turn: Turn, *, rematch: bool) -> Reply:
    named = mentions(turn.text)
    if rematch and len(named) == 1:
        try:
            form = await leave.part_form(turn.kit, turn.actor, named, rematch=True)
        except Refusal as refused:
            if refused.key != "leave.refused.no_pair":
                raise
            return Say(views.back_in_pool(turn.words, await leave.back_to_pool(turn.kit, turn.actor, named[0])))
        return Show(views.part_form(turn.words, form))
    return Show(views.part_form(turn.words, await leave.part_form(turn.kit, turn.actor, named, rematch=rematch)))
