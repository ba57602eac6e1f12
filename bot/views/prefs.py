"""Preferences: the modal (M18), what was done, and one line that sums it up."""

from collections.abc import Mapping, Sequence

from babel import Locale
from slack_sdk.models.blocks import Block, CheckboxesElement, Option

from bot.domain.prefs import (
    DAY,
    EVENINGS,
    FROM,
    HOUR,
    LANGUAGE,
    LESS,
    MORNINGS,
    PART,
    REGION,
    UNTIL,
    ZONE,
    PrefsForm,
    Saved,
)
from bot.views.enrol.fields import NO_REGION, region_field
from bot.views.hours import hour_of, line
from bot.views.parts import Message, Modal, actions, button, field_of, menu, note, options, section, text_field
from prompts import Words
from storage.records.enrol import Person

ANY = "any"


def form(words: Words, facts: PrefsForm) -> Modal:
    """Everything that can be chosen, with what holds now."""
    say, prefs, own = words.say, facts.me.prefs, "" if facts.takes_part else "_coordinator"
    blocks: list[Block] = [
        section(say(f"prefs.form.intro{own}")),
        _select(LANGUAGE, say("prefs.form.language"), _languages(words, facts.languages), prefs.language or ANY),
        text_field(
            ZONE, say("prefs.form.zone"), initial=prefs.zone, most=64, optional=True,
            hint=say("prefs.form.zone_hint", zone=facts.slack_zone),
        ),
        _select(UNTIL, say("prefs.form.quiet_until"), _hours(words, MORNINGS), str(prefs.quiet_until)),
        _select(
            FROM, say("prefs.form.quiet_from"), _hours(words, EVENINGS), str(prefs.quiet_from),
            say("prefs.form.quiet_hint"),
        ),
        *(_asked(words, facts.me) if facts.takes_part else []),
        *region_blocks(words, facts.me.region, facts),
        _less(words, facts.me, ("fewer", "plain") if facts.takes_part else ("plain",)),
        note(say(f"prefs.form.sees{own}")),
    ]  # fmt: skip
    return Modal(
        "prefs.save", say("prefs.title.modal"), blocks, say("common.buttons.cancel"), say("common.buttons.save")
    )  # fmt: skip


def _asked(words: Words, me: Person) -> list[Block]:
    """When somebody is asked about sessions."""
    say, prefs = words.say, me.prefs
    hours = {ANY: say("prefs.form.hour_any"), **_hours(words, range(MORNINGS[0], EVENINGS[-1]))}
    days = {ANY: say("prefs.form.day_any"), **{str(n): say(f"prefs.weekdays.{n}") for n in range(5)}}
    return [
        _select(HOUR, say("prefs.form.hour"), hours, _known(prefs.checkin_hour), say("prefs.form.hour_hint")),
        _select(DAY, say("prefs.form.day"), days, _known(prefs.checkin_day), say("prefs.form.day_hint")),
    ]


def region_blocks(words: Words, region: str, facts: PrefsForm) -> list[Block]:
    """The country, and the part of it where that makes a difference."""
    blocks = [
        region_field(words, facts.regions, region[:2] or NO_REGION, name=REGION, step="prefs.form", dispatch=True)
    ]
    if facts.parts:
        parts = {ANY: words.say("prefs.form.part_none"), **{code: name[:75] for code, name in facts.parts.items()}}
        chosen = region[3:] or ANY
        blocks.append(_select(f"{PART}.{region[:2]}", words.say("prefs.form.part"), parts, chosen))
    return blocks


def saved(words: Words, facts: Saved) -> Message:
    """What was done, with ten minutes to take it back."""
    say = words.say
    if not facts.changed:
        return Message(say("prefs.done.same"), [section(say("prefs.done.same"))])
    text = say("prefs.done.moved", n=facts.moved) if facts.moved else say("prefs.done.saved")
    press = actions(button(say("prefs.done.undo"), "prefs.undo"))
    return Message(text, [section(f"{text}\n{line(words, facts.me)}"), press, note(say("prefs.done.undo_note"))])


def undone(words: Words, facts: Saved) -> Message:
    text = words.say("prefs.done.undone")
    return Message(text, [section(f"{text}\n{line(words, facts.me)}")])


def _select(name: str, label: str, choices: Mapping[str, str], chosen: str, hint: str | None = None) -> Block:
    return field_of(name, label, menu(choices, chosen), hint=hint)


def _languages(words: Words, languages: Sequence[str]) -> dict[str, str]:
    names = {code: Locale.parse(code, sep="-").get_display_name() or code for code in languages}
    return {ANY: words.say("prefs.form.language_slack"), **names}


def _less(words: Words, me: Person, offered: Sequence[str]) -> Block:
    boxes: list[Option] = options({name: words.say(f"prefs.form.less_{name}") for name in offered})
    ticked = [box for box in boxes if getattr(me.prefs, str(box.value))]
    element = CheckboxesElement(options=boxes, initial_options=ticked or None)
    return field_of(LESS, words.say("prefs.form.less"), element, optional=True)


def _hours(words: Words, hours: Sequence[int]) -> dict[str, str]:
    return {str(hour): hour_of(words, hour) for hour in hours}


def _known(value: int | None) -> str:
    return ANY if value is None else str(value)
