"""Words for asking something back: chosen, filled in, changed, copied, put on an agenda by the junior herself."""

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    DatePickerElement,
    Option,
    RadioButtonsElement,
    RichTextBlock,
    RichTextElementParts,
    RichTextPreformattedElement,
    StaticSelectElement,
)

from bot.domain.ask import BLANK, BLANK_LENGTH, TONES, AskFacts, Draft
from bot.domain.prepare import LINE_LENGTH, ParkFacts
from bot.views.common import name_of
from bot.views.parts import Message, Modal, actions, button, field_of, live_text, note, options, section, text_field
from prompts import Words, clean
from prompts.templates import fields_of
from storage.records.checkin import Question


def build(words: Words, facts: AskFacts, draft: Draft) -> Modal:
    """Choose a question and a tone, fill the blanks of that wording; the text follows every choice and letter."""
    text = wording(words, draft)
    return Modal(
        "ask.build",
        words.say("ask.build.title"),
        [
            *_whom(words, facts),
            *_what(words, facts, draft),
            *_blanks(words, draft),
            section(words.say("ask.build.preview")),
            boxed(text),
            note(words.say("ask.build.copy"), words.say("common.who_sees.own_agenda")),
            actions(*_ways(words, facts, draft)),
            *_follow_ups(words),
        ],
        words.say("common.buttons.close"),
        words.say("ask.build.add"),
        _kept(facts, draft),
    )


def own(words: Words, facts: AskFacts, draft: Draft) -> Modal:
    """The junior's own words, to change, copy or put on the agenda; empty for a line from scratch."""
    drafted = bool(draft.own)
    line = text_field(
        "ask.line",
        words.say("ask.own.label" if drafted else "ask.own.line"),
        initial=(draft.own or "")[:LINE_LENGTH],
        most=LINE_LENGTH,
        multiline=True,
        hint=words.say("ask.own.hint") if drafted else None,
    )
    back = [actions(button(words.say("ask.own.back"), "ask.back"))] if drafted else []
    return Modal(
        "ask.own",
        words.say("ask.build.title" if drafted else "ask.own.title"),
        [line, note(words.say("common.who_sees.own_agenda")), *_before(words, draft), *back],
        words.say("common.buttons.close"),
        words.say("ask.build.add"),
        _kept(facts, draft),
    )


def added(words: Words, facts: ParkFacts) -> Message:
    """Where the line went, to the booked session or to the parking lot; for ten minutes it can be taken back."""
    key = "waits" if facts.waits else "agenda" if facts.session else "parked"
    undo = actions(button(words.say("common.buttons.undo"), "prepare.unpark", facts.line_id))
    text = words.say(f"ask.added.{key}")
    return Message(text, [section(text), undo, note(words.say("ask.added.undo"))])


def offer(words: Words, question: Question, pair_id: str, *, key: str) -> list[Block]:
    """Words for asking, offered to the junior alone; `key` is the sentence for where it stands."""
    show = button(words.say("ask.offer.show"), f"ask.open:{question}", pair_id)
    later = button(words.say("ask.offer.not_now"), "ask.not_now", pair_id)
    text = words.say(f"ask.offer.{key}", title=words.content.question(question.value).title)
    return [section(text), actions(show, later), note(words.say("ask.offer.sees"))]


def wording(words: Words, draft: Draft) -> str:
    """The ask with its blanks filled in as far as they are known, as plain text."""
    filled = words.fill(
        words.content.ask(draft.question.value, draft.tone).text,
        topic=draft.topic or BLANK,
        person=draft.person or BLANK,
        date=words.date(draft.day) if draft.day else BLANK,
    )
    return clean(filled)


def follow_up(words: Words, which: str) -> str:
    """The wording for a soft no with this id; the first for one that is gone."""
    known = words.content.asks.follow_ups
    return next((item for item in known if item.id == which), known[0]).text


def boxed(text: str) -> Block:
    """Text letter by letter, in a box of its own: nothing formats it, and all of it can be selected and copied."""
    return RichTextBlock(elements=[RichTextPreformattedElement(elements=[RichTextElementParts.Text(text=text)])])


def _whom(words: Words, facts: AskFacts) -> list[Block]:
    """Only for somebody who is the junior of several pairs."""
    if len(facts.choices) < 2:
        return []
    names = options({one.pair.id: name_of(words, one.senior)[:75] for one in facts.choices})
    chosen = StaticSelectElement(options=names, initial_option=_chosen(names, facts.people.pair.id))
    return [field_of("ask.pair", words.say("ask.build.whom"), chosen, dispatch=True)]


def _what(words: Words, facts: AskFacts, draft: Draft) -> list[Block]:
    questions = options({q: words.content.question(q.value).title for q in Question})
    tones = options({tone: words.say(f"ask.tones.{tone}") for tone in TONES})
    which = StaticSelectElement(options=questions, initial_option=_chosen(questions, draft.question))
    tone = RadioButtonsElement(options=tones, initial_option=_chosen(tones, draft.tone))
    label = words.say("ask.build.which", senior=name_of(words, facts.people.senior))
    return [
        field_of("ask.question", label, which, dispatch=True),
        field_of("ask.tone", words.say("ask.build.tone"), tone, dispatch=True),
    ]


def _chosen(choices: list[Option], value: str) -> Option:
    return next((o for o in choices if o.value == value), choices[0])


def _blanks(words: Words, draft: Draft) -> list[Block]:
    wanted = fields_of(words.content.ask(draft.question.value, draft.tone).text)
    blocks = [
        live_text(f"ask.{name}", words.say(f"ask.build.{name}"), initial=value, most=BLANK_LENGTH)
        for name, value in (("topic", draft.topic), ("person", draft.person))
        if name in wanted
    ]
    if "date" in wanted:
        picker = DatePickerElement(initial_date=draft.day.isoformat() if draft.day else None)
        blocks.append(field_of("ask.date", words.say("ask.build.date"), picker, dispatch=True))
    return blocks


def _ways(words: Words, facts: AskFacts, draft: Draft) -> list[ButtonElement]:
    """What can be done with a wording besides taking it as it is."""
    pair_id = facts.people.pair.id
    ways = [button(words.say("ask.build.change"), "ask.change", pair_id)]
    if draft.own is not None:
        ways.append(button(words.say("ask.build.mine"), "ask.mine", pair_id))
    if draft.question is Question.INTRODUCE:
        ways.append(button(words.say("ask.build.request"), "intro.new", pair_id))
    return ways


def _follow_ups(words: Words) -> list[Block]:
    asks = words.content.asks
    lines: list[Block] = [
        section(item.text, button(words.say("ask.build.take"), f"ask.follow_up:{item.id}", item.id))
        for item in asks.follow_ups
    ]
    return [section(words.say("ask.build.follow_ups")), *lines, note(asks.note)]


def _before(words: Words, draft: Draft) -> list[Block]:
    """Another wording that was changed: nothing that was typed goes."""
    return [section(words.say("ask.own.before")), boxed(clean(draft.before))] if draft.before else []


def _kept(facts: AskFacts, draft: Draft) -> dict[str, str]:
    """What the modal shows no field for, so that it is there again when one comes."""
    kept = {
        "question": draft.question.value, "tone": draft.tone, "topic": draft.topic, "person": draft.person,
        "date": draft.day.isoformat() if draft.day else "", "own": draft.own or "", "before": draft.before,
    }  # fmt: skip
    return {"pair": facts.people.pair.id, **{name: value for name, value in kept.items() if value}}
