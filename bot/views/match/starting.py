"""The start of a pair: the opening of its space, the first words to each side, and the nudge for a first date."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_time
from slack_sdk.models.blocks import Block

from bot.domain.match import Start, ToOne
from bot.views.bundle import between
from bot.views.learn import lesson_blocks
from bot.views.match.asking import profile_lines
from bot.views.parts import Message, actions, button, header, note, section
from prompts import Words, escape
from storage.records.enrol import Person, Profile, Side


def pair_started(words: Words, facts: Start) -> Message:
    """Names, both local times, the purpose, two profile lines each."""
    say, people = words.say, facts.people
    junior, senior = f"<@{people.junior.user_id}>", f"<@{people.senior.user_id}>"
    cohort, sessions = facts.cohort, say("common.count.sessions", n=facts.cohort.sessions)
    body = say(
        "match.start.body", junior=junior, senior=senior, sessions=sessions, cohort=escape(cohort.name),
        purpose=say(f"match.start.purpose.{cohort.purpose}"),
    )  # fmt: skip
    apart = _offset(people.junior, facts.now) != _offset(people.senior, facts.now)
    blocks: list[Block] = [
        header(say("match.start.title")),
        section(body),
        section(_who(words, people.junior, facts.junior, facts.now if apart else None)),
        section(_who(words, people.senior, facts.senior, facts.now if apart else None)),
        section(say("match.start.next", senior=senior)),
        note(say("match.start.who")),
    ]
    return Message(say("match.start.text"), blocks)


def senior_goes_first(words: Words, facts: ToOne) -> Message:
    say = words.say
    body = say("match.first.body", partner=f"<@{facts.people.junior.user_id}>")
    press = actions(
        button(say("match.first.button"), "meet.offer", facts.people.pair.id, style="primary"),
        button(say("match.first.book"), "meet.book", facts.people.pair.id),
    )
    blocks = [section(body), press, note(say("match.first.foot")), *_lesson(words, facts)]
    return Message(say("match.first.text"), blocks)


def junior_welcome(words: Words, facts: ToOne) -> Message:
    """That nobody expects a plan, and the first lesson."""
    body = words.say("match.welcome.body", partner=f"<@{facts.people.senior.user_id}>")
    return Message(words.say("match.welcome.text"), [section(body), *_lesson(words, facts)])


def first_contact(words: Words, facts: ToOne) -> Message:
    """Nothing is booked some days after the start."""
    say = words.say
    partner = facts.people.senior if facts.side is Side.JUNIOR else facts.people.junior
    body = say(f"match.contact.{facts.side}", partner=f"<@{partner.user_id}>")
    press = actions(
        button(say("match.contact.button"), "meet.offer", facts.people.pair.id),
        button(say("match.first.book"), "meet.book", facts.people.pair.id),
    )
    return Message(say(f"match.contact.text_{facts.side}"), [section(body), press, note(say("match.contact.foot"))])


def _lesson(words: Words, facts: ToOne) -> list[Block]:
    """The first lesson, as a part of its own: saying that it is read leaves what stands above."""
    if not facts.lesson:
        return []
    return [between("lesson"), section(words.say("learn.letter.lead")), *lesson_blocks(words, facts.lesson)]


def _who(words: Words, person: Person, profile: Profile, now: datetime | None) -> str:
    say = words.say
    card = say(
        "match.start.card", person=f"<@{person.user_id}>", level=say(f"enrol.levels.{profile.level}"),
        department=escape(profile.department), location=escape(profile.location),
    )  # fmt: skip
    lines = [card, *profile_lines(words, profile)]
    if now is not None:
        time = format_time(now.astimezone(ZoneInfo(person.zone)).time(), "short", locale=words.locale)
        lines.append(say("match.start.clock", time=time.replace("\u202f", " ")))
    return "\n".join(lines)


def _offset(person: Person, now: datetime) -> object:
    return now.astimezone(ZoneInfo(person.zone)).utcoffset()
