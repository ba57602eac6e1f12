"""Messages that a coordinator sends to themselves as a test: marked, and inert."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.programme.samples import SampleFacts, sampled
from bot.views.parts import Message, Modal, note, section
from bot.views.plain import Drawn
from bot.views.programme.fields import menu
from prompts import Words

_TEXTS = (
    "name", "senior_name", "text", "note", "place", "department", "location", "share", "learn", "topic", "title",
    "lines", "junior_prepares", "senior_prepares",
)  # fmt: skip
_MOST = 50


def texts(words: Words) -> Mapping[str, str]:
    """What people would have written, by the name of the field."""
    return {name: words.say(f"programme.sample.texts.{name}") for name in _TEXTS}


def marked(words: Words, facts: SampleFacts, message: Message) -> Message:
    """Says first that it is a test; whatever can be pressed answers that it was one."""
    numbers = iter(range(1000))
    blocks = [Drawn(_inert(words, block.to_dict(), numbers)) for block in message.blocks]
    mark = section(words.say("programme.sample.mark", kind=facts.kind))
    return Message(words.say("programme.sample.text", text=message.text), [mark, *blocks][:_MOST])


def testing(words: Words) -> Modal:
    """Which messages to send to oneself."""
    say = words.say
    steps = {kind.partition(".")[0]: "" for kind in sampled()}
    choices = {"all": say("programme.sample.all", n=len(sampled()))}
    for step in steps:
        name = say(f"programme.sample.steps.{step}")
        choices[step] = say("programme.sample.some", step=name, n=len(sampled(step)))
    return Modal(
        "programme.test",
        say("programme.sample.title"),
        [
            section(say("programme.sample.body")),
            menu("step", say("programme.sample.which"), choices, "all"),
            note(say("common.who_sees.only_you")),
        ],
        say("common.buttons.cancel"),
        say("programme.sample.submit"),
    )


def _inert(words: Words, block: dict[str, Any], numbers: Iterator[int]) -> dict[str, Any]:
    """The block with nothing behind its buttons; a picture that was never uploaded becomes a sentence."""
    if block.get("type") == "image":
        return section(words.say("programme.sample.picture")).to_dict()
    for element in [*(block.get("elements") or ()), *([block["accessory"]] if block.get("accessory") else [])]:
        if "action_id" in element:
            element["action_id"] = f"programme.sample:{next(numbers)}"
            element.pop("confirm", None)
    return block
