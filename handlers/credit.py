"""Credit by name in Slack: one press in the message or on Home; a plan may become a promise."""

from dataclasses import replace

from bot.domain.refusals import Refusal
from bot.services import commit, credit
from bot.views import commit as commit_views
from bot.views import credit as views
from bot.views.parts import Modal
from handlers.replies import Replace, ReplaceAndShow, Reply, Show
from handlers.router import Router
from handlers.turn import Turn
from storage.records.commit import CommitmentKind
from storage.records.credit import Credited

router = Router("credit")


@router.action("credit.say")
async def say(turn: Turn) -> Reply:
    """*Plan it* opens the modal of a promise at once, filled for giving credit."""
    said = next((one for one in Credited if one == turn.choice), None)
    if said is None:
        raise Refusal("common.errors.gone")
    facts, zone = await credit.say(turn.kit, turn.actor, turn.value, said)
    message = views.said(turn.words, facts, zone)
    if said is Credited.PLAN and facts.juniors:
        return ReplaceAndShow(message, await _promise(turn))
    return Replace(message)


@router.action("credit.undo")
async def undo(turn: Turn) -> Reply:
    facts, _ = await credit.say(turn.kit, turn.actor, turn.value, None)
    return Replace(views.ask(turn.words, facts))


@router.action("credit.plan", opens=True)
async def plan(turn: Turn) -> Reply:
    """The promise, for whoever closed the modal before."""
    return Show(await _promise(turn))


async def _promise(turn: Turn) -> Modal:
    draft = await commit.draft_for(turn.kit, turn.actor, turn.words.say("credit.plan.text"))
    return commit_views.new(turn.words, replace(draft, kind=CommitmentKind.CREDIT))
