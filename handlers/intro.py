"""Introductions in Slack: asked for, offered, answered, listed, undone; and the junior's private word."""

from bot.domain.enrol import SlackProfile
from bot.domain.intro import DUE_ON, LINE, PERSON, REASON, WHOM, WHY, WORD, Did, Draft
from bot.services import intro
from bot.views import intro as views
from handlers.people import profile_of
from handlers.replies import Redraw, Replace, Reply, Say, Show
from handlers.router import Router, Who
from handlers.turn import Surface, Turn

router = Router("intro")


@router.command("intro", Who.PAIRED, aliases=("introduce", "introductions"))
async def everything(turn: Turn) -> Reply:
    """All of them on both sides, each with what this person can do about it."""
    return Say(views.listed(turn.words, await intro.listed(turn.kit, turn.actor)))


@router.action("intro.list")
async def show(turn: Turn) -> Reply:
    """The same from a button: in place in a modal, else a private message, or a modal from Home."""
    message = views.listed(turn.words, await intro.listed(turn.kit, turn.actor))
    return Replace(message) if turn.surface is Surface.MODAL else Say(message)


@router.action("intro.new", opens=True)
async def new(turn: Turn) -> Reply:
    """The button's value is a pair; who presses it decides which form it is."""
    return Show(views.form(turn.words, await intro.form_for(turn.kit, turn.actor, turn.value)))


@router.action("intro.again", opens=True)
async def anew(turn: Turn) -> Reply:
    """A form that starts with an earlier one's words."""
    return Show(views.form(turn.words, await intro.form_for(turn.kit, turn.actor, again=turn.value)))


@router.action("intro.preview")
async def preview(turn: Turn) -> Reply:
    """What the senior would read, above what was typed."""
    facts = await intro.shown_again(turn.kit, turn.actor, _pair(turn), _draft(turn))
    return Redraw(views.form(turn.words, facts))


@router.submission("intro.ask")
async def ask(turn: Turn) -> Reply:
    """A junior asks; the senior hears of it in ten minutes."""
    draft = _draft(turn)
    return Say(
        views.done(turn.words, await intro.ask(turn.kit, turn.actor, _pair(turn), draft, await _picked(turn, draft)))
    )


@router.submission("intro.offer")
async def offer(turn: Turn) -> Reply:
    """A senior offers one, or notes one made."""
    draft = _draft(turn)
    facts = await intro.offer(turn.kit, turn.actor, _pair(turn), draft, await _picked(turn, draft))
    return Say(views.done(turn.words, facts))


@router.action("intro.agree", opens=True)
async def to_agree(turn: Turn) -> Reply:
    return Show(views.agree(turn.words, await intro.facts_for(turn.kit, turn.actor, turn.value, Did.AGREED)))


@router.submission("intro.agree")
async def agree(turn: Turn) -> Reply:
    """Yes, by a day; or another day for what was agreed."""
    day = turn.form.day(DUE_ON)
    return Say(views.done(turn.words, await intro.agree(turn.kit, turn.actor, _one(turn), day)))


@router.action("intro.better", opens=True)
async def to_better(turn: Turn) -> Reply:
    return Show(views.better(turn.words, await intro.facts_for(turn.kit, turn.actor, turn.value, Did.BETTER)))


@router.submission("intro.better")
async def better(turn: Turn) -> Reply:
    """Somebody else suits better."""
    draft, word = _draft(turn), turn.form.text(WORD)
    facts = await intro.better(turn.kit, turn.actor, _one(turn), draft, word, await _picked(turn, draft))
    return Say(views.done(turn.words, facts))


@router.action("intro.decline", opens=True)
async def to_decline(turn: Turn) -> Reply:
    return Show(views.decline(turn.words, await intro.facts_for(turn.kit, turn.actor, turn.value, Did.DECLINED)))


@router.submission("intro.decline")
async def decline(turn: Turn) -> Reply:
    """Not now, and why."""
    facts = await intro.decline(turn.kit, turn.actor, _one(turn), turn.form.text(REASON))
    return Say(views.done(turn.words, facts))


@router.action("intro.made")
async def made(turn: Turn) -> Reply:
    return Replace(views.done(turn.words, await intro.made(turn.kit, turn.actor, turn.value)))


@router.action("intro.let_go")
async def let_go(turn: Turn) -> Reply:
    """The junior takes it back, or needs it no more."""
    return Replace(views.done(turn.words, await intro.let_go(turn.kit, turn.actor, turn.value)))


@router.action("intro.take")
async def take(turn: Turn) -> Reply:
    """The junior asks for whom the senior named instead."""
    return Replace(views.done(turn.words, await intro.take(turn.kit, turn.actor, turn.value)))


@router.action("intro.undo")
async def undo(turn: Turn) -> Reply:
    """Take back what the button's message says was done."""
    return Replace(views.done(turn.words, await intro.undo(turn.kit, turn.actor, turn.value, turn.choice)))


@router.action("intro.talked")
async def talked(turn: Turn) -> Reply:
    """The junior's private word."""
    return Replace(views.said(turn.words, await intro.say(turn.kit, turn.actor, turn.value, turn.choice)))


@router.action("intro.ask_again")
async def ask_again(turn: Turn) -> Reply:
    """The private question, to be answered or answered anew; from a list, which stays as it is."""
    message = views.talked(turn.words, await intro.ask_again(turn.kit, turn.actor, turn.value))
    return Replace(message)


async def _picked(turn: Turn, draft: Draft) -> SlackProfile | None:
    """What Slack says now about the account that was picked."""
    return await profile_of(turn, draft.user, field=PERSON) if draft.user else None


def _draft(turn: Turn) -> Draft:
    form = turn.form
    return Draft(
        form.user(PERSON) or "", form.text(WHOM), form.text(WHY), form.text(LINE),
        form.choice("intro.stands") == "have_made", form.day(DUE_ON),
    )  # fmt: skip


def _pair(turn: Turn) -> str:
    return turn.form.choice("intro.pair") or turn.metadata.get("pair", "")


def _one(turn: Turn) -> str:
    return turn.metadata.get("intro", "")
