"""`/revmentor admin import`: a list of people is handed in, checked, looked at and saved."""

from bot.domain.refusals import Refusal
from bot.domain.roster import MOST_BYTES, Field, decode
from bot.services import roster
from bot.views import roster as views
from handlers.files import content, may_read
from handlers.replies import Redraw, Reply, Show
from handlers.router import Router, Who
from handlers.shape import number
from handlers.turn import Turn

router = Router("roster")


@router.command("admin import", Who.COORDINATOR, opens=True)
@router.action("roster.import", opens=True)
async def give(turn: Turn) -> Reply:
    """The window for a list; with a field for files where they may be read."""
    await roster.desk(turn.kit, turn.actor, files=False)
    return Show(views.give(turn.words, await roster.desk(turn.kit, turn.actor, files=await may_read(turn))))


@router.submission("roster.give")
async def hand_in(turn: Turn) -> Reply:
    """A file counts before what was pasted."""
    await roster.desk(turn.kit, turn.actor, files=False)
    file_id, text = turn.form.file("file"), turn.form.raw("list")
    if not file_id and not text.strip():
        raise Refusal("roster.refused.nothing", field="list")
    if not file_id:
        return Show(views.columns(turn.words, await roster.hand_in(turn.kit, turn.actor, text)))
    data = await content(turn, file_id, field="file", most=MOST_BYTES)
    try:
        text, guessed = decode(data)
        found = await roster.hand_in(turn.kit, turn.actor, text, guessed=guessed)
    except Refusal as refused:
        raise Refusal(refused.key, field="file", **refused.params) from None
    return Show(views.columns(turn.words, found))


@router.submission("roster.columns")
async def choose(turn: Turn) -> Reply:
    picked = {one: number(turn.form.choice(one.value), -1) for one in Field}
    columns = {one: n for one, n in picked.items() if n >= 0}
    draft = turn.metadata.get("draft", "")
    return Show(views.checking(turn.words, await roster.choose(turn.kit, turn.actor, draft, columns, turn.view_id)))


@router.action("roster.again")
async def again(turn: Turn) -> Reply:
    return Redraw(views.columns(turn.words, await roster.choosing(turn.kit, turn.actor, turn.value)))


@router.action("roster.look")
@router.action("roster.open")
async def look(turn: Turn) -> Reply:
    """How far it is, in the window that is open."""
    return Redraw(views.shown(turn.words, await roster.look(turn.kit, turn.actor, turn.value)))


@router.action("roster.show", opens=True)
async def show(turn: Turn) -> Reply:
    """The same, from a message."""
    return Show(views.shown(turn.words, await roster.look(turn.kit, turn.actor, turn.value)))


@router.action("roster.page")
async def page(turn: Turn) -> Reply:
    draft, _, wanted = turn.value.partition(" ")
    found = await roster.look(turn.kit, turn.actor, draft, number(wanted, 0))
    return Redraw(views.shown(turn.words, found))


@router.action("roster.retry")
async def retry(turn: Turn) -> Reply:
    """Once more what broke."""
    return Redraw(views.shown(turn.words, await roster.retry(turn.kit, turn.actor, turn.value, turn.view_id)))


@router.submission("roster.result")
async def save(turn: Turn) -> Reply:
    """Exactly what was shown; where that would be something else by now, it is checked and shown again."""
    found = await roster.save(turn.kit, turn.actor, turn.metadata.get("draft", ""), turn.view_id)
    return Show(views.shown(turn.words, found))


@router.action("roster.undo")
async def undo(turn: Turn) -> Reply:
    return Redraw(views.shown(turn.words, await roster.undo(turn.kit, turn.actor, turn.value, turn.view_id)))
