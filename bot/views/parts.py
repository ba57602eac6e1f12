"""The few shapes that every message, modal and Home is made of."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    HeaderBlock,
    InputBlock,
    InputInteractiveElement,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.blocks.basic_components import DispatchActionConfig


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is what a lock screen and a screen reader say: never a name with a judgement."""

    text: str
    blocks: Sequence[Block]

    def payload(self) -> dict[str, Any]:
        return {"text": self.text, "blocks": [block.to_dict() for block in self.blocks]}


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal; `metadata` are ids that come back with the submission: hints, looked up and checked again."""

    callback_id: str
    title: str
    blocks: Sequence[Block]
    close: str
    submit: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)

    def payload(self) -> dict[str, Any]:
        view = {
            "type": "modal",
            "callback_id": self.callback_id,
            "title": {"type": "plain_text", "text": self.title},
            "close": {"type": "plain_text", "text": self.close},
            "blocks": [block.to_dict() for block in self.blocks],
            "private_metadata": json.dumps(dict(self.metadata), ensure_ascii=False),
        }
        if self.submit is not None:
            view["submit"] = {"type": "plain_text", "text": self.submit}
        return view


@dataclass(frozen=True, slots=True)
class HomeView:
    """An App Home, most important on top; Slack shows at most 100 blocks."""

    blocks: Sequence[Block]

    def payload(self) -> dict[str, Any]:
        return {"type": "home", "blocks": [block.to_dict() for block in self.blocks]}


SECTION_LENGTH = 3000
"""Slack's limit for the text of a section."""


def header(text: str) -> Block:
    return HeaderBlock(text=PlainTextObject(text=text[:150]))


def section(text: str, accessory: InteractiveElement | None = None) -> Block:
    """What is longer than Slack takes is cut: people's signs grow when they are escaped, and a message must go out."""
    fits = text if len(text) <= SECTION_LENGTH else f"{text[: SECTION_LENGTH - 1]}…"
    return SectionBlock(text=MarkdownTextObject(text=fits), accessory=accessory)


def note(*texts: str) -> Block:
    """Small grey print: who sees what, and how a thing works."""
    return ContextBlock(elements=[MarkdownTextObject(text=text) for text in texts])


def actions(*elements: InteractiveElement) -> Block:
    return ActionsBlock(elements=list(elements))


def button(text: str, action: str, value: str = "", style: str | None = None) -> ButtonElement:
    """`action` is `step.verb`, with `:choice` behind it where one block holds several of the same verb."""
    return ButtonElement(text=PlainTextObject(text=text), action_id=action, value=value or None, style=style)


CHOICES = 100
"""So many can be picked from in one menu, says Slack. https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element"""


def options(choices: Mapping[str, str]) -> list[Option]:
    """Stored value → label, in order."""
    return [Option(value=value, text=PlainTextObject(text=label)) for value, label in choices.items()]


class _Drawn(Option):
    """An option that is drawn once: a form with every country and language spends most of its time on that."""

    _drawn: dict[str, Any] | None = None

    def to_dict(self, option_type: str = "block") -> dict[str, Any]:
        if option_type != "block":
            return super().to_dict(option_type)
        self._drawn = self._drawn or super().to_dict()
        return self._drawn


@lru_cache(maxsize=8192)
def fixed_option(value: str, label: str) -> Option:
    """An option that reads the same for everybody. For nothing that names a person: it is kept."""
    return _Drawn(value=value, text=PlainTextObject(text=label))


def fixed_options(choices: Mapping[str, str]) -> list[Option]:
    """As `options`, for lists that are the same for everybody, such as countries or times of day."""
    return [fixed_option(value, label) for value, label in choices.items()]


def menu(
    choices: Mapping[str, str], chosen: str, *, action: str | None = None, empty: bool = False
) -> StaticSelectElement:
    """One of several; where `chosen` is none of them the first is, or with `empty` none."""
    known = options(choices)[:CHOICES]
    picked = next((one for one in known if one.value == chosen), None if empty else known[0])
    return StaticSelectElement(options=known, initial_option=picked, action_id=action)


def field_of(
    name: str,
    label: str,
    element: InputInteractiveElement,
    *,
    hint: str | None = None,
    optional: bool = False,
    dispatch: bool = False,
) -> Block:
    """An input whose block id is its field name, so that errors find it. The element's action id is the name too.

    With `dispatch` the router's action of that name hears of every choice at once.
    """
    element.action_id = name
    return InputBlock(
        block_id=name,
        label=PlainTextObject(text=label),
        element=element,
        hint=PlainTextObject(text=hint) if hint else None,
        optional=optional,
        dispatch_action=dispatch or None,
    )


def text_field(
    name: str,
    label: str,
    *,
    initial: str = "",
    most: int = 500,
    multiline: bool = False,
    hint: str | None = None,
    optional: bool = False,
) -> Block:
    element = PlainTextInputElement(initial_value=initial[:most] or None, max_length=most, multiline=multiline)
    return field_of(name, label, element, hint=hint, optional=optional)


def live_text(name: str, label: str, *, initial: str = "", most: int = 500) -> Block:
    """One line of text of which the router's action of that name hears letter by letter."""
    told = DispatchActionConfig(trigger_actions_on=["on_character_entered"])
    element = PlainTextInputElement(initial_value=initial[:most] or None, max_length=most, dispatch_action_config=told)
    return field_of(name, label, element, dispatch=True)
