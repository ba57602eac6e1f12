"""Icebreakers: in the pair space, and in the preview before they are posted."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, OverflowMenuElement

from bot.domain.prepare import IcebreakerFacts, IcebreakerForm
from bot.views.common import moment, sentence
from bot.views.parts import Message, Modal, actions, button, menu, note, options, section
from prompts import Words, escape

ROOM = 10
"""So many questions fit in one message; then there is no button for more."""


def icebreakers(words: Words, facts: IcebreakerFacts) -> Message:
    """The questions on show. The buttons carry which ones those are."""
    senior = escape(facts.senior_name)
    body = words.say("prepare.icebreakers.body", senior=senior)
    if facts.session is not None:
        when = moment(words, facts.session.starts_at, facts.zone)
        body = words.say("prepare.icebreakers.body_next", number=facts.session.number, when=when, senior=senior)
    blocks: list[Block] = [section(body), *(_question(words, facts, item) for item in facts.items)]
    value = on_show(facts.pair_id, "", facts.items)
    buttons = [button(words.say("prepare.icebreakers.ahead"), "prepare.ahead", value)]
    if facts.more and len(facts.items) < ROOM:
        buttons.append(button(words.say("prepare.icebreakers.more"), "prepare.more", value))
    blocks.append(actions(*buttons))
    blocks.append(note(words.say("prepare.icebreakers.sees")))
    return Message(words.say("prepare.icebreakers.text"), blocks)


def on_show(pair_id: str, item: str, items: Sequence[str]) -> str:
    """A button's value: the pair, the question meant, and all that are on show."""
    return "|".join((pair_id, item, ",".join(items)))


def preview(words: Words, form: IcebreakerForm) -> Modal:
    """Five questions of one set; choosing another set draws it anew."""
    titles = {id: words.content.icebreaker_set(id).title for id in form.decks}
    menus = [menu(titles, form.deck, action="prepare.set", empty=True)]
    if form.choices:
        menus.append(
            menu({id: name[:75] for id, name in form.choices.items()}, form.pair_id, action="prepare.with", empty=True)
        )
    return Modal(
        "prepare.icebreakers",
        words.say("prepare.icebreakers.title"),
        [
            section(words.say("prepare.icebreakers.intro", partner=escape(form.partner))),
            actions(*menus),
            *_aside(words, form),
            *(_choice(words, n, item) for n, item in enumerate(form.items, 1)),
            note(words.say("common.who_sees.pair_space")),
        ],
        words.say("common.buttons.cancel"),
        words.say("prepare.icebreakers.submit"),
        {"pair": form.pair_id, "set": form.deck, "items": ",".join(form.items), "count": str(form.count)},
    )


def _choice(words: Words, number: int, item: str) -> Block:
    """A question with what can be done about it before it is posted."""
    question = words.content.icebreaker(item)
    text = question.text + (f" _({question.note})_" if question.note else "")
    verbs = {f"{verb}|{item}": words.say(f"prepare.icebreakers.{verb}") for verb in ("skip", "never")}
    menu = OverflowMenuElement(options=options(verbs), action_id="prepare.aside")
    return section(words.say("prepare.agenda.line", n=number, text=text), menu)


def _aside(words: Words, form: IcebreakerForm) -> list[Block]:
    if form.aside is None:
        return []
    text = words.content.icebreaker(form.aside.item).text
    done = words.say(f"prepare.icebreakers.{'never' if form.aside.never else 'skip'}_done", text=text)
    return [section(done, button(words.say("common.buttons.undo"), "prepare.unaside", form.aside.item))]


def posted(words: Words) -> Message:
    return sentence(words.say("prepare.icebreakers.posted"))


def _question(words: Words, facts: IcebreakerFacts, item: str) -> Block:
    swap = button(words.say("prepare.icebreakers.swap"), "prepare.swap", on_show(facts.pair_id, item, facts.items))
    return section(_line(words, item), swap if facts.more else None)


def _line(words: Words, item: str) -> str:
    question = words.content.icebreaker(item)
    line = f"• {question.text}" + (f" _({question.note})_" if question.note else "")
    free = any(group.show_skip and question in group.questions for group in words.content.icebreakers.sets)
    return words.say("prepare.icebreakers.free", line=line) if free else line
