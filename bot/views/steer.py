"""From a pilot to a programme: the coordinators' desk, the question to everybody of the pilot, naming the channel."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, DividerBlock, InteractiveElement

from bot.domain.steer import NAME, NAME_LENGTH, ChannelForm, Desk, Invitation, PilotFigures, SteeringDesk
from bot.views.common import mention
from bot.views.parts import Message, Modal, actions, button, header, note, section, text_field
from bot.views.programme.fields import asking_button
from bot.views.report.phrases import ripples
from prompts import Words, escape
from storage.records.enrol import Person
from storage.records.steer import VolunteerState

_DESKS = 3


def desk(words: Words, facts: SteeringDesk, news: str = "") -> Message:
    """Every pilot with its figures and what comes next; `news` is a sentence about what has just been done."""
    title = words.say("steer.title")
    blocks: list[Block] = [header(title), *([section(news)] if news else [])]
    if not facts.desks:
        blocks.append(section(words.say("steer.none")))
    for place, one in enumerate(facts.desks[:_DESKS]):
        blocks += [*([DividerBlock()] if place else []), *_pilot(words, one)]
    if any(one.ready for one in facts.desks):
        steps = "\n".join(f"• {words.say(f'steer.rollout.{one}')}" for one in _ROLLOUT)
        blocks += [DividerBlock(), section(f"{words.say('steer.rollout.title')}\n{steps}"[:2900])]
    return Message(news or title, [*blocks, note(words.say("steer.sees"))])


_ROLLOUT = ("learned", "sponsor", "seniors", "juniors", "contacts", "size", "lines", "content", "lights", "date")
"""What has to stand before a pilot becomes a programme, in the order in which it is worth doing."""


def _pilot(words: Words, one: Desk) -> list[Block]:
    blocks: list[Block] = [section(_figures(words, one.cohort.name, one.figures))]
    if not one.ready:
        return [*blocks, section(words.say("steer.later", day=words.date(one.cohort.ends_on)))]
    if one.asked:
        blocks.append(section(_answers(words, one)))
    else:
        blocks.append(section(words.say("steer.ask_body" if one.left else "steer.nobody_met")))
    buttons = _buttons(words, one)
    return [*blocks, actions(*buttons)] if buttons else blocks


def _answers(words: Words, one: Desk) -> str:
    """How many were asked, and who said yes; the others stay unnamed."""
    lines = [words.say("steer.asked", n=one.asked)]
    lines.append(_names(words, one.volunteers) if one.volunteers else words.say("steer.nobody_yet"))
    if one.channel is not None:
        lines.append(words.say("steer.channel_is", channel=f"<#{one.channel.channel_id}>"))
    return "\n".join(lines)


def _names(words: Words, people: Sequence[Person]) -> str:
    return words.say("steer.volunteers", people=words.join(mention(words, one) for one in people))


def _buttons(words: Words, one: Desk) -> list[InteractiveElement]:
    """What is left to do: to make the channel, to ask those who were not asked."""
    found: list[InteractiveElement] = []
    if one.volunteers and one.channel is None:
        found.append(button(words.say("steer.make"), "steer.channel", one.cohort.id, "primary"))
    if one.left:
        label = words.say("steer.ask_more" if one.asked else "steer.ask_all")
        ask = asking_button(words, label, "steer.ask", one.cohort.id, words.say("steer.ask_sure", n=one.left))
        ask.style = None if one.asked else "primary"
        found.append(ask)
    return found


def _figures(words: Words, name: str, figures: PilotFigures) -> str:
    say = words.say
    if not figures.pairs:
        return f"{say('steer.figures.title', cohort=escape(name))}\n{say('steer.figures.none')}"
    lines = [
        say("steer.figures.title", cohort=escape(name)),
        say("steer.figures.pairs", pairs=say("common.count.pairs", n=figures.pairs), completed=figures.completed),
        say("steer.figures.sessions", held=figures.held, planned=figures.planned, cancelled=figures.by_senior),
        say("steer.figures.promises", promised=figures.promised, kept=figures.kept),
    ]
    if figures.ripples:
        lines.append(ripples(words, figures.ripples))
    return "\n".join([*lines, say("steer.figures.answers")])


def ask(words: Words, facts: Invitation) -> Message:
    """To everybody of a pilot: would they help to steer what follows?"""
    say, cohort = words.say, facts.cohort
    blocks: list[Block] = [section(say("steer.ask.body", cohort=escape(cohort.name)))]
    yes = button(say("steer.ask.yes"), "steer.answer:yes", cohort.id, "primary")
    no = button(say("steer.ask.no"), "steer.answer:no", cohort.id)
    return Message(say("steer.ask.text"), [*blocks, actions(yes, no), note(say("steer.ask.sees"))])


def answered(words: Words, facts: Invitation) -> Message:
    """What they said, with the way back."""
    yes = facts.state is VolunteerState.YES
    text = words.say("steer.ask.said_yes" if yes else "steer.ask.said_no")
    change = button(
        words.say("steer.ask.change_no" if yes else "steer.ask.change_yes"),
        f"steer.answer:{'no' if yes else 'yes'}", facts.cohort.id,
    )  # fmt: skip
    return Message(words.say("steer.ask.text"), [section(text), actions(change), note(words.say("steer.ask.sees"))])


def channel_form(words: Words, facts: ChannelForm) -> Modal:
    """Name the private channel; who will be in it stands above."""
    say = words.say
    blocks = [
        section(_names(words, facts.volunteers)),
        text_field(NAME, say("steer.channel.name"), initial=facts.name, most=NAME_LENGTH,
                   hint=say("steer.channel.name_hint")),
        note(say("steer.channel.sees")),
    ]  # fmt: skip
    return Modal(
        "steer.channel", say("steer.channel.title"), blocks, say("common.buttons.cancel"), say("steer.channel.submit"),
        {"cohort": facts.cohort.id},
    )  # fmt: skip


def by_hand(words: Words, facts: ChannelForm) -> Modal:
    """The workspace has not allowed revmentor to make channels: what that needs, and whom to invite by hand."""
    say = words.say
    blocks = [section(say("steer.channel.no_scope")), section(_names(words, facts.volunteers))]
    return Modal("steer.by_hand", say("steer.channel.title"), blocks, say("common.buttons.close"))
