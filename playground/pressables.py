"""Finding what a person can press by the words on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playground import elements
from playground.errors import Json, NoSuchThing
from playground.records import Message
from playground.views import View

Place = Message | View


@dataclass(frozen=True)
class Target:
    """An element in a message or view; `option` is set where an option's own words were named."""

    place: Place
    block: Json
    element: Json
    option: str | None = None


def blocks_of(place: Place) -> list[Json]:
    """The blocks of a message or view."""
    if isinstance(place, Message):
        return place.blocks
    blocks: list[Json] = place.given["blocks"]
    return blocks


def find(places: list[Place], name: str) -> Target:
    """The first element with this label, option, action_id, or beginning of an action_id.

    Places are searched in the order given; raises NoSuchThing with all that can be pressed.
    """
    for place in places:
        for fits in (_labelled, _has_option, _by_id):
            for block, element in elements.interactive(blocks_of(place)):
                found = fits(element, name)
                if found is not None:
                    return Target(place, block, element, found or None)
    known = list(dict.fromkeys(word for place in places for word in _words(place)))
    raise NoSuchThing(f"nothing to press is called {name!r}; there is: {', '.join(known) or 'nothing'}")


def _labelled(element: Json, name: str) -> str | None:
    return "" if label(element).casefold() == name.casefold() else None


def _has_option(element: Json, name: str) -> str | None:
    for option in elements.options(element):
        if option["text"]["text"].casefold() == name.casefold():
            return str(option["value"])
    return None


def _by_id(element: Json, name: str) -> str | None:
    return "" if element["action_id"].startswith(name) else None


def label(element: Json) -> str:
    """The words on a button, or a menu's text while nothing is chosen."""
    words: Any = element.get("text") or element.get("placeholder") or {}
    return str(words.get("text", ""))


def _words(place: Place) -> Iterator[str]:
    for _, element in elements.interactive(blocks_of(place)):
        yield repr(label(element) or element["action_id"])
        for option in elements.options(element):
            yield repr(option["text"]["text"])


def action(target: Target, entry: Json | None, ts: str) -> Json:
    """The item of a block_actions payload's `actions`."""
    element = target.element
    made: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": target.block["block_id"],
        "action_ts": ts,
    }
    for key in ("text", "value", "style", "placeholder", "url"):
        if key in element:
            made[key] = element[key]
    return {**made, **(entry or {})}
