"""Pausing: the modal, what was done, and what a partner reads: the same words whoever asked."""

from datetime import date

from slack_sdk.models.blocks import Block, DatePickerElement

from bot.domain.pause import (
    NOTE,
    NOTE_LENGTH,
    UNTIL,
    AccountGone,
    FrozenFacts,
    Paused,
    PausedFacts,
    PauseForm,
    ResumedFacts,
)
from bot.domain.when import local_day
from bot.views.common import mention, moment, sentence
from bot.views.parts import Message, Modal, actions, button, field_of, note, section, text_field
from prompts import Words, escape

_PAIRS_SHOWN = 20


def form(words: Words, facts: PauseForm) -> Modal:
    """M16."""
    say, running = words.say, facts.running
    blocks: list[Block] = [section(say("pause.form.intro"))]
    if running is not None:
        blocks.append(section(say("pause.form.running", day=words.date(running.until))))
    picker = DatePickerElement(initial_date=facts.until.isoformat())
    blocks.append(field_of(UNTIL, say("pause.form.until"), picker, hint=say("pause.form.until_hint")))
    if running is None:
        blocks.append(
            text_field(
                NOTE, say("pause.form.note"), most=NOTE_LENGTH, hint=say("pause.form.note_hint"), optional=True
            )
        )  # fmt: skip
    blocks.append(note(say("pause.form.sees")))
    return Modal(
        "pause.new", say("pause.form.title"), blocks, say("common.buttons.cancel"), say("pause.form.submit")
    )  # fmt: skip


def done(words: Words, facts: Paused) -> Message:
    """What was done, and how to take it back."""
    say = words.say
    text = say("pause.done.paused", day=words.date(facts.pause.until))
    lines = [text, say("pause.done.partner")] if facts.pairs else [text]
    press = button(say("pause.done.resume"), "pause.resume")
    if facts.pause.settled_at is None:
        press = button(say("pause.done.undo"), "pause.undo", facts.pause.id)
    return Message(text, [section("\n".join(lines)), actions(press)])


def card(words: Words, until: date | None) -> list[Block]:
    """Until when somebody has paused, with the way on; nothing for anybody else."""
    if until is None:
        return []
    return [
        section(
            words.say("pause.card.body", day=words.date(until)), button(words.say("pause.done.resume"), "pause.resume")
        )
    ]


def undone(words: Words) -> Message:
    return sentence(words.say("pause.done.undone"))


def resumed_now(words: Words) -> Message:
    return sentence(words.say("pause.done.resumed"))


def paused(words: Words, facts: PausedFacts) -> Message:
    """To the partner."""
    say = words.say
    lines = [say("pause.paused.body", day=words.date(facts.until)), *_called_off(words, facts)]
    if facts.note:
        lines.append(say("pause.paused.note", note=escape(facts.note)))
    blocks = [section("\n".join(lines)), *_files(words, facts), note(say("pause.paused.foot"))]
    return Message(say("pause.paused.text"), blocks)


def frozen(words: Words, facts: FrozenFacts) -> Message:
    """To the partner of somebody whose account was closed; it says so to nobody."""
    lines = [words.say("pause.frozen.body"), *_called_off(words, facts)]
    blocks = [section("\n".join(lines)), *_files(words, facts), note(words.say("pause.paused.foot"))]
    return Message(words.say("pause.paused.text"), blocks)


def account_gone(words: Words, facts: AccountGone) -> Message:
    """To a coordinator: who waits, each with the way to somebody new."""
    say = words.say
    rows: list[Block] = [section(say("pause.account_gone.body", person=mention(words, facts.person)))]
    for people in facts.pairs[:_PAIRS_SHOWN]:
        partner = mention(words, people.other(facts.person.id))
        press = button(say("pause.account_gone.button"), "leave.part:rematch", people.pair.id)
        rows.append(section(say("pause.account_gone.pair", partner=partner), press))
    return Message(say("pause.account_gone.text"), [*rows, note(say("pause.account_gone.sees"))])


def _called_off(words: Words, facts: PausedFacts | FrozenFacts) -> list[str]:
    if not facts.called_off:
        return []
    days = words.join(moment(words, session.starts_at, facts.zone) for session in facts.called_off)
    return [words.say("pause.paused.called_off", n=len(facts.called_off), days=days)]


def _files(words: Words, facts: PausedFacts | FrozenFacts) -> list[Block]:
    """What was called off, to be taken out of one's own calendar."""
    label = words.say("meet.buttons.calendar")
    days = [f"{label}, {words.date(local_day(one.starts_at, facts.zone))}" for one in facts.called_off]
    files = [
        button(day, f"meet.calendar:{n}", one.id)
        for n, (day, one) in enumerate(zip(days, facts.called_off, strict=True))
    ]
    return [actions(*files)] if files else []


def resumed(words: Words, facts: ResumedFacts) -> Message:
    """To whoever goes on."""
    say = words.say
    lines = [say("pause.resumed.own")] if facts.own else []
    lines += [say("pause.resumed.pair", partner=f"<@{one}>") for one in facts.partners]
    return Message(say("pause.resumed.text"), [section("\n".join(lines)), note(say("pause.resumed.foot"))])
