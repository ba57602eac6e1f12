"""Who coordinates: the list, adding somebody, and the welcome."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.programme.facts import AddedFacts
from bot.views.parts import Message, Modal, actions, button, header, note, section
from bot.views.programme.fields import asking_button, full_date, person
from prompts import Words
from storage.records.programme import Coordinator, Programme


def coordinators(words: Words, programme: Programme, people: Sequence[Coordinator], news: str = "") -> Message:
    """The list with a button each; `news` is a sentence about what has just been done."""
    title = words.say("programme.coordinators.title")
    blocks: list[Block] = [*([section(news)] if news else []), header(title)]
    blocks += [_line(words, one, alone=len(people) == 1) for one in people[:30]]
    blocks += [
        actions(button(words.say("programme.coordinators.add"), "programme.coordinator_add")),
        note(words.say("programme.coordinators.channel", channel=f"<#{programme.channel_id}>")),
    ]
    return Message(news or title, blocks)


def left(words: Words) -> Message:
    """To somebody who gave up the role."""
    text = words.say("programme.coordinators.done_left")
    return Message(text, [section(text)])


def in_modal(words: Words, message: Message) -> Modal:
    """The same list where it is reached from a modal."""
    title = words.say("programme.coordinators.title")
    return Modal("programme.coordinators", title, message.blocks, words.say("common.buttons.close"))


def adding(words: Words) -> Modal:
    """Pick one person."""
    return Modal(
        "programme.coordinator_add",
        words.say("programme.coordinators.add_title"),
        [
            section(words.say("programme.coordinators.add_body")),
            person("person", words.say("programme.coordinators.person"), ""),
            note(words.say("programme.coordinators.sees")),
        ],
        words.say("common.buttons.cancel"),
        words.say("programme.coordinators.add_submit"),
    )


def added(words: Words, facts: AddedFacts) -> Message:
    """To the new coordinator."""
    return Message(
        words.say("programme.added.text"),
        [
            header(words.say("programme.added.title")),
            section(words.say("programme.added.body", by=f"<@{facts.by}>")),
            actions(
                button(words.say("programme.added.today"), "programme.today", style="primary"),
                button(words.say("programme.added.help"), "help.show:coordinator"),
            ),
            note(words.say("programme.coordinators.sees")),
        ],
    )


def _line(words: Words, one: Coordinator, *, alone: bool) -> Block:
    who = f"<@{one.user_id}>"
    text = words.say("programme.coordinators.line", person=who, day=full_date(words, one.added_at.date()))
    if alone:
        return section(f"{text}\n{words.say('programme.coordinators.alone')}")
    question = words.say("programme.coordinators.remove_question")
    remove = words.say("programme.coordinators.remove")
    return section(text, asking_button(words, remove, "programme.coordinator_remove", one.user_id, question))
