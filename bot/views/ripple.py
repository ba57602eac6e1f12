"""How ripples look: what happened, logged with one press, and the pair's list of them."""

from slack_sdk.models.blocks import Block

from bot.domain.ripple import LINE, LINE_LENGTH, LineForm, Ripples
from bot.views.common import mention
from bot.views.parts import Message, Modal, actions, button, note, section, text_field
from prompts import Words, escape
from storage.records.ripple import Ripple, RippleKind


def ripples(words: Words, facts: Ripples) -> Message:
    """A button for each kind, what was just logged with the way back, and what is there already."""
    say, pair_id = words.say, facts.people.pair.id
    partner = mention(words, facts.partner)
    kinds = [button(say(f"ripple.kinds.{kind}"), f"ripple.log:{kind}", pair_id) for kind in RippleKind]
    blocks: list[Block] = [*_fresh(words, facts), section(say("ripple.body", partner=partner)), actions(*kinds)]
    listed = "\n".join(_line(words, facts, one) for one in facts.ripples)
    blocks.append(section(f"{say('ripple.so_far')}\n{listed}"[:2900] if listed else say("ripple.none")))
    if facts.others:
        others = [button(say("ripple.with", partner=name)[:75], f"ripple.list:{n}", one)
                  for n, (one, name) in enumerate(facts.others[:4])]  # fmt: skip
        blocks.append(actions(*others))
    return Message(say("ripple.text"), [*blocks, note(say("ripple.sees"))])


def _fresh(words: Words, facts: Ripples) -> list[Block]:
    if facts.fresh is None:
        return []
    undo = button(words.say("common.buttons.undo"), "ripple.undo", facts.fresh.id)
    more = button(words.say("ripple.add_line"), "ripple.line", facts.fresh.id)
    return [section(words.say("ripple.logged", what=words.say(f"ripple.said.{facts.fresh.kind}"))), actions(more, undo)]


def _line(words: Words, facts: Ripples, one: Ripple) -> str:
    author = mention(words, facts.people.on(facts.people.side_of(one.author_id)))
    values = {"what": words.say(f"ripple.said.{one.kind}"), "day": words.date(one.at.date()), "by": author}
    if one.line:
        return words.say("ripple.item_line", line=escape(one.line), **values)
    return words.say("ripple.item", **values)


def line_form(words: Words, facts: LineForm) -> Modal:
    """A line about it, which both see."""
    field = text_field(
        LINE, words.say("ripple.line"), initial=facts.ripple.line or "", most=LINE_LENGTH, multiline=True,
        hint=words.say("ripple.line_hint"), optional=True,
    )  # fmt: skip
    what = section(f"*{words.say(f'ripple.said.{facts.ripple.kind}')}*")
    return Modal(
        "ripple.line", words.say("ripple.title"), [what, field, note(words.say("ripple.sees"))],
        words.say("common.buttons.cancel"), words.say("common.buttons.save"), {"ripple": facts.ripple.id},
    )  # fmt: skip
