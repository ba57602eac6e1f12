"""The junior's contribution statement, and words that somebody writes in order to be quoted."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, InputBlock, RadioButtonsElement

from bot.domain.close import (
    NOTE,
    NOTE_LENGTH,
    PREPARING,
    QUOTE,
    QUOTE_LENGTH,
    TEXT,
    TEXT_LENGTH,
    Contribution,
    Quoted,
    QuoteForm,
    stamp,
)
from bot.views.common import name_of, sentence
from bot.views.parts import Message, Modal, actions, button, field_of, header, note, options, section, text_field
from bot.views.programme.fields import full_date
from prompts import Words, escape
from storage.records.close import Quote, QuoteState
from storage.records.enrol import Side


def statement(words: Words, facts: Contribution, *, again: bool = False) -> Modal:
    """Both texts to change and to copy. `again`: made anew from the facts, in place of what was typed."""
    say, pair_id = words.say, facts.people.pair.id
    texts = (
        (TEXT, "text", facts.text or _wording(words, facts), TEXT_LENGTH),
        (NOTE, "note", facts.note or _note(words, facts), NOTE_LENGTH),
    )
    fields = [_field(words, name, key, text, most, again=again) for name, key, text, most in texts]
    return Modal(
        "close.statement",
        say("close.statement.title"),
        [
            section(say("close.statement.intro")),
            *fields,
            note(say("close.statement.estimate", n=PREPARING), say("close.statement.sees")),
            actions(button(say("close.statement.fresh"), "close.statement_fresh", pair_id)),
        ],
        say("common.buttons.close"),
        say("common.buttons.save"),
        {"pair": pair_id},
    )


def _field(words: Words, name: str, key: str, text: str, most: int, *, again: bool) -> Block:
    """Slack keeps what was typed into a field of the same id, so that a new text comes in a new one."""
    hint = words.say(f"close.statement.{key}_hint")
    block = text_field(
        name, words.say(f"close.statement.{key}"), initial=text[:most], most=most, multiline=True, hint=hint,
        optional=True,
    )  # fmt: skip
    if again and isinstance(block, InputBlock):
        block.block_id = f"{name}:again"
    return block


def statement_saved(words: Words) -> Message:
    return sentence(words.say("close.statement.saved"))


def _wording(words: Words, facts: Contribution) -> str:
    """Of facts alone: sessions, hours with the estimate, topics by purpose, what she offered; nobody's name."""
    say = words.say
    values = {
        "cohort": facts.cohort.name, "first": full_date(words, facts.first), "last": full_date(words, facts.last),
        "sessions": say("close.thanks.sessions", n=facts.held), "hours": words.number(facts.hours), "n": PREPARING,
    }  # fmt: skip
    lines = [
        say("close.statement.part", **values), say("close.statement.time", **values),
        say(f"close.statement.topics.{facts.purpose}"), say(f"close.statement.skills.{facts.purpose}"),
    ]  # fmt: skip
    if facts.offers:
        topics = words.join(say(f"enrol.topics.{one}") for one in facts.offers)
        lines.append(say("close.statement.offers", topics=topics))
    return "\n\n".join(lines)


def _note(words: Words, facts: Contribution) -> str:
    count = words.say("close.thanks.sessions", n=facts.held)
    return words.say("close.statement.thanks", sessions=count, hours=words.number(facts.hours))


def quote_form(words: Words, facts: QuoteForm) -> Modal:
    """Write what may be quoted, and choose whether the name stands under it."""
    say, known = words.say, facts.quote
    names = options({one: say(f"close.quote.{one}") for one in ("unnamed", "named")})
    chosen = names[1] if facts.named else names[0]
    approved = known is not None and known.state is QuoteState.APPROVED
    blocks = [
        section(say("close.quote.intro")),
        text_field(
            QUOTE, say("close.quote.words"), initial=(known.text or "") if known else "", most=QUOTE_LENGTH,
            multiline=True, hint=say("close.quote.words_hint"),
        ),
        field_of("close.named", say("close.quote.name"), RadioButtonsElement(options=names, initial_option=chosen)),
        note(say("close.quote.sees")),
    ]  # fmt: skip
    if approved and known is not None:
        take = button(say("close.quote.withdraw"), "close.quote_withdraw", known.id)
        blocks += [section(say("close.quote.is_approved")), actions(take)]
    return Modal(
        "close.quote", say("close.quote.title"), blocks, say("common.buttons.close"), say("close.quote.look"),
        {"pair": facts.people.pair.id},
    )  # fmt: skip


def quote_sure(words: Words, facts: QuoteForm) -> Modal:
    """Exactly how it will appear, before anybody else sees it."""
    say, known = words.say, facts.quote
    assert known is not None
    name = name_of(words, facts.me) if known.named else None
    shown = _quoted(words, known, name, facts.cohort.name)
    return Modal(
        "close.quote_sure",
        say("close.quote.title"),
        [section(say("close.quote.exactly")), section(shown), note(say("close.quote.sure_sees"))],
        say("common.buttons.not_now"),
        say("close.quote.approve"),
        {"quote": known.id, "seen": stamp(known)},
    )


def quote_done(words: Words, facts: QuoteForm) -> Message:
    """What became of it, with the way back."""
    known = facts.quote
    assert known is not None
    approved = known.state is QuoteState.APPROVED
    text = words.say("close.quote.approved" if approved else "close.quote.withdrawn")
    again = button(words.say("close.quote.again"), "close.quote", facts.people.pair.id)
    take = button(words.say("close.quote.withdraw"), "close.quote_withdraw", known.id)
    return Message(text, [section(text), actions(*([take] if approved else []), again)])


def quotes(words: Words, found: Sequence[Quoted]) -> Message:
    """For coordinators: what may be quoted, word for word."""
    say = words.say
    title = say("close.quotes.title")
    if not found:
        return Message(title, [header(title), section(say("close.quotes.none")), note(say("close.quotes.sees"))])
    shown = [section(_quoted(words, one.quote, one.name, one.cohort.name)) for one in found]
    return Message(title, [header(title), *shown, note(say("close.quotes.sees"))])


def _quoted(words: Words, quote: Quote, name: str | None, cohort: str) -> str:
    side = words.say(f"common.sides.{Side(quote.side)}")
    text = escape(quote.text or "").replace("\n", "\n>")
    values = {"side": side, "cohort": escape(cohort)}
    if name is None:
        return words.say("close.quotes.unnamed", text=text, **values)
    return words.say("close.quotes.named", text=text, name=escape(name), **values)
