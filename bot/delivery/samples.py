"""A message of any kind with made-up facts, for a coordinator who wants to see it."""

from collections.abc import Callable
from typing import Any, get_type_hints

from bot.domain.programme.samples import SampleFacts, Sampler, reader_of
from bot.views.parts import Message
from bot.views.programme.sample import marked, texts
from prompts import Words


def drawn(words: Words, facts: SampleFacts, draw: Callable[[Words, Any], Any]) -> Message:
    """What `draw` makes of facts that are made up from their types, marked as a test."""
    wanted = next(hint for name, hint in get_type_hints(draw).items() if name != "return" and hint is not Words)
    made = Sampler(facts.me, facts.zone, facts.now, texts(words), reader_of(facts.kind)).make(wanted)
    message = draw(words, made)
    assert isinstance(message, Message)
    return marked(words, facts, message)
