"""A junior's own answers over time, as text: marks for the eye, words for the ear; never a picture to upload."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.checkin import Told, mark_of, runs
from bot.views.checkin.invite import day_of
from bot.views.common import name_of
from bot.views.parts import Modal, header, note, section
from prompts import Words, escape
from storage.records.checkin import Answer, AnswerSheet, Question
from storage.records.meet import Session

_MARKS_MOST = 8
_ENTRIES_MOST = 60
_LONG = 2900


def trend(words: Words, sheets: Sequence[AnswerSheet], *, plain: bool) -> str:
    """One line for each of the four questions. Marks differ in shape; with `plain` they are spoken words instead."""
    shown = [q for q in Question if runs(sheets, q)]
    return "\n".join(_heard(words, sheets, q) if plain else _seen(words, sheets, q) for q in shown)


def legend(words: Words, *, plain: bool) -> list[Block]:
    """What the marks mean; nothing where there are none."""
    return [] if plain else [note(words.say("checkin.trend.legend"))]


def over_time(words: Words, told: Sequence[Told], *, plain: bool) -> Modal:
    """Every check-in with its four answers and examples, the newest first, pair by pair."""
    blocks: list[Block] = [note(words.say("checkin.trend.sees"))]
    if not told:
        blocks.append(section(words.say("checkin.trend.none")))
    for one in told:
        blocks.append(header(words.say("checkin.trend.with", senior=name_of(words, one.people.senior))))
        blocks += [section(trend(words, one.sheets, plain=plain)), *legend(words, plain=plain)]
        blocks += [section(_entry(words, one, *entry)) for entry in reversed(one.entries)]
    if len(blocks) > _ENTRIES_MOST:
        blocks = [*blocks[:_ENTRIES_MOST], note(words.say("checkin.trend.older"))]
    return Modal("checkin.over_time", words.say("checkin.trend.all"), blocks, words.say("common.buttons.close"))


def _seen(words: Words, sheets: Sequence[AnswerSheet], question: Question) -> str:
    given = [option for sheet in sheets if (option := sheet.option(question)) is not None]
    marks = [words.say(f"checkin.trend.marks.{mark_of(question, option)}") for option in given[-_MARKS_MOST:]]
    more = ["…"] if len(given) > _MARKS_MOST else []
    content = words.content.question(question)
    latest = content.option(given[-1]).text
    return words.say("checkin.trend.line", question=content.title, marks=" ".join([*more, *marks]), latest=latest)


def _heard(words: Words, sheets: Sequence[AnswerSheet], question: Question) -> str:
    content = words.content.question(question)
    said = [
        words.say("checkin.trend.times", n=times, option=content.option(option).text)
        for option, times in runs(sheets, question)[-_MARKS_MOST:]
    ]
    options = words.say("checkin.trend.then").join(said)
    return words.say("checkin.trend.heard", question=content.title, options=options)


def _entry(words: Words, told: Told, session: Session, sheet: AnswerSheet) -> str:
    day = day_of(words, session.starts_at, told.people.junior.zone)
    title = words.say("checkin.trend.session", n=session.number, date=day)
    return "\n".join([title, *(_answer(words, answer) for answer in sheet.answers)])[:_LONG]


def _answer(words: Words, answer: Answer) -> str:
    content = words.content.question(answer.question)
    text = words.say("checkin.trend.answer", question=content.title, option=content.option(answer.option).text)
    if answer.by_when:
        text = words.say("checkin.trend.by", answer=text, date=words.date(answer.by_when))
    return words.say("checkin.trend.example", answer=text, example=escape(answer.example)) if answer.example else text
