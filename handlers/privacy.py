"""`/revmentor privacy`: who sees what, everything stored about oneself, the file, and deleting."""

from bot.domain.refusals import Refusal
from bot.services import privacy
from bot.views import privacy as views
from handlers.replies import Redraw, Reply, Say, Show
from handlers.router import Router, Who
from handlers.turn import Turn

router = Router("privacy")


@router.command("privacy", Who.ALL, args="[export|delete]", opens=True)
async def open_(turn: Turn) -> Reply:
    """Without a word the table; `export` and `delete` lead straight to their forms."""
    wanted = turn.text.strip().lower()
    if wanted == "export":
        return await export(turn)
    if wanted == "delete":
        return await erase(turn)
    return await show(turn)


@router.action("privacy.show", opens=True)
async def show(turn: Turn) -> Reply:
    return Show(views.overview(turn.words, await privacy.overview(turn.kit, turn.actor)))


@router.action("privacy.data", opens=True)
async def data(turn: Turn) -> Reply:
    return Show(views.data(turn.words, await privacy.own_data(turn.kit, turn.actor), 0))


@router.action("privacy.page")
async def page(turn: Turn) -> Reply:
    """The same, another page."""
    number = int(turn.value) if turn.value.isdecimal() and len(turn.value) < 5 else 0
    return Redraw(views.data(turn.words, await privacy.own_data(turn.kit, turn.actor), number))


@router.action("privacy.export", opens=True)
async def export(turn: Turn) -> Reply:
    return Show(views.export(turn.words))


@router.submission("privacy.export")
async def ask_export(turn: Turn) -> Reply:
    await privacy.ask_export(turn.kit, turn.actor)
    return Say(views.export_asked(turn.words))


@router.action("privacy.erase", opens=True)
async def erase(turn: Turn) -> Reply:
    return Show(views.erase(turn.words, await privacy.erase_plan(turn.kit, turn.actor)))


@router.submission("privacy.erase")
async def do_erase(turn: Turn) -> Reply:
    """Only with the word typed out."""
    word = turn.words.say("privacy.erase.word")
    if turn.form.text("privacy.word").casefold() != word.casefold():
        raise Refusal("privacy.refused.word", field="privacy.word", word=word)
    await privacy.erase(turn.kit, turn.actor)
    return Say(views.erased(turn.words))
