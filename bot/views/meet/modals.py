"""The modals of sessions: plan, cancel, log."""

from collections.abc import Mapping
from datetime import datetime

from slack_sdk.models.blocks import Block, DateTimePickerElement, RadioButtonsElement, StaticSelectElement

from bot.domain.meet import MINUTES, PLACE_LENGTH, BookForm, CancelForm, LogForm, Logged
from bot.views.common import city, moment, sentence
from bot.views.parts import Message, Modal, actions, button, field_of, note, options, section, text_field
from prompts import Words, escape
from storage.records.enrol import Person
from storage.records.meet import CancelReason, Hindrance


def book(words: Words, form: BookForm) -> Modal:
    """Plan a session, or move one; in the person's own zone."""
    partner = form.people.other(form.me.id)
    blocks: list[Block] = [section(_clocks(words, form.me, partner, len(form.choices) > 1))]
    if form.moves is not None:
        when = moment(words, form.moves.starts_at, form.me.zone)
        blocks = [section(words.say("meet.book.now", number=form.moves.number, when=when)), *blocks]
    elif form.ahead is not None and len(form.choices) < 2:
        when = moment(words, form.ahead.starts_at, form.me.zone)
        blocks.append(section(words.say("meet.book.planned", number=form.ahead.number, when=when)))
    blocks += [
        *_with(words, "meet.book.with", form.people.pair.id, form.choices),
        _when(words, "meet.book.when", form.starts_at),
        _minutes(words, form.minutes),
        text_field(
            "meet.place", words.say("meet.book.place"), initial=form.place, most=PLACE_LENGTH, optional=True,
            hint=words.say("meet.book.place_hint"),
        ),
        *([_repeat(words)] if form.moves is None else []),
        note(words.say("common.who_sees.pair_space")),
    ]  # fmt: skip
    moving = form.moves is not None
    return Modal(
        "meet.book",
        words.say("meet.book.title_move" if moving else "meet.book.title"),
        blocks,
        words.say("common.buttons.cancel"),
        words.say("meet.book.submit_move" if moving else "meet.book.submit"),
        {"pair": form.people.pair.id, "moves": form.moves.id if form.moves else ""},
    )


def _repeat(words: Words) -> Block:
    """Once, or every few weeks for as long as the cohort lasts."""
    every = {str(days): words.say("meet.book.every", n=days // 7) for days in (14, 28)}
    listed = options({"0": words.say("meet.book.once"), **every})
    element = StaticSelectElement(options=listed, initial_option=listed[0])
    return field_of("meet.repeat", words.say("meet.book.repeat"), element, hint=words.say("meet.book.repeat_hint"))


def cancel(words: Words, form: CancelForm) -> Modal:
    """Moving comes first and is chosen already."""
    me = form.people.on(form.side)
    partner = form.people.other(me.id)
    when = moment(words, form.session.starts_at, me.zone)
    what = options({v: words.say(f"meet.cancel.{v}") for v in ("move", "off", "met")})
    whose = options(_whose(words, form, partner))
    reasons = options({reason: words.say(f"meet.reason.{reason}") for reason in CancelReason})
    return Modal(
        "meet.cancel",
        words.say("meet.cancel.title"),
        [
            section(
                words.say("meet.cancel.intro", number=form.session.number, partner=escape(partner.name), when=when)
            ),
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
            *_with(words, "meet.book.with", form.people.pair.id, form.choices),
            _when(words, "meet.log.when", form.starts_at),
            _minutes(words, form.minutes),
            note(words.say("common.who_sees.coordinators_facts")),
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
    return Message(words.say("meet.answer.text"), [section(text), undo, note(words.say("meet.answer.undo"))])


def already(words: Words) -> Message:
    """A booked session that has passed was said to have taken place."""
    return sentence(words.say("meet.log.already"))


def _clocks(words: Words, me: Person, partner: Person, several: bool) -> str:
    """Which clock the time is on; where the partner is still to be chosen, none is named."""
    key = "meet.book.intro_same" if me.zone == partner.zone else "meet.book.intro"
    if several:
        return words.say("meet.book.intro_several", mine=city(me.zone))
    return words.say(key, partner=escape(partner.name), mine=city(me.zone), theirs=city(partner.zone))


def _whose(words: Words, form: CancelForm, partner: Person) -> Mapping[str, str]:
    mine = Hindrance(form.side)
    theirs = Hindrance.SENIOR if mine is Hindrance.JUNIOR else Hindrance.JUNIOR
    return {
        mine: words.say("meet.cancel.mine"),
        theirs: words.say("meet.cancel.partner", partner=partner.name[:60]),
        Hindrance.OTHER: words.say("meet.cancel.neither"),
    }


def _with(words: Words, key: str, pair_id: str, choices: Mapping[str, str]) -> list[Block]:
    if not choices:
        return []
    pairs = options({value: name[:75] for value, name in choices.items()})
    chosen = next((option for option in pairs if option.value == pair_id), None)
    return [field_of("meet.pair", words.say(key), StaticSelectElement(options=pairs, initial_option=chosen))]


def _when(words: Words, key: str, at: datetime) -> Block:
    return field_of("meet.when", words.say(key), DateTimePickerElement(initial_date_time=int(at.timestamp())))


def _minutes(words: Words, chosen: int) -> Block:
    lengths = options({str(n): words.say("common.count.minutes", n=n) for n in MINUTES})
    first = next((option for option in lengths if option.value == str(chosen)), lengths[2])
    return field_of(
        "meet.minutes", words.say("meet.book.minutes"), StaticSelectElement(options=lengths, initial_option=first)
    )
