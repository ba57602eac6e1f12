"""Two times to pick from, and how often a pair meets: the modals and what the pair space reads."""

from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.meet import (
    LEAST_SESSIONS,
    MOST_SESSIONS,
    WEEKS,
    OfferFacts,
    OfferForm,
    RhythmFacts,
    RhythmForm,
)
from bot.views.common import beside, moment, sentence
from bot.views.meet.fields import chosen_time, length_field, place_field, when_field, with_field
from bot.views.parts import Message, Modal, actions, button, field_of, menu, note, section
from prompts import Words, escape
from storage.records.enrol import Person
from storage.records.meet import RhythmState


def offer(words: Words, form: OfferForm) -> Modal:
    """Two pickers, filled in with times that suit both; what is chosen shows on both clocks at once."""
    say, partner = words.say, form.people.other(form.me.id)
    name = escape(partner.name)
    blocks: list[Block] = [section(say("meet.offer.intro", partner=name))]
    if not form.slots.shared:
        blocks.append(section(say("meet.book.no_overlap", partner=name)))
    blocks += with_field(words, form.people.pair.id, form.choices, name="meet.offer_pair", dispatch=True)
    for which, at, outside in zip(("first", "second"), form.times, form.outside, strict=True):
        blocks.append(when_field(say(f"meet.offer.{which}"), at, name=f"meet.{which}", dispatch=True))
        blocks += chosen_time(words, form.me, partner, at, outside)
    blocks += [
        length_field(words, form.minutes),
        place_field(words, form.place),
        note(say("common.who_sees.pair_space")),
    ]  # fmt: skip
    return Modal(
        "meet.offer", say("meet.offer.title"), blocks, say("common.buttons.cancel"), say("meet.offer.submit"),
        {"pair": form.people.pair.id},
    )  # fmt: skip


def offered(words: Words, facts: OfferFacts) -> Message:
    """In the pair space: the other one picks."""
    body = words.say("meet.offered.body", by=_at(facts.by), to=_at(facts.to))
    blocks = [section(body), *choice(words, facts)]
    if facts.to.zone != facts.by.zone:
        blocks.append(note(words.say("meet.offered.clock", to=escape(facts.to.name))))
    return Message(words.say("meet.offered.text"), blocks)


def offer_waiting(words: Words, facts: OfferFacts) -> Message:
    """Once more, to whoever is to pick, in private."""
    body = words.say("meet.offered.waiting", by=_at(facts.by))
    foot = note(words.say("meet.rebook.sees"))
    return Message(words.say("meet.offered.waiting_text"), [section(body), *choice(words, facts), foot])


def offer_lapsed(words: Words, facts: OfferFacts) -> Message:
    """To whoever suggested: both times have passed."""
    pair_id = facts.people.pair.id
    return Message(
        words.say("meet.offered.lapsed_text"),
        [
            section(words.say("meet.offered.lapsed", to=_at(facts.to))),
            actions(button(words.say("meet.buttons.offer"), "meet.offer", pair_id, "primary")),
            note(words.say("meet.rebook.sees")),
        ],
    )


def offer_answered(words: Words, facts: OfferFacts) -> Message:
    """Stands in place of the choice."""
    say = words.say
    if facts.taken is not None:
        when = moment(words, facts.taken.starts_at, facts.to.zone)
        return Message(say("meet.offered.text"), [section(say("meet.offered.taken", to=_at(facts.to), when=when))])
    again = actions(button(say("meet.buttons.offer"), "meet.offer", facts.people.pair.id, "primary"))
    return Message(say("meet.offered.text"), [section(say("meet.offered.neither", to=_at(facts.to))), again])


def offer_sent(words: Words) -> Message:
    return sentence(words.say("meet.offer.sent"))


def rhythm_form(words: Words, form: RhythmForm) -> Modal:
    """How often, and how many in all."""
    say, name = words.say, escape(form.people.other(form.me.id).name)
    every = {str(weeks * 7): say("meet.book.every", n=weeks) for weeks in WEEKS}
    every.setdefault(str(form.every_days), say("meet.rhythm.days", n=form.every_days))
    least = max(LEAST_SESSIONS, form.held)
    counts = {str(n): say("common.count.sessions", n=n) for n in range(least, max(MOST_SESSIONS, form.sessions) + 1)}
    held = say("meet.rhythm.held", n=form.held) if form.held else say("meet.rhythm.none_held")
    return Modal(
        "meet.rhythm",
        say("meet.rhythm.title"),
        [
            section(say("meet.rhythm.intro", partner=name, held=held)),
            *with_field(words, form.people.pair.id, form.choices),
            field_of("meet.every", say("meet.rhythm.every"), menu(every, str(form.every_days))),
            field_of("meet.sessions", say("meet.rhythm.sessions"), menu(counts, str(form.sessions))),
            note(say("common.who_sees.pair_space")),
        ],
        say("common.buttons.cancel"),
        say("meet.rhythm.submit"),
        {"pair": form.people.pair.id},
    )


def rhythm(words: Words, facts: RhythmFacts) -> Message:
    """In the pair space: one suggests, the other agrees or leaves it."""
    say, made = words.say, facts.rhythm
    by = facts.people.junior if made.person_id == facts.people.junior.id else facts.people.senior
    to = facts.people.other(by.id)
    values = {"by": _at(by), "to": _at(to), "every": _every(words, made.every_days), "n": made.sessions}
    if made.state is not RhythmState.OPEN:
        return Message(say("meet.rhythm.text"), [section(say(f"meet.rhythm.{made.state}", **values))])
    yes = button(say("meet.rhythm.agree"), "meet.agree_rhythm", made.id, "primary")
    no = button(say("meet.rhythm.leave"), "meet.leave_rhythm", made.id)
    return Message(say("meet.rhythm.text"), [section(say("meet.rhythm.open", **values)), actions(yes, no)])


def rhythm_sent(words: Words, changed: bool) -> Message:
    return sentence(words.say("meet.rhythm.sent" if changed else "meet.rhythm.same"))


def choice(words: Words, facts: OfferFacts) -> list[Block]:
    """Both times on both clocks, and the buttons on the clock of whoever picks. Neither is the better one."""
    say, made, to = words.say, facts.offer, facts.to
    lines = [_line(words, facts, at) for at in made.times]
    minutes = say("common.count.minutes", n=made.minutes)
    where = "meet.reminder.where" if made.place else "meet.reminder.length"
    lines.append(say(where, minutes=minutes, place=escape(made.place)))
    buttons: list[ButtonElement] = [
        button(words.day_time(at, to.zone), f"meet.take:{n}", made.id) for n, at in enumerate(made.times)
    ]
    buttons.append(button(say("meet.offered.no"), "meet.neither", made.id))
    return [section("\n".join(lines)), actions(*buttons)]


def _line(words: Words, facts: OfferFacts, at: datetime) -> str:
    if facts.to.zone == facts.by.zone:
        return words.say("meet.offered.line", when=moment(words, at, facts.to.zone))
    mine, theirs = words.day_time(at, facts.to.zone), beside(words, at, facts.by.zone, facts.to.zone)
    return words.say("meet.offered.line_two", mine=mine, theirs=theirs, to=_at(facts.to), by=_at(facts.by))


def _every(words: Words, days: int) -> str:
    key = "common.count.every" if days % 7 == 0 else "meet.rhythm.days"
    return words.say(key, n=days // 7 if days % 7 == 0 else days)


def _at(person: Person) -> str:
    return f"<@{person.user_id}>"
