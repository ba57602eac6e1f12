"""Lessons: the next one, any one, all of them; and that one is read."""

from bot.domain.learn import LessonList
from bot.services.learn import reading
from bot.views import learn as views
from bot.views.parts import Modal
from handlers.replies import Redraw, Replace, Reply, Show
from handlers.router import Router, Who
from handlers.turn import Surface, Turn

router = Router("learn")


@router.command("learn", Who.ALL, args="[n or list]", aliases=("lessons",), opens=True)
async def learn(turn: Turn) -> Reply:
    """The next lesson, or a certain one; the list when everything is read."""
    if turn.text.strip().lower() == "list":
        return Show(await _list(turn))
    found = await reading.named(turn.kit, turn.actor, turn.text)
    return Show(views.lesson(turn.words, found) if found else await _list(turn))


@router.action("learn.open")
async def open_(turn: Turn) -> Reply:
    """From a message, a Home, or the list (in its place)."""
    return Redraw(views.lesson(turn.words, await reading.open_(turn.kit, turn.actor, turn.value)))


@router.action("learn.turn")
async def leaf(turn: Turn) -> Reply:
    """Back and on, in the same modal."""
    return Redraw(views.lesson(turn.words, await reading.open_(turn.kit, turn.actor, turn.value)))


@router.action("learn.list")
async def listed(turn: Turn) -> Reply:
    return Redraw(await _list(turn))


@router.submission("learn.lesson")
async def read(turn: Turn) -> Reply:
    lesson = turn.metadata.get("lesson", "")
    await reading.mark(turn.kit, turn.actor, lesson)
    return Show(await _list(turn, lesson))


@router.action("learn.done")
async def done(turn: Turn) -> Reply:
    return Replace(views.done(turn.words, await reading.mark(turn.kit, turn.actor, turn.value)))


@router.action("learn.later")
async def later(turn: Turn) -> Reply:
    return Replace(views.later(turn.words, await reading.open_(turn.kit, turn.actor, turn.value)))


@router.action("learn.undo")
async def undo(turn: Turn) -> Reply:
    """Not read after all: the lesson stands in the message again."""
    facts = await reading.undo(turn.kit, turn.actor, turn.value)
    if turn.surface is Surface.MODAL:
        return Redraw(await _list(turn))
    return Replace(views.letter(turn.words, facts))


async def _list(turn: Turn, news: str = "") -> Modal:
    found = await reading.all_of(turn.kit, turn.actor)
    return views.lessons(turn.words, LessonList(found.shelves, news))
