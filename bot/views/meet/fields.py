"""Fields that the modals about sessions share: with whom, when, how long, and both clocks."""

from collections.abc import Mapping
from datetime import datetime

from slack_sdk.models.blocks import Block, DateTimePickerElement, InputBlock, PlainTextObject, StaticSelectElement

from bot.domain.meet import MINUTES, PLACE_LENGTH
from bot.views.common import beside, city
from bot.views.parts import field_of, note, options, text_field
from prompts import Words, escape
from storage.records.enrol import Person


def with_field(
    words: Words, pair_id: str, choices: Mapping[str, str], *, name: str = "meet.pair", dispatch: bool = False
) -> list[Block]:
    """With whom, for somebody who has several partners."""
    if not choices:
        return []
    pairs = options({value: name[:75] for value, name in choices.items()})
    chosen = next((option for option in pairs if option.value == pair_id), None)
    element = StaticSelectElement(options=pairs, initial_option=chosen)
    return [field_of(name, words.say("meet.book.with"), element, dispatch=dispatch)]


def when_field(label: str, at: datetime, *, name: str = "meet.when", dispatch: bool = False, block: str = "") -> Block:
    """A date-time picker; with `dispatch` the action of that name hears of every choice.

    `block` is its id where that is not its name: Slack keeps what somebody picked for as long as the id stays.
    """
    element = DateTimePickerElement(action_id=name, initial_date_time=int(at.timestamp()))
    return InputBlock(
        block_id=block or name, label=PlainTextObject(text=label), element=element,
        dispatch_action=dispatch or None,
    )  # fmt: skip


def length_field(words: Words, chosen: int) -> Block:
    lengths = options({str(n): words.say("common.count.minutes", n=n) for n in MINUTES})
    first = next((option for option in lengths if option.value == str(chosen)), lengths[2])
    return field_of(
        "meet.minutes", words.say("meet.book.minutes"), StaticSelectElement(options=lengths, initial_option=first)
    )


def place_field(words: Words, place: str) -> Block:
    """Where the two meet; it can wait."""
    hint = words.say("meet.book.place_hint")
    return text_field(
        "meet.place", words.say("meet.book.place"), initial=place, most=PLACE_LENGTH, optional=True, hint=hint
    )


def chosen_time(words: Words, me: Person, partner: Person, at: datetime, outside: bool) -> list[Block]:
    """The chosen time on both clocks where they differ, and whether it leaves the partner's working hours."""
    lines = []
    if me.zone != partner.zone:
        lines.append(_both(words, me, partner, at))
    if outside:
        lines.append(words.say("meet.book.outside", partner=escape(partner.name)))
    return [note(*lines)] if lines else []


def _both(words: Words, me: Person, partner: Person, at: datetime) -> str:
    theirs = beside(words, at, partner.zone, me.zone)
    values = {"mine": words.day_time(at, me.zone), "theirs": theirs, "partner": escape(partner.name)}
    return words.say("meet.book.clocks", **values, city=city(partner.zone))
