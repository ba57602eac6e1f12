"""What reaches coordinators and safe contacts."""

from slack_sdk.models.blocks import Block, PlainTextObject, SectionBlock

from bot.domain.support import Asked, ContactGone
from bot.views.parts import Message, actions, button, note, section
from prompts import Words, clean
from storage.records.support import Way


def asked(words: Words, facts: Asked) -> Message:
    """A request, to one coordinator; the same to the others."""
    author, request = f"<@{facts.author.user_id}>", facts.request
    how = words.say(f"support.asked.{request.way}", author=author)
    return Message(
        words.say("support.push.asked"),
        [
            section(words.say(f"support.asked.{request.door}", author=author)),
            _typed(words, request.text),
            section(how),
            note(words.say("support.asked.who" if request.way is Way.NONE else "support.asked.answer")),
        ],
    )


def concern_letter(words: Words, author: str, text: str) -> Message:
    """To the safe contact; without a text it only asks to be contacted. Nothing of it is stored."""
    who = f"<@{author}>"
    return Message(
        words.say("support.push.concern"),
        [
            section(words.say("support.letter.said" if text else "support.letter.call", author=who)),
            *([_typed(words, text)] if text else []),
            note(words.say("support.letter.kept")),
        ],
    )


def contact_gone(words: Words, facts: ContactGone) -> Message:
    """To every coordinator, at once."""
    gone, left = f"<@{facts.gone}>", f"<@{facts.left}>"
    return Message(
        words.say("support.push.contact_gone"),
        [
            section(words.say("support.contact_gone.body", gone=gone, left=left)),
            actions(button(words.say("support.contact_gone.setup"), "programme.setup", style="primary")),
        ],
    )


def _typed(words: Words, text: str | None) -> Block:
    """As plain text, which Slack neither formats nor takes for a mention, and which may be long."""
    return SectionBlock(text=PlainTextObject(text=clean(text) if text else words.say("common.people.removed")))
