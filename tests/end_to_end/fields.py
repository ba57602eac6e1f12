"""Every text field, how one gets there, and what is then drawn: for the tests of bad input."""

from collections.abc import Iterator
from typing import Any

from playground.person import Person, SubmitResult
from tests.end_to_end.conftest import Town
from tests.held import hold
from tests.world import World, seed

NASTY = "<!channel> *b* `c` <@U07NOBODY0> @here \x00\ud800\u202e> _q_ & end"
FOUR = {
    "checkin.option:learn": "They did something differently", "checkin.option:help": "Yes, done",
    "checkin.option:advocate": "They say so, I can't tell", "checkin.option:introduce": "I don't want one now",
}  # fmt: skip
WHEN = {"When?": "2026-03-12 14:00"}
DUE = {"commit.due_on": "2026-03-27"}
COHORT = {"name": "Autumn", "ends_on": "2026-08-30"}

FIELDS: dict[str, tuple[str, str, dict[str, Any], bool]] = {
    "department": ("ana", "profile", {}, True),
    "division": ("ana", "profile", {}, False),
    "location": ("ana", "profile", {}, True),
    "share": ("ana", "profile", {}, False),
    "learn": ("ana", "profile", {}, False),
    "meet.place": ("bo", "schedule", WHEN, False),
    "prepare.line1": ("bo", "agenda", {}, False),
    "prepare.topic": ("ana", "park", {}, True),
    "checkin.example:learn": ("ana", "checkin", FOUR, False),
    "checkin.learned": ("bo", "checkin", {}, False),
    "commit.text": ("bo", "commit", DUE, True),
    "ask.line": ("ana", "ask", {}, True),
    "name": ("chi", "admin cohort new", COHORT, True),
    "zone": ("chi", "admin digest schedule", {}, True),
}
"""Every text field: who fills it in, after which command, with what else, and whether it must be filled in."""


async def met(town: Town) -> World:
    """Ana and Bo have met and are asked about it; the next session is booked."""
    world = await seed(town.house.kit, channel="C07TEAM001")
    await hold(town.house.kit, world)
    await town.forward(days=2)
    bo = town.person("bo")
    await bo.command("/revmentor schedule")
    assert (await bo.submit({"When?": "2026-03-10 14:00"})).closed
    await town.settle()
    return world


async def opened(town: Town, field: str) -> Person:
    """The person at the modal of a field."""
    name, line, *_ = FIELDS[field]
    person = town.person(name)
    await person.command(f"/revmentor {line}")
    if line == "profile":
        await person.press("enrol.edit:bring" if field in ("share", "learn") else "enrol.edit:about")
    if field == "ask.line":
        await person.press("Change the wording")
    return person


async def fill(town: Town, field: str, text: str) -> tuple[Person, SubmitResult]:
    """Somebody opens the modal of a field, in a client that lets everything through, and sends it."""
    person = await opened(town, field)
    view = town.pg.views.top(person.id)
    assert view is not None
    for element in (block.get("element", {}) for block in view.given["blocks"]):
        element.pop("max_length", None)
    for block in view.given["blocks"]:
        block["optional"] = True
    return person, await person.submit({**FIELDS[field][2], field: text})


def drawn(town: Town) -> Iterator[Any]:
    """Every message, Home and modal that is to be seen anywhere."""
    for place in town.pg.workspace.conversations.values():
        for message in place.messages.values():
            yield {"type": "mrkdwn", "text": message.text}
            yield message.blocks
    for user_id in town.pg.workspace.users:
        for view in (town.pg.views.top(user_id), town.pg.views.home(user_id)):
            yield view.given if view else None


def texts(thing: Any, kind: str) -> Iterator[str]:
    """All texts of a kind (mrkdwn or plain_text) in blocks."""
    if isinstance(thing, list):
        for item in thing:
            yield from texts(item, kind)
    elif isinstance(thing, dict):
        if thing.get("type") == kind and isinstance(thing.get("text"), str):
            yield thing["text"]
        for item in thing.values():
            yield from texts(item, kind)


def bad_in(town: Town) -> list[str]:
    """Whatever is drawn anywhere that could ping, format, hide or turn the text around."""
    bad = ("<!channel>", "<@U07NOBODY0>", "*b*", "`c`", "@here", "\x00", "\ud800", "\u202e")
    shown = [text for part in drawn(town) for kind in ("mrkdwn", "plain_text") for text in texts(part, kind)]
    marked = [text for part in drawn(town) for text in texts(part, "mrkdwn")]
    return [t for t in marked if any(b in t for b in bad)] + [t for t in shown if any(b in t for b in bad[5:])]
