"""Messages in the pair space: booked, moved, off, coming up."""

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.match import PairPeople
from bot.domain.meet import ReminderFacts, SessionFacts
from bot.views.common import moment
from bot.views.parts import Message, actions, button, note, section
from bot.views.prepare import numbered
from prompts import Words, escape
from storage.records.enrol import Person
from storage.records.meet import Session


def booked(words: Words, facts: SessionFacts) -> Message:
    session = facts.session
    body = words.say("meet.booked.body", number=session.number, when=_when(words, facts))
    blocks = [section(body)]
    if facts.then:
        times = words.join(moment(words, one.starts_at, facts.people.junior.zone) for one in facts.then)
        blocks.append(section(words.say("meet.booked.then", times=times)))
    if facts.left_out:
        blocks.append(note(words.say("meet.booked.left_out", n=facts.left_out)))
    return Message(words.say("meet.booked.text"), _with_details(words, facts, blocks))


def moved(words: Words, facts: SessionFacts) -> Message:
    """As `booked`, with the time it had before."""
    body = words.say("meet.moved.body", number=facts.session.number, when=_when(words, facts))
    blocks = [section(body)]
    if facts.old is not None:
        was = moment(words, facts.old.starts_at, facts.people.junior.zone)
        blocks.append(note(words.say("meet.moved.was", when=was)))
    return Message(words.say("meet.moved.text"), _with_details(words, facts, blocks))


def called_off(words: Words, facts: SessionFacts) -> Message:
    """The senior is asked for another time only where no other session is booked."""
    say, pair_id = words.say, facts.people.pair.id
    off = [section(say("meet.cancelled.body", when=_when(words, facts)))]
    if facts.then:
        times = words.join(moment(words, one.starts_at, facts.people.junior.zone) for one in facts.then)
        off.append(section(say("meet.cancelled.also", times=times)))
    file = _file_button(words, facts)
    if facts.ahead is not None:
        when = moment(words, facts.ahead.starts_at, facts.people.junior.zone)
        stands = say("meet.cancelled.stands", number=facts.ahead.number, when=when)
        return Message(say("meet.cancelled.text"), [*off, section(stands), actions(file)])
    senior = f"<@{facts.people.senior.user_id}>"
    asked = section(say("meet.cancelled.owed" if facts.owed else "meet.cancelled.next", senior=senior))
    suggest = button(say("meet.buttons.offer"), "meet.offer", pair_id, "primary")
    book = button(say("meet.buttons.book"), "meet.book", pair_id)
    return Message(say("meet.cancelled.text"), [*off, asked, actions(suggest, book, file)])


def reminder(words: Words, facts: ReminderFacts) -> Message:
    session = facts.session
    when = moment(words, session.starts_at, facts.people.junior.zone)
    minutes = words.say("common.count.minutes", n=session.minutes)
    where = "meet.reminder.where" if session.place else "meet.reminder.length"
    blocks: list[Block] = [
        section(
            words.say("meet.reminder.body", number=session.number, when=when)
            + "\n"
            + words.say(where, minutes=minutes, place=escape(session.place))
        ),
    ]
    if facts.people.junior.zone != facts.people.senior.zone:
        blocks.append(note(_clocks(words, session, facts.people)))
    if facts.lines:
        blocks += [section(words.say("meet.reminder.agenda")), *numbered(words, [(t, None) for t in facts.lines])]
    blocks.append(actions(button(words.say("meet.buttons.move"), "meet.reschedule", session.id)))
    return Message(words.say("meet.reminder.text"), blocks)


def _with_details(words: Words, facts: SessionFacts, blocks: list[Block]) -> list[Block]:
    session, people = facts.session, facts.people
    minutes = words.say("common.count.minutes", n=session.minutes)
    by = next((p for p in (people.junior, people.senior) if p.id == session.booked_by), people.senior)
    line = "meet.booked.by_at" if session.place else "meet.booked.by"
    blocks.append(section(words.say(line, minutes=minutes, place=escape(session.place), by=f"<@{by.user_id}>")))
    if people.junior.zone != people.senior.zone:
        blocks.append(note(_clocks(words, session, people)))
    blocks.append(
        actions(
            button(words.say("meet.buttons.move"), "meet.reschedule", session.id),
            button(words.say("meet.buttons.cancel"), "meet.cancel", session.id),
            button(words.say("meet.buttons.add"), "prepare.add", people.pair.id),
            _file_button(words, facts),
        )
    )
    return blocks


def _clocks(words: Words, session: Session, people: PairPeople) -> str:
    def local(person: Person) -> str:
        return words.day_time(session.starts_at, person.zone)

    return words.say(
        "meet.booked.clocks", junior=f"<@{people.junior.user_id}>", junior_time=local(people.junior),
        senior=f"<@{people.senior.user_id}>", senior_time=local(people.senior),
    )  # fmt: skip


def _when(words: Words, facts: SessionFacts) -> str:
    return moment(words, facts.session.starts_at, facts.people.junior.zone)


def _file_button(words: Words, facts: SessionFacts) -> ButtonElement:
    """The session as a file for one's own calendar; of a series, all of them."""
    if facts.then:
        return button(words.say("meet.buttons.calendars"), "meet.calendar:all", facts.session.id)
    return button(words.say("meet.buttons.calendar"), "meet.calendar", facts.session.id)
