"""Shapes for every step: one sentence, a loading modal, a notice in a modal, a moment in time."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.views.parts import Message, Modal, section
from prompts import Words
from storage.records.enrol import Person
from storage.records.programme import Cohort


def sentence(text: str) -> Message:
    """A plain answer of one paragraph."""
    return Message(text, [section(text)])


def loading(words: Words) -> Modal:
    """Opened at once, because a trigger lives 3 s; the real content replaces it."""
    return Modal(
        "common.loading",
        words.say("common.app.name"),
        [section(words.say("common.app.loading"))],
        words.say("common.buttons.close"),
    )


def notice(words: Words, message: Message) -> Modal:
    """A message shown as a modal, where there is no channel to answer in."""
    return Modal("common.notice", words.say("common.app.name"), message.blocks, words.say("common.buttons.close"))


def mention(words: Words, person: Person) -> str:
    """A person by name, as Slack shows it; whoever had their data deleted is somebody who has left."""
    return words.say("common.people.someone") if person.erased else f"<@{person.user_id}>"


def name_of(words: Words, person: Person) -> str:
    """A person's name as typed text, not escaped; somebody who has left where there is none any more."""
    return person.name or words.say("common.people.someone")


def city(zone: str) -> str:
    """What people call a time zone: "New York" for America/New_York."""
    return zone.rpartition("/")[2].replace("_", " ")


def moment(words: Words, at: datetime, zone: str) -> str:
    """A moment for mrkdwn: Slack shows it in each reader's own zone, and in `zone` where it can't."""
    return f"<!date^{int(at.timestamp())}^{{date_long_pretty}}, {{time}}|{words.day_time(at, zone)}>"


def beside(words: Words, at: datetime, zone: str, known: str) -> str:
    """A moment on another clock, next to the same on the clock of `known`: its day only where that is another."""
    whole = words.day_time(at, zone)
    day = at.astimezone(ZoneInfo(zone)).date()
    same = day == at.astimezone(ZoneInfo(known)).date()
    return whole.removeprefix(f"{words.date(day)}, ") if same else whole


def to_pick(cohorts: Sequence[Cohort], chosen: str, room: int) -> list[Cohort]:
    """The cohorts that a menu has room for, of all from the newest on; the chosen one is never left out."""
    listed = list(cohorts[:room])
    asked = [one for one in cohorts[room:] if one.id == chosen]
    return [*asked, *listed[: room - len(asked)]]
