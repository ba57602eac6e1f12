"""How a pair's end looks: the wrap-up in its space, the thank-you, staying in touch, what is behind somebody."""

from slack_sdk.models.blocks import Block, InteractiveElement

from bot.domain.close import Past, Thanks, Wrapping
from bot.views.common import mention, moment
from bot.views.parts import Message, actions, button, note, section
from prompts import Words, escape
from storage.records.close import WrapUp
from storage.records.commit import Commitment
from storage.records.enrol import Side

_OWED = 6
_PAST = 3


def wrapping(words: Words, facts: Wrapping) -> Message:
    """In the pair's space: what the last weeks are for, what is owed, and the session to close with."""
    say, pair_id = words.say, facts.people.pair.id
    names = {"junior": mention(words, facts.people.junior), "senior": mention(words, facts.people.senior)}
    blocks = [section(say("close.wrapping.body", **names)), section(_owed(words, facts))]
    if facts.session is not None:
        when = moment(words, facts.session.starts_at, facts.people.junior.zone)
        blocks.append(section(say("close.wrapping.session", when=when)))
        agenda = button(say("close.wrapping.agenda"), "prepare.agenda", facts.session.id, "primary")
        buttons: list[InteractiveElement] = [agenda]
    else:
        blocks.append(section(say("close.wrapping.none", day=words.date(facts.until))))
        buttons = [button(say("close.wrapping.book"), "meet.book", pair_id, "primary")]
    buttons += [
        button(say("close.wrapping.longer"), "meet.rhythm", pair_id),
        button(say("ripple.button"), "ripple.list", pair_id),
    ]
    return Message(say("close.wrapping.text"), [*blocks, actions(*buttons), note(say("close.wrapping.sees"))])


def _owed(words: Words, facts: Wrapping) -> str:
    """What the senior has promised and not done yet."""
    if not facts.owed:
        return words.say("close.wrapping.owed_none")
    lines = [f"• {_promise(words, one)}" for one in facts.owed[:_OWED]]
    return "\n".join([words.say("close.wrapping.owed"), *lines])[:2900]


def _promise(words: Words, one: Commitment) -> str:
    text = escape(one.text) if one.text else words.say("common.people.removed")
    return words.say("close.wrapping.promise", text=text, day=words.date(one.due_on))


def thanks(words: Words, facts: Thanks) -> Message:
    """To one side, in words of its own."""
    say = words.say
    count = say("close.thanks.sessions", n=facts.held)
    body = say(f"close.thanks.{facts.side}", partner=mention(words, facts.partner), sessions=count)
    sees = note(say("close.thanks.sees"))
    return Message(say("close.thanks.text"), [section(body), _buttons(words, facts), sees])


def stayed(words: Words, facts: Thanks) -> Message:
    """In place of the thank-you, after somebody said that they would like to stay in touch, or after all not."""
    if not facts.stays:
        return thanks(words, facts)
    key = "both" if facts.both else "waits"
    text = words.say(f"close.stay.{key}", partner=mention(words, facts.partner))
    return Message(
        words.say("close.thanks.text"), [section(text), _buttons(words, facts), note(words.say("close.stay.sees"))]
    )


def both_stay(words: Words, facts: Thanks) -> Message:
    """To each of two who both would like to."""
    body = words.say("close.stay.told", partner=mention(words, facts.partner))
    return Message(words.say("close.stay.text"), [section(body), note(words.say("close.stay.told_sees"))])


def _buttons(words: Words, facts: Thanks) -> Block:
    return actions(*ending(words, facts.people.pair.id, facts.side, stays=facts.stays))


def ending(words: Words, pair_id: str, side: Side, *, stays: bool, quote: bool = False) -> list[InteractiveElement]:
    """What one side can do at the end; the statement is the junior's."""
    say = words.say
    stay = ("close.stay.off", "close.stay:no") if stays else ("close.stay.on", "close.stay:yes")
    buttons: list[InteractiveElement] = [
        button(say(stay[0]), stay[1], pair_id), button(say("ripple.button"), "ripple.list", pair_id),
    ]  # fmt: skip
    if side is Side.JUNIOR:
        buttons.insert(0, button(say("close.statement.button"), "close.statement", pair_id, "primary"))
    if quote:
        buttons.append(button(say("close.quote.button"), "close.quote", pair_id))
    return buttons


def wrap_line(words: Words, wrap_up: WrapUp | None, pair_id: str, side: Side) -> list[Block]:
    """On the Home of a pair that comes to its end."""
    if wrap_up is None:
        return []
    key = "thanked" if wrap_up.thanked_at is not None else "wrapping"
    statement = button(words.say("close.statement.button"), "close.statement", pair_id) if side is Side.JUNIOR else None
    return [section(words.say(f"close.home.{key}"), statement)]


def past(words: Words, pasts: tuple[Past, ...]) -> list[Block]:
    """On a Home: the pairs that are behind somebody, and what they can still do."""
    blocks: list[Block] = []
    for one in pasts[:_PAST]:
        partner = mention(words, one.people.other(one.people.on(one.side).id))
        count = words.say("close.thanks.sessions", n=one.held)
        key = "completed" if one.completed else "ended"
        lines = [words.say(f"close.home.{key}", partner=partner, sessions=count)]
        if one.both:
            lines.append(words.say("close.home.both"))
        if one.ripples:
            lines.append(words.say("ripple.home.count", n=len(one.ripples)))
        blocks += [section("\n".join(lines)), actions(*_left(words, one))]
    return blocks


def _left(words: Words, one: Past) -> list[InteractiveElement]:
    found = ending(words, one.people.pair.id, one.side, stays=one.stays, quote=one.quotable)
    return found if one.completed else [press for press in found if not str(press.action_id).startswith("close.stay")]
