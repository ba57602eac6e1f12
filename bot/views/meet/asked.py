"""Messages in one side's own DM: did you meet, and who finds the next date."""

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.meet import AskFacts, RebookFacts
from bot.views.bundle import between
from bot.views.checkin import learner_blocks
from bot.views.common import moment, sentence
from bot.views.parts import Message, actions, button, note, section
from prompts import Words, escape
from storage.records.enrol import Person, Side
from storage.records.meet import Hindrance, Said


def ask(words: Words, facts: AskFacts) -> Message:
    """The question, with its three answers."""
    return Message(words.say("meet.ask.text"), ask_blocks(words, facts))


def ask_blocks(words: Words, facts: AskFacts) -> list[Block]:
    """The same for a Home."""
    partner, session = _partner(facts), facts.session
    key = "meet.ask.again" if facts.again else "meet.ask.body"
    return [
        section(words.say(key, partner=f"<@{partner.user_id}>", when=_when(words, facts))),
        actions(
            button(words.say("meet.ask.met"), "meet.met", session.id, "primary"),
            button(words.say("meet.ask.moved"), "meet.moved", session.id),
            button(words.say("meet.ask.not_met"), "meet.not_met", session.id),
        ),
        note(words.say("meet.ask.sees", partner=escape(partner.name))),
    ]


def answered(words: Words, facts: AskFacts) -> Message:
    """What the question's message becomes, with the way back."""
    session = facts.session
    values = {"partner": f"<@{_partner(facts).user_id}>", "when": _when(words, facts)}
    undo = button(words.say("common.buttons.undo"), "meet.undo", session.id)
    buttons = [undo]
    if facts.said is Said.NOT_MET and facts.hindrance is not None:
        why = _why(words, facts)[facts.hindrance]
        text = words.say("meet.answer.not_met_why", why=why, **values)
    else:
        text = words.say(f"meet.answer.{facts.said or Said.MET}", **values)
    if facts.said is Said.MOVED:
        buttons = [button(words.say("meet.buttons.new_time"), "meet.rebook", session.id, "primary"), undo]
    if facts.said is Said.NOT_MET and facts.hindrance is None:
        whys = [button(label, f"meet.why:{side}", session.id) for side, label in _why(words, facts).items()]
        buttons = [*whys, undo]
    if facts.turn is not None:
        text += "\n" + words.say(f"meet.turn.{_turn(facts)}", partner=values["partner"])
        buttons = [*_book_buttons(words, facts), undo]
    if facts.said is Said.MET:
        buttons = [*buttons, button(words.say("ripple.button"), "ripple.list", facts.people.pair.id)]
    blocks: list[Block] = [section(text), actions(*buttons), note(words.say("meet.answer.undo"))]
    if facts.learner is not None:
        blocks += [between("learner"), *learner_blocks(words, facts.learner)]
    return Message(words.say("meet.answer.text"), blocks)


def undone(words: Words, facts: AskFacts | None) -> Message:
    """The question again, or a sentence where a session logged by hand was taken back."""
    return sentence(words.say("meet.log.undone")) if facts is None else ask(words, facts)


def rebook(words: Words, facts: RebookFacts) -> Message:
    """To the senior, about a session that did not take place."""
    partner = facts.people.other(facts.people.on(facts.side).id)
    when = moment(words, facts.since.starts_at, facts.people.on(facts.side).zone)
    body = words.say("meet.rebook.body", partner=f"<@{partner.user_id}>", when=when)
    return Message(words.say("meet.rebook.text"), _find_a_date(words, body, facts.people.pair.id))


def missing(words: Words, facts: RebookFacts) -> Message:
    """No next date: to whoever's turn it is, and some days later to both."""
    partner = facts.people.other(facts.people.on(facts.side).id)
    key = "yours" if facts.side is facts.turn else "theirs"
    if facts.owed:
        key = f"{key}_owed"
    body = words.say(f"meet.missing.{key}", partner=f"<@{partner.user_id}>")
    return Message(words.say("meet.missing.text"), _find_a_date(words, body, facts.people.pair.id))


def _find_a_date(words: Words, body: str, pair_id: str) -> list[Block]:
    offer = button(words.say("meet.buttons.offer"), "meet.offer", pair_id, "primary")
    book = button(words.say("meet.buttons.book"), "meet.book", pair_id)
    return [section(body), actions(offer, book), note(words.say("meet.rebook.sees"))]


def _book_buttons(words: Words, facts: AskFacts) -> list[ButtonElement]:
    """For whoever's turn it is; the other one is only told."""
    if facts.turn is not facts.side:
        return []
    return [button(words.say("meet.buttons.book"), "meet.book", facts.people.pair.id, "primary")]


def _turn(facts: AskFacts) -> str:
    return "mine" if facts.turn is facts.side else "theirs"


def _why(words: Words, facts: AskFacts) -> dict[Hindrance, str]:
    mine, theirs = Hindrance(facts.side), Hindrance(_other(facts.side))
    partner = escape(_partner(facts).name)[:40]
    return {
        mine: words.say("meet.why.me"),
        theirs: words.say("meet.why.partner", partner=partner),
        Hindrance.OTHER: words.say("meet.why.other"),
    }


def _other(side: Side) -> Side:
    return Side.SENIOR if side is Side.JUNIOR else Side.JUNIOR


def _partner(facts: AskFacts) -> Person:
    return facts.people.on(_other(facts.side))


def _when(words: Words, facts: AskFacts) -> str:
    return moment(words, facts.session.starts_at, facts.people.on(facts.side).zone)
