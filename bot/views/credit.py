"""Credit by name: the monthly question with its three answers, and what each of them leads to."""

from slack_sdk.models.blocks import Block

from bot.domain.credit import CreditFacts
from bot.views.checkin.invite import day_of
from bot.views.parts import Message, actions, button, note, section
from prompts import Words
from storage.records.credit import Credited


def ask(words: Words, facts: CreditFacts) -> Message:
    """The question: one press answers it."""
    return Message(words.say("credit.push.ask"), [*_asked(words, facts), note(words.say("credit.ask.sees"))])


def said(words: Words, facts: CreditFacts, zone: str) -> Message:
    """In place of the question: what was said, and the way back."""
    given, credit_id = facts.credit.said, facts.credit.id
    if given is None:
        return ask(words, facts)
    plan = [button(words.say("credit.said.promise"), "credit.plan", credit_id, "primary")]
    undo = button(words.say("common.buttons.undo"), "credit.undo", credit_id)
    until = words.say("credit.said.until", day=day_of(words, facts.credit.closes_at, zone))
    shown = actions(*(plan if given is Credited.PLAN and facts.juniors else []), undo)
    return Message(words.say("credit.push.ask"), [section(words.say(f"credit.said.{given}")), shown, note(until)])


def home_lines(words: Words, waiting: CreditFacts | None) -> list[Block]:
    """What waits on a senior's Home."""
    return [*_asked(words, waiting), note(words.say("credit.home.sees"))] if waiting is not None else []


def _asked(words: Words, facts: CreditFacts) -> list[Block]:
    asked = words.content.nudges.credit
    taps = [button(one.text, f"credit.say:{one.code}", facts.credit.id) for one in asked.options]
    return [section(asked.text), actions(*taps)]
