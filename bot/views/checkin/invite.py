"""The private messages that ask: both sides get the same four buttons."""

from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.checkin import Invite
from bot.views.parts import Message, actions, button, note, section
from prompts import Words
from storage.records.checkin import Checkin


def day_of(words: Words, moment: datetime, zone: str) -> str:
    """The local date of a moment, without its year."""
    return words.date(moment.astimezone(ZoneInfo(zone)).date())


def invite(words: Words, facts: Invite) -> Message:
    """The four questions, to the junior."""
    return _junior(words, facts, "checkin.push.invite", "checkin.invite.body")


def reminder(words: Words, facts: Invite) -> Message:
    """The junior's reminder."""
    return _junior(words, facts, "checkin.push.reminder", "checkin.invite.reminder")


def reflection(words: Words, facts: Invite) -> Message:
    """The senior's reflection, in the same hour."""
    return _senior(words, facts, "checkin.push.reflection", "checkin.reflection.body")


def reflection_reminder(words: Words, facts: Invite) -> Message:
    """The senior's reminder."""
    return _senior(words, facts, "checkin.push.reflection_reminder", "checkin.reflection.reminder")


def passed(words: Words, facts: Invite) -> Message:
    """A promised day has passed; which promise it was stands only in the modal."""
    return Message(
        words.say("checkin.push.promise"),
        [
            section(words.say("checkin.passed.body")),
            note(words.say("common.who_sees.coordinators_figures", k=facts.k)),
            actions(_answer(words, facts.checkin, "checkin.passed.update")),
        ],
    )


def answered(words: Words, facts: Invite) -> Message:
    """Stands in place of the invitation once it was answered, so that nothing is left to press but what works."""
    side, until = facts.checkin.side, day_of(words, facts.checkin.closes_at, facts.zone)
    text = words.say(f"checkin.invite.answered_{side}", date=until)
    return Message(text, [section(text), actions(_answer(words, facts.checkin, "checkin.invite.change", style=None))])


def put_off(words: Words, checkin: Checkin, at: datetime, zone: str) -> Message:
    """Stands in place of the invitation after *Tomorrow*."""
    text = words.say("checkin.invite.put_off", when=words.day_time(at, zone))
    return Message(text, [section(text), actions(_answer(words, checkin, "checkin.invite.answer_now"))])


def skipped(words: Words, checkin: Checkin, zone: str) -> Message:
    """Stands in place of the invitation after *Skip this time*; its button takes the skip back."""
    text = words.say("checkin.invite.skipped", date=day_of(words, checkin.closes_at, zone))
    return Message(text, [section(text), actions(_answer(words, checkin, "checkin.invite.answer_after_all"))])


def _junior(words: Words, facts: Invite, push: str, body: str) -> Message:
    who = words.say("common.who_sees.coordinators_figures", k=facts.k)
    return Message(words.say(push), _blocks(words, facts, body, who, "checkin.invite.answer"))


def _senior(words: Words, facts: Invite, push: str, body: str) -> Message:
    who = words.say("checkin.reflection.who")
    return Message(words.say(push), _blocks(words, facts, body, who, "checkin.reflection.write"))


def _blocks(words: Words, facts: Invite, body: str, who: str, answer: str) -> list[Block]:
    found = facts.checkin
    until = words.say("checkin.invite.until", date=day_of(words, found.closes_at, facts.zone))
    return [
        section(words.say(body, date=day_of(words, facts.session.starts_at, facts.zone))),
        note(who, until),
        actions(
            _answer(words, found, answer),
            button(words.say("checkin.invite.tomorrow"), "checkin.tomorrow", found.id),
            button(words.say("checkin.invite.skip"), "checkin.skip", found.id),
            button(words.say("checkin.invite.wrong"), "checkin.wrong"),
        ),
    ]


def _answer(words: Words, checkin: Checkin, label: str, style: str | None = "primary") -> ButtonElement:
    return button(words.say(label), "checkin.answer", checkin.id, style)
