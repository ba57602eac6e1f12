"""The modal with the four questions, made to be answered in under a minute, and the thanks after it."""

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    Option,
    OptionGroup,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    StaticMultiSelectElement,
)

from bot.domain.checkin import EXAMPLE_LENGTH, THEMES_MOST, Sheet, Thanks, asks_by_when
from bot.views import ask
from bot.views.checkin.invite import day_of
from bot.views.checkin.learner import learner_blocks, learner_field
from bot.views.common import name_of
from bot.views.parts import Modal, actions, button, field_of, note, options, section
from prompts import Words
from storage.records.checkin import Answer, Question


def sheet(words: Words, facts: Sheet) -> Modal:
    """Four radio groups, each with room for an example, and a date picker where something was promised."""
    texts = words.content.questions.texts
    about = words.say(
        "checkin.sheet.about",
        header=texts.header,
        date=day_of(words, facts.session.starts_at, facts.zone),
    )
    return Modal(
        "checkin.sheet",
        words.say("checkin.sheet.title"),
        [
            section(about),
            note(words.say("common.who_sees.coordinators_figures", k=facts.k)),
            *_again(words, facts),
            *(block for n, q in enumerate(Question, 1) for block in _question(words, facts, n, q)),
            learner_field(words, facts.filled.learner),
            _themes(words, facts),
        ],
        words.say("common.buttons.cancel"),
        words.say("common.buttons.send"),
        {"checkin": facts.checkin.id},
    )


def _again(words: Words, facts: Sheet) -> list[Block]:
    if not facts.copyable:
        return []
    text = words.say("checkin.sheet.again", again=words.content.questions.texts.again)
    press = button(words.say("checkin.sheet.nothing_new"), "checkin.nothing_new", facts.checkin.id, "primary")
    return [section(text, press)]


def _question(words: Words, facts: Sheet, number: int, question: Question) -> list[Block]:
    content = words.content.question(question.value)
    given = next((a for a in facts.filled.answers if a.question is question), Answer(question, ""))
    text = words.fill(content.text, senior=name_of(words, facts.senior))
    choices = options({option.code: option.text for option in content.options})
    chosen = next((o for o in choices if o.value == given.option), None)
    radio = field_of(
        f"checkin.option:{question}",
        words.say("checkin.sheet.question", number=number, text=text),
        RadioButtonsElement(options=choices, initial_option=chosen),
        # A date has to appear beside a promise: only these groups need to tell us what was picked.
        dispatch=any(option.asks_by_when for option in content.options),
    )
    return [radio, *_by_when(words, question, given), _example(words, question, given)]


def _by_when(words: Words, question: Question, given: Answer) -> list[Block]:
    if not asks_by_when(question, given.option):
        return []
    picker = DatePickerElement(initial_date=given.by_when.isoformat() if given.by_when else None)
    return [field_of(f"checkin.by_when:{question}", words.content.questions.texts.by_when, picker)]


def _example(words: Words, question: Question, given: Answer) -> Block:
    element = PlainTextInputElement(
        initial_value=given.example or None,
        max_length=EXAMPLE_LENGTH,
        placeholder=words.say("checkin.sheet.only_you"),
    )
    texts = words.content.questions.texts
    hint = texts.example_hint if question is Question.LEARN else None
    return field_of(f"checkin.example:{question}", texts.example, element, hint=hint, optional=True)


def _themes(words: Words, facts: Sheet) -> Block:
    groups = [
        OptionGroup(
            label=PlainTextObject(text=group.title),
            options=options({tag.id: tag.label for tag in group.tags if tag.id in facts.themes}),
        )
        for group in words.content.themes.groups
        if any(tag.id in facts.themes for tag in group.tags)
    ]
    chosen: list[Option] = [o for g in groups for o in g.options or () if o.value in facts.filled.themes]
    select = StaticMultiSelectElement(
        option_groups=groups,
        initial_options=chosen or None,
        max_selected_items=THEMES_MOST,
        placeholder=words.say("checkin.sheet.pick", n=THEMES_MOST),
    )
    hint = words.say("checkin.sheet.themes_hint")
    return field_of("checkin.themes", words.say("checkin.sheet.themes"), select, hint=hint, optional=True)


def thanks(words: Words, facts: Thanks) -> Modal:
    """Said after sending, with what could be made of the answers."""
    until = words.say("checkin.thanks.until", date=day_of(words, facts.checkin.closes_at, facts.zone))
    pair_id = facts.checkin.pair_id
    return Modal(
        "checkin.thanks",
        words.say("checkin.thanks.title"),
        [
            section(words.say("checkin.thanks.body")),
            actions(
                button(words.say("checkin.thanks.draft"), "ask.open", pair_id, "primary"),
                button(words.say("checkin.thanks.agenda"), "ask.scratch", pair_id),
            ),
            *(ask.offer(words, facts.offer, pair_id, key="thanks") if facts.offer else ()),
            *(learner_blocks(words, facts.learner) if facts.learner else ()),
            note(until),
        ],
        words.say("checkin.thanks.nothing"),
        metadata={"checkin": facts.checkin.id},
    )
