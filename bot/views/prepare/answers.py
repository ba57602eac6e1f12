"""Answering ahead: the modal, what became of it, and both answers side by side in the pair's space."""

from slack_sdk.models.blocks import Block, DividerBlock

from bot.domain.match import PairPeople
from bot.domain.prepare import ANSWER_MOST, AheadForm, AheadKept, AnswersFacts, Opened
from bot.views.common import mention
from bot.views.parts import Message, Modal, actions, button, note, section, text_field
from bot.views.prepare.icebreakers import on_show
from bot.views.programme.fields import asking_button
from prompts import Words, escape

FIELD = "prepare.answer."


def ahead(words: Words, form: AheadForm) -> Modal:
    """A field for each question; those that both have answered show both."""
    say = words.say
    partner = mention(words, form.people.other(form.me))
    shown = {one.item: one for one in form.opened}
    intro = "intro_shown" if len(shown) == len(form.items) else "intro"
    blocks: list[Block] = [section(say(f"prepare.ahead.{intro}", partner=partner))]
    for item in form.items:
        blocks += _shown(words, form, shown[item]) if item in shown else [_field(words, form, item)]
    blocks.append(note(say("prepare.ahead.sees")))
    return Modal(
        "prepare.ahead", say("prepare.ahead.title"), blocks,
        say("common.buttons.close" if len(shown) == len(form.items) else "common.buttons.cancel"),
        None if len(shown) == len(form.items) else say("prepare.ahead.submit"),
        {"pair": form.people.pair.id, "items": ",".join(form.items)},
    )  # fmt: skip


def kept(words: Words, facts: AheadKept) -> Message:
    """What the partner sees of it, and when."""
    partner = mention(words, facts.people.other(facts.me))
    said = [words.say("prepare.ahead.kept", n=facts.kept, partner=partner)] if facts.kept else []
    if facts.opened:
        said.append(words.say("prepare.ahead.shown", n=facts.opened))
    if facts.late:
        said.append(words.say("prepare.ahead.late", partner=partner))
    text = "\n".join(said or [words.say("prepare.ahead.nothing")])
    quoted = [section(words.say("prepare.ahead.yours", text=escape(late))) for late in facts.late.values() if late]
    return Message(words.say("prepare.ahead.title"), [section(text), *quoted, note(words.say("prepare.ahead.sees"))])


def answers(words: Words, facts: AnswersFacts) -> Message:
    """In the pair's space: each question with what both wrote, the senior first."""
    items = [one.item for one in facts.opened]
    blocks: list[Block] = [section(words.say("prepare.answers.body", n=len(items)))]
    blocks += [section(_both(words, facts.people, one)) for one in facts.opened]
    change = button(words.say("prepare.answers.mine"), "prepare.ahead", on_show(facts.people.pair.id, "", items))
    blocks += [actions(change), note(words.say("prepare.answers.sees"))]
    return Message(words.say("prepare.answers.text"), blocks)


def _field(words: Words, form: AheadForm, item: str) -> Block:
    question = words.content.icebreaker(item)
    return text_field(
        FIELD + item, question.text, initial=form.mine.get(item, ""), most=ANSWER_MOST, multiline=True, optional=True,
        hint=question.note or None,
    )  # fmt: skip


def _shown(words: Words, form: AheadForm, one: Opened) -> list[Block]:
    remove = None
    if one.item in form.removable:
        remove = asking_button(
            words, words.say("prepare.ahead.remove"), "prepare.answer_remove", form.removable[one.item],
            words.say("prepare.ahead.remove_sure"),
        )  # fmt: skip
    return [DividerBlock(), section(_both(words, form.people, one), remove), DividerBlock()]


def _both(words: Words, people: PairPeople, one: Opened) -> str:
    lines = [words.say("prepare.ahead.opened", question=words.content.icebreaker(one.item).text)]
    for person, text in ((people.senior, one.senior), (people.junior, one.junior)):
        who = mention(words, person)
        key = "prepare.ahead.gone" if text is None else "prepare.ahead.said"
        lines.append(words.say(key, who=who, text=escape(text or "")))
    return "\n".join(lines)[:2900]
