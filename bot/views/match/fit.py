"""M12: how a pair fits, asked of each alone; and what coordinators read when somebody wants their help."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, RadioButtonsElement

from bot.domain.match.fitting import FitAsk, Wish
from bot.views.common import mention, name_of
from bot.views.parts import Message, Modal, actions, button, field_of, note, options, section
from prompts import Words
from storage.records.match import Fit, Help

_SHOWN = 20


def fit_ask(words: Words, facts: FitAsk) -> Message:
    """The question: one press answers it."""
    say, pair_id = words.say, facts.people.pair.id
    press = [button(say(f"fit.answers.{fit}"), f"match.fit_say:{fit}", pair_id) for fit in Fit]
    body = section(say("fit.ask.body", partner=mention(words, facts.partner)))
    return Message(say("fit.ask.text"), [body, actions(*press), note(say("fit.sees"))])


def fit_said(words: Words, facts: FitAsk) -> Message:
    """In place of the question: what was said, and the way back."""
    say, answer, pair_id = words.say, facts.answer, facts.people.pair.id
    if answer is None:
        return fit_ask(words, facts)
    key = f"fit.said.{answer.help or answer.fit}"
    change = actions(
        button(say("fit.change"), "match.fit", pair_id), button(say("fit.take_back"), "match.fit_undo", pair_id)
    )  # fmt: skip
    return Message(say("fit.ask.text"), [section(say(key)), change, note(say("fit.until"))])


def fit_form(words: Words, facts: FitAsk, picked: Fit | None = None) -> Modal:
    """What somebody said, or is about to say; the second question is for whom it does not fit."""
    say, answer = words.say, facts.answer
    fit = picked or (answer.fit if answer else None)
    fits = options({one: say(f"fit.answers.{one}") for one in Fit})
    helps = options({one: say(f"fit.helps.{one}") for one in Help})
    wanted = answer.help if answer else None
    blocks: list[Block] = [
        field_of(
            "fit", say("fit.form.fit", partner=name_of(words, facts.partner))[:150],
            RadioButtonsElement(options=fits, initial_option=next((o for o in fits if o.value == fit), None)),
        ),
        field_of(
            "help", say("fit.form.help"),
            RadioButtonsElement(options=helps, initial_option=next((o for o in helps if o.value == wanted), None)),
            hint=say("fit.form.help_hint"), optional=True,
        ),
        note(say("fit.sees")),
    ]  # fmt: skip
    return Modal(
        "match.fit", say("fit.form.title"), blocks, say("common.buttons.close"), say("common.buttons.send"),
        {"pair": facts.people.pair.id},
    )  # fmt: skip


def fit_help(words: Words, wish: Wish) -> Message:
    """To a coordinator: who asks for what."""
    return Message(words.say("fit.help.text"), [*_wish(words, wish), note(words.say("fit.help.sees"))])


def wishes(words: Words, shown: Sequence[Wish]) -> Modal:
    """Everybody who asked for help and waits for it."""
    blocks: list[Block] = [block for wish in shown[:_SHOWN] for block in _wish(words, wish)]
    if not blocks:
        blocks = [section(words.say("fit.help.none"))]
    blocks.append(note(words.say("fit.help.sees")))
    return Modal("match.wishes", words.say("fit.help.title"), blocks, words.say("common.buttons.close"))


def _wish(words: Words, wish: Wish) -> list[Block]:
    say, pair_id = words.say, wish.people.pair.id
    names = {"person": mention(words, wish.person), "partner": mention(words, wish.partner)}
    return [
        section(say(f"fit.help.{wish.help}", **names)),
        actions(
            button(say("fit.help.rematch"), "leave.part:rematch", pair_id),
            button(say("fit.help.done"), "match.wish_done", f"{pair_id}|{wish.person.id}"),
        ),
    ]
