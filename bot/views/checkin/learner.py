"""Who was mainly learning: as a field of a form, as one tap, and what may be made of it, all for one person's eyes."""

from slack_sdk.models.blocks import Block, RadioButtonsElement

from bot.domain.learner import LESSONS, LearnerFacts
from bot.views.parts import Message, actions, button, field_of, note, options, section
from prompts import Words
from storage.records.checkin import Learner

LEARNER = "checkin.learner"


def learner_field(words: Words, known: Learner | None) -> Block:
    """Part of a form; it may stay empty."""
    choices = options(_answers(words))
    chosen = next((one for one in choices if one.value == known), None)
    radio = RadioButtonsElement(options=choices, initial_option=chosen)
    return field_of(LEARNER, words.say("learner.ask.label"), radio, hint=words.say("learner.ask.sees"), optional=True)


def learner_blocks(words: Words, facts: LearnerFacts) -> list[Block]:
    """The tap, or what was said with a way back and, the second time in a row, what could help."""
    answers, session_id = _answers(words), facts.session.id
    if facts.said is None:
        taps = [button(text, f"checkin.who_learned:{code}", session_id) for code, text in answers.items()]
        return [section(words.say("learner.ask.body")), actions(*taps), note(words.say("learner.ask.sees"))]
    change = button(words.say("learner.ask.change"), "checkin.who_undo", session_id)
    said = section(words.say("learner.ask.said", answer=answers[facts.said]), change)
    return [said, *learner_offer(words, facts), note(words.say("learner.ask.sees"))]


def learner_offer(words: Words, facts: LearnerFacts) -> list[Block]:
    """A lesson to read and a line to bring: theirs to use or leave."""
    if not facts.turned:
        return []
    return [
        section(words.say(f"learner.turned.{facts.side}.body")),
        actions(
            button(words.say("learner.offer.lesson"), "learn.open", LESSONS[facts.side]),
            button(words.say("learner.offer.agenda"), "checkin.reset", facts.session.pair_id),
        ),
    ]


def learner_part(words: Words, facts: LearnerFacts) -> Message:
    """In place of the tap, within the message that holds it."""
    return Message(words.say("meet.answer.text"), learner_blocks(words, facts))


def _answers(words: Words) -> dict[str, str]:
    item = words.content.review("learner").items[0]
    return {option.code: option.text for option in item.options if option.code in set(Learner)}
