"""The four doors on one screen, each with who will read what is written behind it."""

from slack_sdk.models.blocks import Block, DividerBlock

from bot.domain.support import Doors
from bot.views.parts import Modal, button, note, section
from prompts import Words, escape
from storage.records.support import Door


def doors(words: Words, facts: Doors) -> Modal:
    """Opening it sends and stores nothing."""
    blocks: list[Block] = [section(words.say("support.doors.body"))]
    for door in Door:
        blocks += [DividerBlock(), *_to_coordinators(words, door, facts)]
    blocks += [DividerBlock(), *_concern(words, facts), DividerBlock(), *_links(words, facts)]
    return Modal("support.doors", words.say("support.doors.title"), blocks, words.say("common.buttons.close"))


def people(words: Words, user_ids: tuple[str, ...]) -> str:
    """Names as mentions; many are cut."""
    return words.join([f"<@{user}>" for user in user_ids[:10]])


def _to_coordinators(words: Words, door: Door, facts: Doors) -> list[Block]:
    text = words.say(f"support.doors.{door}")
    if not facts.readers:
        return [section(text), note(words.say("support.doors.nobody"))]
    write = button(words.say("support.doors.write"), f"support.ask:{door}")
    return [section(text, write), note(words.say("support.doors.read_by", readers=people(words, facts.readers)))]


def _concern(words: Words, facts: Doors) -> list[Block]:
    text = words.say("support.doors.concern")
    if not facts.contacts:
        return [section(text), note(words.say("support.doors.no_contact"))]
    names = people(words, tuple(contact.user_id for contact in facts.contacts))
    notes = [words.say("support.doors.concern_read", contacts=names)]
    notes += [
        words.say("support.doors.coordinates", contact=f"<@{contact.user_id}>")
        for contact in facts.contacts
        if contact.coordinates
    ]
    raise_one = button(words.say("support.doors.raise"), "support.concern")
    return [section(text, raise_one), note(*notes)]


def _links(words: Words, facts: Doors) -> list[Block]:
    lines = "\n".join(f"• {escape(line)}" for line in facts.links) or words.say("support.doors.no_links")
    return [section(f"{words.say('support.doors.links')}\n{lines}"[:2900]), note(words.say("support.doors.links_seen"))]
