"""The modals of sessions: plan, cancel, log."""

from collections.abc import Mapping

from slack_sdk.models.blocks import Block, RadioButtonsElement, StaticSelectElement

from bot.domain.meet import BookForm, CancelForm, LogForm, Logged
from bot.views.checkin import learner_field, learner_offer
from bot.views.common import city, moment, sentence
from bot.views.meet.fields import chosen_time, length_field, place_field, when_field, with_field
from bot.views.parts import Message, Modal, actions, button, field_of, menu, note, options, section
from prompts import Words, escape
from storage.records.enrol import Person
from storage.records.meet import CancelReason, Hindrance


def book(words: Words, form: BookForm) -> Modal:
    """Plan a session, or move one; in the person's own zone, with the partner's clock beside it."""
    say, partner = words.say, form.people.other(form.me.id)
    blocks: list[Block] = [
        *_known(words, form, partner),
        *with_field(words, form.people.pair.id, form.choices, dispatch=True),
        *_suggestions(words, form, partner),
        when_field(say("meet.book.when"), form.starts_at, dispatch=True, block=form.picker),
        *chosen_time(words, form.me, partner, form.starts_at, form.outside),
        length_field(words, form.minutes),
        place_field(words, form.place),
        *([_repeat(words, form.every)] if form.moves is None else []),
        note(say("common.who_sees.pair_space")),
    ]  # fmt: skip
    moving = form.moves is not None
    return Modal(
        "meet.book",
        say("meet.book.title_move" if moving else "meet.book.title"),
        blocks,
        say("common.buttons.cancel"),
        say("meet.book.submit_move" if moving else "meet.book.submit"),
        {"pair": form.people.pair.id, "moves": form.moves.id if form.moves else ""},
    )


def _known(words: Words, form: BookForm, partner: Person) -> list[Block]:
    """Both clocks, and the session that is moved or comes next."""
    clocks = section(_clocks(words, form.me, partner))
    if form.moves is not None:
        now = words.say(
            "meet.book.now", number=form.moves.number, when=moment(words, form.moves.starts_at, form.me.zone)
        )
        return [section(now), *_late(words, form.notice, "book.agreed" if form.begun else "cancel.late"), clocks]
    if form.ahead is not None:
        when = moment(words, form.ahead.starts_at, form.me.zone)
        return [clocks, section(words.say("meet.book.planned", number=form.ahead.number, when=when))]
    return [clocks]


def _suggestions(words: Words, form: BookForm, partner: Person) -> list[Block]:
    """Times to take with one tap, on one's own clock; where hours never meet, it says so."""
    if not form.slots.times:
        return [section(words.say("meet.book.none_free"))]
    key = "suits" if form.slots.shared else "no_overlap"
    taps = [
        button(words.day_time(at, form.me.zone), f"meet.slot:{n}", str(int(at.timestamp()) // 60))
        for n, at in enumerate(form.slots.times)
    ]
    return [section(words.say(f"meet.book.{key}", partner=escape(partner.name))), actions(*taps)]


def _repeat(words: Words, every: int) -> Block:
    """Once, or every few weeks for as long as the cohort lasts."""
    weeks = {str(days): words.say("meet.book.every", n=days // 7) for days in (14, 28)}
    element = menu({"0": words.say("meet.book.once"), **weeks}, str(every))
    return field_of("meet.repeat", words.say("meet.book.repeat"), element, hint=words.say("meet.book.repeat_hint"))


def cancel(words: Words, form: CancelForm) -> Modal:
    """Moving comes first and is chosen already."""
    me = form.people.on(form.side)
    partner = form.people.other(me.id)
    when = moment(words, form.session.starts_at, me.zone)
    choices = ("move", "off", *(("rest",) if form.later else ()), "met")
    what = options({v: words.say(f"meet.cancel.{v}", n=form.later) for v in choices})
    whose = options(_whose(words, form, partner))
    reasons = options({reason: words.say(f"meet.reason.{reason}") for reason in CancelReason})
    return Modal(
        "meet.cancel",
        words.say("meet.cancel.title"),
        [
            section(
                words.say("meet.cancel.intro", number=form.session.number, partner=escape(partner.name), when=when)
            ),
            *_late(words, form.notice),
            field_of(
                "meet.what", words.say("meet.cancel.what"), RadioButtonsElement(options=what, initial_option=what[0])
            ),
            field_of(
                "meet.whose",
                words.say("meet.cancel.whose"),
                RadioButtonsElement(options=whose, initial_option=whose[0]),
            ),
            field_of("meet.reason", words.say("meet.cancel.why"), StaticSelectElement(options=reasons), optional=True),
            note(words.say("meet.cancel.sees")),
        ],
        words.say("common.buttons.close"),
        words.say("meet.cancel.submit"),
        {"session": form.session.id},
    )


def _late(words: Words, notice: int, key: str = "cancel.late") -> list[Block]:
    """What the two agreed on, where it is later than that, or nobody knows: said, and no more."""
    return [note(words.say(f"meet.{key}", n=notice))] if notice else []


def cancelled_done(words: Words) -> Message:
    return sentence(words.say("meet.cancel.done"))


def log(words: Words, form: LogForm) -> Modal:
    """Say that a session took place, and when."""
    partner = form.people.other(form.me.id)
    intro = words.say("meet.log.intro", partner=escape(partner.name))
    if len(form.choices) > 1:
        intro = words.say("meet.log.intro_several")
    if form.early is not None:
        when = moment(words, form.early.starts_at, form.me.zone)
        number = form.early.number
        intro = words.say("meet.log.intro_early", number=number, partner=escape(partner.name), when=when)
    return Modal(
        "meet.log",
        words.say("meet.log.title"),
        [
            section(intro),
            *with_field(words, form.people.pair.id, form.choices),
            when_field(words.say("meet.log.when"), form.starts_at),
            length_field(words, form.minutes),
            note(words.say("common.who_sees.coordinators_facts")),
            learner_field(words, None),
        ],
        words.say("common.buttons.cancel"),
        words.say("meet.log.submit"),
        {"pair": form.people.pair.id, "early": form.early.id if form.early else ""},
    )


def logged(words: Words, done: Logged) -> Message:
    """Thanks for a session that was logged, with the way back."""
    when = moment(words, done.session.starts_at, done.me.zone)
    text = words.say("meet.log.done", when=when, partner=f"<@{done.partner.user_id}>")
    undo = actions(button(words.say("common.buttons.undo"), "meet.undo", done.session.id))
    offer = learner_offer(words, done.learner) if done.learner else []
    return Message(words.say("meet.answer.text"), [section(text), undo, note(words.say("meet.answer.undo")), *offer])


def already(words: Words) -> Message:
    """A booked session that has passed was said to have taken place."""
    return sentence(words.say("meet.log.already"))


def _clocks(words: Words, me: Person, partner: Person) -> str:
    """Which clock the time is on."""
    key = "meet.book.intro_same" if me.zone == partner.zone else "meet.book.intro"
    return words.say(key, partner=escape(partner.name), mine=city(me.zone), theirs=city(partner.zone))


def _whose(words: Words, form: CancelForm, partner: Person) -> Mapping[str, str]:
    mine = Hindrance(form.side)
    theirs = Hindrance.SENIOR if mine is Hindrance.JUNIOR else Hindrance.JUNIOR
    return {
        mine: words.say("meet.cancel.mine"),
        theirs: words.say("meet.cancel.partner", partner=partner.name[:60]),
        Hindrance.OTHER: words.say("meet.cancel.neither"),
    }
