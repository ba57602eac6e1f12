"""What is written behind the doors: a request, a concern, and the coordinators' list of links."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block

from bot.domain.support import (
    CONCERN_LENGTH,
    CONTACT,
    LINKS,
    LINKS_LENGTH,
    REQUEST_LENGTH,
    SAYING,
    WAY,
    WORDS,
    Contact,
    Doors,
    Sent,
)
from bot.views.common import sentence
from bot.views.parts import Message, Modal, note, section, text_field
from bot.views.programme.fields import menu, radio
from bot.views.support.doors import people
from prompts import Words, escape
from storage.records.support import Door, Way


def request(words: Words, facts: Doors, door: Door, mark: str) -> Modal:
    """To the coordinators, who are named before anything is typed."""
    say = words.say
    return Modal(
        "support.ask",
        say(f"support.ask.title_{door}"),
        [
            note(say("support.ask.who", readers=people(words, facts.readers))),
            text_field(WORDS, say(f"support.ask.{door}"), most=REQUEST_LENGTH, multiline=True),
            menu(WAY, say("support.ask.way"), {way: say(f"support.ways.{way}") for way in Way}, Way.MESSAGE),
        ],
        say("common.buttons.cancel"),
        say("common.buttons.send"),
        {"door": door, "mark": mark},
    )


def request_sent(words: Words, facts: Sent) -> Message:
    """To whoever asked."""
    return sentence(words.say("support.ask.sent", readers=people(words, facts.readers)))


def concern(words: Words, contacts: Sequence[Contact], names: Mapping[str, str], mark: str) -> Modal:
    """To one safe contact. `names` holds those whose account is open; it travels along, to be said if sending fails."""
    say = words.say
    there = [contact for contact in contacts if contact.user_id in names]
    title, close = say("support.concern.title"), say("common.buttons.cancel")
    if not there:
        return Modal("support.none", title, [section(say("support.doors.no_contact"))], close)
    choices = {contact.user_id: names[contact.user_id][:75] for contact in there}
    sayings = {saying: say(f"support.concern.{saying}") for saying in ("all", "call")}
    return Modal(
        "support.concern",
        title,
        [
            *_who(words, there, names),
            radio(CONTACT, say("support.concern.whom"), choices, there[0].user_id if len(there) == 1 else ""),
            radio(SAYING, say("support.concern.saying"), sayings, "all"),
            text_field(
                WORDS, say("support.concern.words"), most=CONCERN_LENGTH, multiline=True, optional=True,
                hint=say("support.concern.words_hint"),
            ),
        ],
        close,
        say("common.buttons.send"),
        {"mark": mark, **choices},
    )  # fmt: skip


def _who(words: Words, there: Sequence[Contact], names: Mapping[str, str]) -> list[Block]:
    contacts = people(words, tuple(contact.user_id for contact in there))
    said = [words.say("support.concern.who", contacts=contacts)]
    if len(there) == 1:
        said.append(words.say("support.concern.only_one"))
    both = (one for one in there if one.coordinates)
    said += [words.say("support.concern.coordinates", name=escape(names[one.user_id])) for one in both]
    return [section(said[0]), *([note(*said[1:])] if said[1:] else [])]


def concern_sent(words: Words, name: str) -> Message:
    return sentence(words.say("support.concern.sent", name=escape(name)))


def edit_links(words: Words, text: str) -> Modal:
    """For coordinators."""
    say = words.say
    field = text_field(
        LINKS, say("support.links.label"), initial=text, most=LINKS_LENGTH, multiline=True, optional=True,
        hint=say("support.links.hint"),
    )  # fmt: skip
    return Modal(
        "support.links",
        say("support.links.title"),
        [field, note(say("support.links.who"))],
        say("common.buttons.cancel"),
        say("common.buttons.save"),
    )


def links_kept(words: Words, lines: Sequence[str]) -> Message:
    return sentence(words.say("support.links.kept" if lines else "support.links.none"))
