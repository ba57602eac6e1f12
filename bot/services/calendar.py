"""Public holidays by region, as the question that the rules in `bot.domain.when` ask."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from bot.domain.when import Calendar, DaysOff, is_quiet, never_off, out_of_quiet
from storage.records.enrol import Person

_PART = 5
"""Longer codes of parts are cities; a region has eight characters."""


@lru_cache(maxsize=256)
def days_off(region: str) -> DaysOff:
    """Whether a day is a public holiday in a region: "DE", or "DE-BY" for a part of it.

    An empty or unknown region has none; an unknown part has its country's.
    """
    country, _, part = region.strip().upper().partition("-")
    if not country:
        return never_off
    import holidays  # imported where it is used: most starts don't need it

    # Asking the library which countries it knows would import them all: half a second more.
    for subdivision in dict.fromkeys((part or None, None)):
        try:
            return holidays.country_holidays(country, subdiv=subdivision).__contains__
        except NotImplementedError:
            continue
    return never_off


def warm() -> None:
    """Import the library's calendars, 0.7 s, before people wait for an answer: a trigger of Slack's lives three."""
    days_off("DE")


@lru_cache(maxsize=1)
def regions() -> tuple[str, ...]:
    """Every country whose public holidays are known, as two-letter codes."""
    import holidays  # imported where it is used: most starts don't need it

    return tuple(sorted(holidays.list_supported_countries(include_aliases=False)))


@lru_cache(maxsize=64)
def parts_of(region: str) -> Mapping[str, str]:
    """The parts of a region's country with public holidays of their own, code → name; a hundred at most."""
    import holidays  # imported where it is used: most starts don't need it

    country = region.strip().upper()[:2]
    if country not in regions():
        return {}
    made = holidays.country_holidays(country)
    names = {code: name for name, code in getattr(made, "subdivisions_aliases", {}).items()}
    short = [code for code in made.subdivisions if len(code) <= _PART]
    return {code: str(names.get(code, code)) for code in short[:100]}


def calendar_of(person: Person) -> Calendar:
    """A person's zone, public holidays and chosen hours."""
    return Calendar(person.zone, days_off(person.region), person.prefs)


def quiet(person: Person, moment: datetime) -> bool:
    """Whether nobody should be writing to the person at a moment."""
    return is_quiet(moment, person.zone, days_off(person.region), person.prefs)


def waking(person: Person, now: datetime) -> datetime:
    """Now, or the next working day's 10:00 where it is quiet: work that was done late wakes nobody."""
    return out_of_quiet(now, person.zone, days_off(person.region), person.prefs)
