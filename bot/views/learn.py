"""Lessons: in a direct message, one or all of them in a modal, and the line about them on a Home."""

from slack_sdk.models.blocks import Block

from bot.domain.learn import LessonFacts, LessonList, Offer, Shelf
from bot.views.parts import Message, Modal, actions, button, header, note, section
from prompts import Words

_SHOWN = 40


def letter(words: Words, facts: LessonFacts) -> Message:
    """The lesson of the coming session."""
    blocks = [section(words.say("learn.letter.lead")), *lesson_blocks(words, facts.lesson)]
    if facts.missed:
        text = words.say("learn.letter.missed", title=_title(words, facts.missed))
        blocks.insert(-1, section(text, button(words.say("learn.home.read"), "learn.open", facts.missed)))
    return Message(words.say("learn.letter.text"), blocks)


def lesson_blocks(words: Words, lesson: str) -> list[Block]:
    """A lesson with what can be said about it, as a part of any direct message."""
    return [
        *lesson_text(words, lesson),
        actions(
            button(words.say("learn.letter.done"), "learn.done", lesson),
            button(words.say("learn.letter.later"), "learn.later", lesson),
        ),
        note(words.say("learn.letter.sees")),
    ]


def done(words: Words, facts: LessonFacts) -> Message:
    """In the message: it is read."""
    text = words.say(
        "learn.letter.done_text", title=_title(words, facts.lesson), progress=_progress(words, facts.shelf)
    )
    buttons = [button(words.say("common.buttons.undo"), "learn.undo", facts.lesson)]
    if facts.shelf.next is not None:
        buttons.append(button(words.say("learn.letter.next"), "learn.open", facts.shelf.next))
    return Message(words.say("learn.letter.text"), [section(text), actions(*buttons)])


def later(words: Words, facts: LessonFacts) -> Message:
    """In the message: it waits."""
    text = words.say("learn.letter.later_text", title=_title(words, facts.lesson))
    read = actions(button(words.say("learn.home.read"), "learn.open", facts.lesson))
    return Message(words.say("learn.letter.text"), [section(text), read])


def lesson(words: Words, facts: LessonFacts) -> Modal:
    """One lesson, with the way to the others; Done marks it as read."""
    key = "learn.lesson.place_read" if facts.read else "learn.lesson.place"
    place = words.say(key, track=_track(words, facts.shelf), place=facts.place, n=len(facts.shelf.lessons))
    ways = [
        *([button(words.say("learn.lesson.back"), "learn.turn:back", facts.back)] if facts.back else []),
        *([button(words.say("learn.lesson.onward"), "learn.turn:onward", facts.onward)] if facts.onward else []),
        button(words.say("learn.lesson.list"), "learn.list"),
    ]
    return Modal(
        "learn.lesson",
        words.say("learn.lesson.title"),
        [note(place), *lesson_text(words, facts.lesson), actions(*ways), note(words.say("learn.letter.sees"))],
        words.say("common.buttons.close"),
        None if facts.read else words.say("learn.lesson.submit"),
        {"lesson": facts.lesson},
    )


def lessons(words: Words, facts: LessonList) -> Modal:
    """Every lesson of somebody's, track by track."""
    blocks: list[Block] = []
    if facts.news:
        undo = button(words.say("common.buttons.undo"), "learn.undo", facts.news)
        blocks.append(section(words.say("learn.list.news", title=_title(words, facts.news)), undo))
    else:
        blocks.append(section(words.say("learn.list.intro")))
    for shelf in facts.shelves:
        track = words.say("learn.list.track", track=_track(words, shelf), progress=_progress(words, shelf))
        blocks += [header(track), *(_line(words, shelf, n) for n in range(1, len(shelf.lessons[:_SHOWN]) + 1))]
    blocks.append(note(words.say("learn.letter.sees")))
    return Modal("learn.list", words.say("learn.list.title"), blocks, words.say("common.buttons.close"))


def home_line(words: Words, shelf: Shelf | None) -> list[Block]:
    """How far somebody is, with the next lesson behind a button."""
    if shelf is None or not shelf.lessons:
        return []
    progress = _progress(words, shelf)
    if shelf.next is None:
        every = button(words.say("learn.home.list"), "learn.list")
        return [section(words.say("learn.home.all", progress=progress), every)]
    text = words.say("learn.home.line", progress=progress, title=_title(words, shelf.next))
    read = button(words.say("learn.home.read"), "learn.open", shelf.next)
    return [section(text, read), note(words.say("learn.home.sees"))]


def offer(words: Words, offered: Offer | None) -> list[Block]:
    """For a coordinator: the lesson that helps now, or how far they are; nothing once all are read."""
    if offered is None or offered.shelf.next is None:
        return []
    progress = _progress(words, offered.shelf)
    if offered.lesson is None:
        every = button(words.say("learn.home.list"), "learn.list")
        return [section(words.say("learn.home.coordinators", progress=progress), every)]
    text = words.say("learn.home.offered", title=_title(words, offered.lesson), progress=progress)
    return [section(text, button(words.say("learn.home.read"), "learn.open", offered.lesson))]


def before_setup(words: Words, offered: Offer | None) -> list[Block]:
    """For whoever may set the programme up."""
    if offered is None or offered.lesson is None:
        return []
    read = button(words.say("learn.home.read"), "learn.open", offered.lesson)
    return [section(words.say("learn.home.before_setup", title=_title(words, offered.lesson)), read)]


def lesson_text(words: Words, lesson: str) -> list[Block]:
    known = words.content.lesson(lesson)
    body = words.say("learn.letter.body", title=known.title, text=known.text)
    return [section(body), section(words.say("learn.letter.action", action=known.action))]


def _line(words: Words, shelf: Shelf, place: int) -> Block:
    lesson = shelf.lessons[place - 1]
    read = lesson in shelf.read
    text = words.say("learn.list.line_read" if read else "learn.list.line", place=place, title=_title(words, lesson))
    return section(text, button(words.say("learn.list.open"), "learn.open", lesson))


def _title(words: Words, lesson: str) -> str:
    return words.content.lesson(lesson).title


def _track(words: Words, shelf: Shelf) -> str:
    return words.say(f"learn.tracks.{shelf.track}")


def _progress(words: Words, shelf: Shelf) -> str:
    return words.say("learn.progress.part", done=shelf.done, n=len(shelf.lessons))
