"""Load and safety: two questions in one message, the same as a modal, and the card with the four doors."""

from dataclasses import replace

from slack_sdk.models.blocks import Block, RadioButtonsElement

from bot.domain.pulse import PulseFacts
from bot.domain.support import Doors
from bot.views import support
from bot.views.checkin.invite import day_of
from bot.views.common import mention
from bot.views.parts import Message, Modal, actions, button, field_of, note, options, section
from prompts import Words
from storage.records.pulse import Pulse

LOAD, SAFETY = "pulse.load", "pulse.safety"


def ask(words: Words, facts: PulseFacts) -> Message:
    """Both questions; what was pressed already is marked."""
    return Message(words.say("pulse.push.ask"), [*_questions(words, facts), _sees(words, facts), _support(words)])


def said(words: Words, facts: PulseFacts) -> Message:
    """In place of the question: what was said, once both are, with the way back."""
    if not facts.pulse.whole:
        return ask(words, facts)
    lines = [
        words.say("pulse.said.line", text=text, answer=choices[given])
        for _, text, choices, given in _items(words, facts.pulse)
    ]
    until = day_of(words, facts.pulse.closes_at, facts.me.zone)
    return Message(
        words.say("pulse.push.ask"),
        [
            section("\n".join([words.say("pulse.said.body"), *lines])),
            actions(
                button(words.say("pulse.said.change"), "pulse.change", facts.pulse.id),
                button(words.say("pulse.said.take_back"), "pulse.take_back", facts.pulse.id),
            ),
            note(words.say("pulse.said.until", day=until)),
            _support(words),
        ],
    )


def form(words: Words, facts: PulseFacts) -> Modal:
    """The same two questions from a Home."""
    fields: list[Block] = []
    for name, text, choices, given in _items(words, facts.pulse):
        known = options(choices)
        chosen = next((one for one in known if one.value == given), None)
        fields.append(field_of(f"pulse.{name}", text, RadioButtonsElement(options=known, initial_option=chosen)))
    return Modal(
        "pulse.form",
        words.say("pulse.form.title"),
        [section(words.say("pulse.ask.body", partner=mention(words, facts.partner))), *fields, _sees(words, facts)],
        words.say("common.buttons.cancel"),
        words.say("common.buttons.send"),
        {"pulse": facts.pulse.id},
    )


def card(words: Words, doors: Doors) -> Modal:
    """The four doors, at once and for this person alone."""
    shown = support.doors(words, doors)
    return replace(shown, blocks=[section(words.say("pulse.support.lead")), *shown.blocks])


def home_lines(words: Words, waiting: tuple[PulseFacts, ...]) -> list[Block]:
    """What waits on a Home."""
    blocks: list[Block] = []
    for facts in waiting:
        text = words.say("pulse.home.body", partner=mention(words, facts.partner))
        answer = button(words.say("pulse.home.answer"), "pulse.open", facts.pulse.id)
        blocks += [section(text, answer), note(words.say("pulse.home.sees"))]
    return blocks


def _questions(words: Words, facts: PulseFacts) -> list[Block]:
    blocks: list[Block] = [section(words.say("pulse.ask.body", partner=mention(words, facts.partner)))]
    for name, text, choices, given in _items(words, facts.pulse):
        taps = [
            button(
                words.say("pulse.ask.marked", text=label) if code == given else label,
                f"pulse.tap:{name}_{code}", facts.pulse.id, "primary" if code == given else None,
            )
            for code, label in choices.items()
        ]  # fmt: skip
        blocks += [section(words.say("pulse.ask.asked", text=text)), actions(*taps)]
    return blocks


def _items(words: Words, pulse: Pulse) -> list[tuple[str, str, dict[str, str], str]]:
    """Each question: its name, text, options by code, and what was answered, or ""."""
    given = {"load": pulse.load or "", "safety": pulse.safety or ""}
    return [
        (name, item.text, {one.code: one.text for one in item.options}, given[name])
        for item in words.content.review("pulse").items
        for name in [item.id.removeprefix("pulse_")]
    ]


def _sees(words: Words, facts: PulseFacts) -> Block:
    who = words.say("common.who_sees.coordinators_figures", k=facts.k)
    return note(words.say("pulse.ask.sees", who=who))


def _support(words: Words) -> Block:
    """On everybody's message, whatever they answer."""
    return actions(button(words.say("pulse.ask.support"), "support.doors"))
