"""Fields and buttons that the programme's modals share."""

from collections.abc import Mapping
from datetime import date, time

from babel.dates import format_time
from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ConfirmObject,
    PlainTextObject,
    RadioButtonsElement,
    StaticSelectElement,
    UserSelectElement,
)

from bot.views.parts import button, field_of, options
from prompts import Words


def menu(name: str, label: str, choices: Mapping[str, str], initial: str, *, hint: str | None = None) -> Block:
    """A drop-down of stored value → label."""
    known = options(choices)
    picked = next((option for option in known if option.value == initial), None)
    return field_of(name, label, StaticSelectElement(options=known, initial_option=picked), hint=hint)


def radio(name: str, label: str, choices: Mapping[str, str], initial: str) -> Block:
    """All choices in sight, for at most ten."""
    known = options(choices)
    picked = next((option for option in known if option.value == initial), None)
    return field_of(name, label, RadioButtonsElement(options=known, initial_option=picked))


def person(name: str, label: str, initial: str, *, hint: str | None = None) -> Block:
    """A people picker."""
    return field_of(name, label, UserSelectElement(initial_user=initial or None), hint=hint)


def asking_button(words: Words, text: str, action: str, value: str, question: str) -> ButtonElement:
    """A button that asks before it does what cannot be taken back by pressing it again."""
    pressed = button(text, action, value)
    pressed.confirm = ConfirmObject(
        title=PlainTextObject(text=words.say("common.confirm.title")),
        text=PlainTextObject(text=question),
        confirm=PlainTextObject(text=words.say("common.confirm.yes")),
        deny=PlainTextObject(text=words.say("common.confirm.no")),
    )
    return pressed


def weekday(words: Words, day: int) -> str:
    """Monday = 0, in full."""
    return str(words.locale.days["format"]["wide"][day])


def hour(words: Words, of_day: int) -> str:
    """A full hour as people write it there: 09:00."""
    return clock(words, time(of_day))


def clock(words: Words, of_day: time) -> str:
    """A time of day: 09:05, or 9:05 AM."""
    return format_time(of_day, "short", locale=words.locale).replace("\u202f", " ")


def full_date(words: Words, day: date) -> str:
    """With its year, for what may lie in another one."""
    return words.full_date(day)
