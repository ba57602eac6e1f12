"""Words for asking something back, made the junior's own."""

from datetime import date

from slack_sdk.models.blocks import Block, DatePickerElement, Option, RadioButtonsElement, StaticSelectElement

from bot.domain.checkin import BLANK, LINE_LENGTH, Ask, Draft
from bot.domain.prepare import ParkFacts
from bot.views.parts import Message, Modal, actions, button, field_of, note, options, section, text_field
from prompts import Words, escape
from prompts.templates import fields_of
from storage.records.checkin import Question


def ask(words: Words, facts: Ask, draft: Draft) -> Modal:
    """Choose a question and a tone; the blanks that this wording has follow."""
    questions = options({q: words.content.question(q.value).title for q in Question})
    tones = options({t: words.say(f"checkin.ask.tones.{t}") for t in ("warm", "direct", "short")})
    which = StaticSelectElement(options=questions, initial_option=_chosen(questions, draft.question))
    tone = RadioButtonsElement(options=tones, initial_option=_chosen(tones, draft.tone))
    fields = [
        field_of(
            "checkin.ask_question", words.say("checkin.ask.which", senior=facts.senior.name), which, dispatch=True
        ),
        field_of("checkin.ask_tone", words.say("checkin.ask.tone"), tone, dispatch=True),
    ]
    preview = escape(wording(words, draft))
    return Modal(
        "checkin.ask_pick",
        words.say("checkin.ask.title"),
        [
            *fields,
            section(words.say("checkin.ask.preview", text=preview)),
            *_blanks(words, draft),
            note(words.say("common.who_sees.own_agenda")),
        ],
        words.say("common.buttons.close"),
        words.say("checkin.ask.next"),
        {"pair": facts.pair_id},
    )


def _chosen(choices: list[Option], value: str) -> Option:
    return next((o for o in choices if o.value == value), choices[0])


def _blanks(words: Words, draft: Draft) -> list[Block]:
    wanted = fields_of(words.content.ask(draft.question.value, draft.tone).text)
    blocks = [
        text_field(f"checkin.ask_{name}", words.say(f"checkin.ask.{name}"), initial=value, most=120, optional=True)
        for name, value in (("topic", draft.topic), ("person", draft.person))
        if name in wanted
    ]
    if "date" in wanted:
        picker = DatePickerElement(initial_date=draft.day.isoformat() if draft.day else None)
        blocks.append(field_of("checkin.ask_date", words.say("checkin.ask.date"), picker, optional=True))
    return blocks


def wording(words: Words, draft: Draft) -> str:
    """The ask with its blanks filled in as far as they are known, as plain text."""
    text = words.content.ask(draft.question.value, draft.tone).text
    day: date | None = draft.day
    return words.fill(
        text, topic=draft.topic or BLANK, person=draft.person or BLANK, date=words.date(day) if day else BLANK
    )


def your_words(words: Words, facts: Ask, text: str) -> Modal:
    """The junior's own line, to change, copy or put on the agenda; `text` is empty for a line from scratch."""
    drafted = bool(text)
    label = words.say("checkin.ask.yours" if drafted else "checkin.ask.line")
    content = words.content.asks
    items = "\n".join(f"• {item.text}" for item in content.follow_ups)
    after = []
    if drafted:
        copied = section(words.say("checkin.ask.copy", text=escape(text)))
        after = [copied, section(words.say("checkin.ask.follow_ups", items=items)), note(content.note)]
    return Modal(
        "checkin.ask_ready",
        words.say("checkin.ask.title" if drafted else "checkin.ask.line_title"),
        [
            text_field(
                "checkin.line",
                label,
                initial=text[:LINE_LENGTH],
                most=LINE_LENGTH,
                multiline=True,
                hint=words.say("checkin.ask.yours_hint") if drafted else None,
            ),
            note(words.say("common.who_sees.own_agenda")),
            *after,
        ],
        words.say("common.buttons.close"),
        words.say("checkin.ask.add"),
        {"pair": facts.pair_id},
    )


def added(words: Words, facts: ParkFacts) -> Message:
    """Where the line went, to the booked session or to the parking lot; for ten minutes it can be taken back."""
    text = words.say("checkin.ask.added" if facts.session else "checkin.ask.parked")
    undo = actions(button(words.say("common.buttons.undo"), "prepare.unpark", facts.line_id))
    return Message(text, [section(text), undo, note(words.say("checkin.ask.undo"))])
