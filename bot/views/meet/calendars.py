"""A session as an iCalendar file, and what stands below it in Slack."""

import re
from datetime import UTC

from bot.domain.meet import CalendarFacts
from bot.domain.meet.calendars import Entry
from bot.views.common import sentence
from bot.views.parts import Message, note, section
from prompts import Words

MAKER = "-//revmentor//sessions//EN"
_LINK = re.compile(r"https?://[^\s<>\"]+")


def calendar_file(words: Words, entry: Entry) -> bytes:
    """One event, as Outlook, Google and Apple read it: docs/decisions/0015 says why it looks like this.

    The summary is safe for a lock screen and for colleagues who see the calendar; nothing of the agenda is in it.
    """
    from icalendar import Calendar, Event  # imported where it is used: most starts don't need it

    say = words.say
    calendar, event = Calendar(), Event()
    for name, value in {"prodid": MAKER, "version": "2.0", "calscale": "GREGORIAN", "method": "PUBLISH"}.items():
        calendar.add(name, value)
    event.add("uid", f"{entry.uid}@revmentor")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.at.astimezone(UTC))
    event.add("last-modified", entry.at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", say("meet.calendar.summary_off" if entry.off else "meet.calendar.summary"))
    event.add("description", say("meet.calendar.description", partner=entry.partner))
    event.add("status", "CANCELLED" if entry.off else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.off else "OPAQUE")
    event.add("class", "PRIVATE")
    if entry.place:
        event.add("location", entry.place)
    if link := _LINK.search(entry.place):
        event.add("url", link.group())
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def calendar_name(entry: Entry) -> str:
    """What the file is called: no name of anybody, for it lies in download folders."""
    return f"session-{entry.starts_at.astimezone(UTC):%Y-%m-%d}.ics"


def calendar(words: Words, facts: CalendarFacts) -> Message:
    """Below the files."""
    say = words.say
    key = "off" if facts.off else "changed" if facts.changed else "new"
    lines = [say(f"meet.calendar.{key}", n=facts.count)]
    if key != "new":
        lines.append(say("meet.calendar.twice"))
    foot = say("meet.calendar.foot", when=words.day_time(facts.gone_at, facts.zone))
    return Message(say("meet.calendar.text"), [section("\n".join(lines)), note(foot)])


def calendar_asked(words: Words) -> Message:
    return sentence(words.say("meet.calendar.asked"))
