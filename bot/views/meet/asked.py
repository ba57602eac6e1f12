"""Messages in one side's own DM: did you meet, and who finds the next date."""

from bot.domain.meet import AskFacts, RebookFacts
from bot.views.common import moment, sentence
from bot.views.parts import Message, actions, button, note, section
from prompts import Words, escape
from storage.records.enrol import Person, Side
from storage.records.meet import Hindrance, Said


def ask(words: Words, facts: AskFacts) -> Message:
    """The question, with its three answers."""
    partner = _partner(facts)
    session = facts.session
    key = "meet.ask.again" if facts.again else "meet.ask.body"
    return Message(
        words.say("meet.ask.text"),
        [
            section(words.say(key, partner=f"<@{partner.user_id}>", when=_when(words, facts))),
            actions(
                button(words.say("meet.ask.met"), "meet.met", session.id, "primary"),
                button(words.say("meet.ask.moved"), "meet.moved", session.id),
                button(words.say("meet.ask.not_met"), "meet.not_met", session.id),
            ),
            note(words.say("meet.ask.sees", partner=escape(partner.name))),
        ],
    )


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
    blocks = [section(text), actions(*buttons), note(words.say("meet.answer.undo"))]
    return Message(words.say("meet.answer.text"), blocks)


def undone(words: Words, facts: AskFacts | None) -> Message:
    """The question again, or a sentence where a session logged by hand was taken back."""
    return sentence(words.say("meet.log.undone")) if facts is None else ask(words, facts)


def rebook(words: Words, facts: RebookFacts) -> Message:
    partner = facts.people.other(facts.people.on(facts.side).id)
    when = moment(words, facts.since.starts_at, facts.people.on(facts.side).zone)
    return Message(
        words.say("meet.rebook.text"),
        [
            section(words.say("meet.rebook.body", partner=f"<@{partner.user_id}>", when=when)),
            actions(button(words.say("meet.buttons.suggest"), "meet.book", facts.people.pair.id, "primary")),
            note(words.say("meet.rebook.sees")),
        ],
    )


def missing(words: Words, facts: RebookFacts) -> Message:
    partner = facts.people.other(facts.people.on(facts.side).id)
    return Message(
        words.say("meet.missing.text"),
        [
            section(words.say("meet.missing.body", partner=f"<@{partner.user_id}>")),
            actions(button(words.say("meet.buttons.suggest"), "meet.book", facts.people.pair.id, "primary")),
            note(words.say("meet.rebook.sees")),
        ],
    )


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
