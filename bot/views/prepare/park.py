"""The parking lot: one line in, and the word that it is kept."""

from slack_sdk.models.blocks import Block, StaticSelectElement

from bot.domain.prepare import LINE_LENGTH, ParkFacts, ParkForm
from bot.views.common import moment, sentence
from bot.views.parts import Message, Modal, actions, button, field_of, note, options, section, text_field
from prompts import Words, escape


def park(words: Words, form: ParkForm, *, add: bool = False, text: str = "") -> Modal:
    """One line for later, or (`add`) for the next agenda; `text` stands in the field already."""
    blocks: list[Block] = []
    if form.choices:
        pairs = options({value: name[:75] for value, name in form.choices.items()})
        element = StaticSelectElement(options=pairs, initial_option=pairs[0])
        blocks.append(field_of("prepare.pair", words.say("prepare.park.with"), element))
    label = words.say("prepare.park.label_add" if add else "prepare.park.label")
    blocks.append(
        text_field("prepare.topic", label, initial=text, most=LINE_LENGTH, hint=words.say("prepare.park.hint"))
    )
    blocks.append(note(words.say("common.who_sees.pair")))
    return Modal(
        "prepare.add" if add else "prepare.park",
        words.say("prepare.park.title_add" if add else "prepare.park.title"),
        blocks,
        words.say("common.buttons.cancel"),
        words.say("prepare.park.submit"),
        {"pair": form.pair_id},
    )


def parked(words: Words, facts: ParkFacts, zone: str = "UTC") -> Message:
    """The line is kept; for ten minutes its author can take it back."""
    text = words.say("prepare.park.done", topic=escape(facts.text))
    if facts.session is not None:
        when = moment(words, facts.session.starts_at, zone)
        text = words.say("prepare.park.done_add", when=when, topic=escape(facts.text))
    if facts.waits:
        text = words.say("prepare.park.waits", topic=escape(facts.text))
    undo = actions(button(words.say("common.buttons.undo"), "prepare.unpark", facts.line_id))
    return Message(words.say("prepare.park.text"), [section(text), undo, note(words.say("common.who_sees.pair"))])


def taken_back(words: Words) -> Message:
    return sentence(words.say("prepare.park.undone"))
