"""`/revmentor admin themes`: one window that changes in place, from the list to a form and back."""

from bot.domain.refusals import Refusal
from bot.domain.theme import ABOUT, LABEL, LINE, WHO, WORDS
from bot.services import theme
from bot.views import theme as views
from handlers.people import profile_of
from handlers.replies import Redraw, Reply, Show
from handlers.router import Router, Who
from handlers.turn import Turn
from storage.records.theme import ThemeStep

router = Router("theme")


@router.command("admin themes", Who.COORDINATOR, args="[cohort]", opens=True)
async def typed(turn: Turn) -> Reply:
    return Show(views.themes(turn.words, await theme.themes_window(turn.kit, turn.actor, name=turn.typed)))


@router.action("theme.open", opens=True)
async def opened(turn: Turn) -> Reply:
    """From the digest or a Home."""
    return Show(views.themes(turn.words, await theme.themes_window(turn.kit, turn.actor, turn.value)))


@router.action("theme.cohort")
@router.action("theme.back")
async def listed(turn: Turn) -> Reply:
    """Another cohort, or back from a form."""
    picked = turn.value or turn.choice
    return Redraw(views.themes(turn.words, await theme.themes_window(turn.kit, turn.actor, picked)))


@router.action("theme.take")
async def take_form(turn: Turn) -> Reply:
    return await _form(turn, ThemeStep.TAKEN)


@router.action("theme.close")
async def close_form(turn: Turn) -> Reply:
    return await _form(turn, ThemeStep.CLOSED)


@router.submission("theme.take")
async def take(turn: Turn) -> Reply:
    await theme.themes_window(turn.kit, turn.actor)  # who may not, learns nothing about accounts
    cohort, one = _named(turn)
    picked = turn.form.user(WHO)
    to = await profile_of(turn, picked, field=WHO) if picked else None
    done = await theme.take(turn.kit, turn.actor, cohort, one, to, turn.form.text(LINE))
    return Show(views.themes(turn.words, done))


@router.submission("theme.close")
async def close(turn: Turn) -> Reply:
    cohort, one = _named(turn)
    done = await theme.close(turn.kit, turn.actor, cohort, one, turn.form.text(WORDS, required=True))
    return Show(views.themes(turn.words, done))


@router.action("theme.reopen")
async def reopen(turn: Turn) -> Reply:
    cohort, _, one = turn.value.partition(":")
    return Redraw(views.themes(turn.words, await theme.open_again(turn.kit, turn.actor, cohort, one)))


@router.action("theme.undo")
async def undo(turn: Turn) -> Reply:
    return Redraw(views.themes(turn.words, await theme.undo_step(turn.kit, turn.actor, turn.value)))


@router.action("theme.tags")
async def tags(turn: Turn) -> Reply:
    return Redraw(views.tags(turn.words, await theme.tags_window(turn.kit, turn.actor), turn.value))


@router.action("theme.tag")
async def tag_form(turn: Turn) -> Reply:
    await theme.tags_window(turn.kit, turn.actor)
    return Redraw(views.tag_form(turn.words, turn.value))


@router.submission("theme.tag")
async def tag(turn: Turn) -> Reply:
    form = turn.form
    facts = await theme.add_tag(turn.kit, turn.actor, form.text(LABEL, required=True), form.text(ABOUT))
    return Show(views.tags(turn.words, facts, turn.metadata.get("cohort", "")))


@router.action("theme.tag_undo")
async def tag_undo(turn: Turn) -> Reply:
    facts = await theme.forget_tag(turn.kit, turn.actor, turn.value)
    return Redraw(views.tags(turn.words, facts, turn.metadata.get("cohort", "")))


@router.action("theme.tag_retire")
async def tag_retire(turn: Turn) -> Reply:
    facts = await theme.retire_tag(turn.kit, turn.actor, turn.value, retired=True)
    return Redraw(views.tags(turn.words, facts, turn.metadata.get("cohort", "")))


@router.action("theme.tag_restore")
async def tag_restore(turn: Turn) -> Reply:
    facts = await theme.retire_tag(turn.kit, turn.actor, turn.value, retired=False)
    return Redraw(views.tags(turn.words, facts, turn.metadata.get("cohort", "")))


async def _form(turn: Turn, step: ThemeStep) -> Reply:
    cohort, _, one = turn.value.partition(":")
    return Redraw(views.step_form(turn.words, await theme.step_form(turn.kit, turn.actor, cohort, one, step)))


def _named(turn: Turn) -> tuple[str, str]:
    """The cohort and theme of the form. Raises Refusal for one that does not come from us."""
    cohort, one = turn.metadata.get("cohort", ""), turn.metadata.get("theme", "")
    if not cohort or not one:
        raise Refusal("common.errors.gone")
    return cohort, one
