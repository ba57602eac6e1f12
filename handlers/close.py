"""The end of a pair in Slack: staying in touch, the contribution statement, words to be quoted."""

from bot.services import close
from bot.views import close as views
from handlers.replies import Redraw, Replace, Reply, Say, Show
from handlers.router import Router, Who
from handlers.turn import Turn

router = Router("close")


@router.action("close.stay")
async def stay(turn: Turn) -> Reply:
    """They would like to stay in touch, or after all not."""
    facts = await close.stay(turn.kit, turn.actor, turn.value, yes=turn.choice == "yes")
    return Replace(views.stayed(turn.words, facts))


@router.command("statement", Who.ALL, opens=True)
async def statement_typed(turn: Turn) -> Reply:
    """The junior's own, of the latest pair that has met; also long after it has ended."""
    return Show(views.statement(turn.words, await close.contribution(turn.kit, turn.actor)))


@router.action("close.statement", opens=True)
async def statement(turn: Turn) -> Reply:
    return Show(views.statement(turn.words, await close.contribution(turn.kit, turn.actor, turn.value)))


@router.action("close.statement_fresh")
async def fresh(turn: Turn) -> Reply:
    """Start again from the facts."""
    modal = views.statement(turn.words, await close.fresh(turn.kit, turn.actor, turn.value), again=True)
    return Redraw(modal)


@router.submission("close.statement")
async def save(turn: Turn) -> Reply:
    """Her own wording is kept for her; nothing is sent to anybody."""
    text, note = turn.form.text("close.text"), turn.form.text("close.note")
    await close.save(turn.kit, turn.actor, turn.metadata.get("pair") or "-", text, note)
    return Say(views.statement_saved(turn.words))


@router.action("close.quote", opens=True)
async def quote(turn: Turn) -> Reply:
    return Show(views.quote_form(turn.words, await close.quote_form(turn.kit, turn.actor, turn.value)))


@router.submission("close.quote")
async def write(turn: Turn) -> Reply:
    """A draft; the next window shows exactly how it will appear."""
    facts = await close.write_quote(
        turn.kit, turn.actor, turn.metadata.get("pair", ""), turn.form.text("close.quote"),
        named=turn.form.choice("close.named") == "named",
    )  # fmt: skip
    return Show(views.quote_sure(turn.words, facts))


@router.submission("close.quote_sure")
async def approve(turn: Turn) -> Reply:
    known = turn.metadata
    facts = await close.approve_quote(turn.kit, turn.actor, known.get("quote", ""), known.get("seen", ""))
    return Say(views.quote_done(turn.words, facts))


@router.action("close.quote_withdraw")
async def withdraw(turn: Turn) -> Reply:
    """It may not be quoted any more."""
    return Replace(views.quote_done(turn.words, await close.withdraw_quote(turn.kit, turn.actor, turn.value)))


@router.command("admin quotes", Who.COORDINATOR)
async def quotes(turn: Turn) -> Reply:
    """What may be quoted, word for word."""
    return Say(views.quotes(turn.words, await close.quotes(turn.kit, turn.actor)))


@router.action("close.quotes")
async def quotes_too(turn: Turn) -> Reply:
    """The same from a button."""
    return Say(views.quotes(turn.words, await close.quotes(turn.kit, turn.actor)))
