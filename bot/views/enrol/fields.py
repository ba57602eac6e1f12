"""Fields that the forms of the profile share: pickers of countries, languages, times and topics."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from itertools import groupby

from slack_sdk.models.blocks import (
    Block,
    Option,
    OptionGroup,
    PlainTextObject,
    StaticMultiSelectElement,
    StaticSelectElement,
)

from bot.domain.enrol import DAY, HALF_HOUR, LANGUAGES_AT_MOST
from bot.views.parts import field_of, fixed_option, fixed_options
from bot.views.programme.fields import clock
from prompts import Words

NO_REGION = "none"


def region_field(
    words: Words, regions: Sequence[str], chosen: str, *, name: str, step: str, dispatch: bool = False
) -> Block:
    """Every country whose public holidays are known, and none of them; `step` is where its words stand."""
    groups = _by_letter({code: str(words.locale.territories.get(code, code)) for code in regions})
    none = fixed_option(NO_REGION, words.say(f"{step}.region_none"))
    groups = [*groups, OptionGroup(label=PlainTextObject(text="–"), options=[none])]
    known = [option for group in groups for option in group.options or ()]
    element = StaticSelectElement(option_groups=groups, initial_option=picked(known, chosen))
    label, hint = words.say(f"{step}.region"), words.say(f"{step}.region_hint")
    return field_of(name, label, element, hint=hint, dispatch=dispatch)


def languages_field(words: Words, languages: Sequence[str], chosen: Sequence[str]) -> Block:
    """Every language, by its name in the reader's own."""
    groups = _by_letter({code: language(words, code) for code in languages})
    known = {option.value: option for group in groups for option in group.options or ()}
    picked = [known[code] for code in chosen if code in known]
    element = StaticMultiSelectElement(
        option_groups=groups, initial_options=picked or None, max_selected_items=LANGUAGES_AT_MOST
    )
    say = words.say
    return field_of("languages", say("enrol.about.languages"), element, hint=say("enrol.about.languages_hint"))


def language(words: Words, code: str) -> str:
    """A language by its name, as it stands at the beginning of a line."""
    name = str(words.locale.languages.get(code, code))
    return name[:1].upper() + name[1:]


def several(name: str, label: str, choices: Mapping[str, str], chosen: Sequence[str], most: int, hint: str) -> Block:
    """A list from which a few may be picked, or none."""
    known = fixed_options(choices)
    picked = [option for option in known if option.value in chosen]
    element = StaticMultiSelectElement(options=known, initial_options=picked or None, max_selected_items=most)
    return field_of(name, label, element, hint=hint, optional=True)


def time_field(words: Words, name: str, label: str, chosen: int, *, hint: str | None = None) -> Block:
    """A time of day in half hours; a working day may end at midnight."""
    first = HALF_HOUR if name == "works_to" else 0
    minutes = sorted({*range(first, DAY + (1 if name == "works_to" else 0), HALF_HOUR), chosen})
    known = fixed_options({str(n): time_of(words, n) for n in minutes})
    return field_of(
        name, label, StaticSelectElement(options=known, initial_option=picked(known, str(chosen))), hint=hint
    )


def time_of(words: Words, minutes: int) -> str:
    """Minutes after midnight as people write that time."""
    return clock(words, time(minutes // 60 % 24, minutes % 60))


def _by_letter(names: Mapping[str, str]) -> list[OptionGroup]:
    """By first letter: one list of a select holds at most 100 options."""
    rows: Iterable[tuple[str, str, str]] = sorted((_plain(name), code, name) for code, name in names.items())
    return [
        OptionGroup(label=PlainTextObject(text=letter), options=_of_letter(some))
        for letter, some in groupby(rows, key=lambda row: row[0][:1].upper())
    ]


def _of_letter(rows: Iterable[tuple[str, str, str]]) -> list[Option]:
    return fixed_options({code: name[:75] for _, code, name in rows})


def _plain(name: str) -> str:
    """Without accents, for the order."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def picked(known: Sequence[Option], value: str) -> Option | None:
    """The option with that value, if there is one."""
    return next((option for option in known if option.value == value), None)
