"""Public holidays by region, as the question that the rules in `bot.domain.when` ask."""

from functools import lru_cache

from bot.domain.meet import Calendar
from bot.domain.when import DaysOff, never_off
from storage.records.enrol import Person


@lru_cache(maxsize=256)
def days_off(region: str) -> DaysOff:
    """Whether a day is a public holiday in a region: "DE", or "DE-BY" for a part of it.

    An empty or unknown region has none; an unknown part has its country's.
    """
    country, _, part = region.strip().upper().partition("-")
    if not country:
        return never_off
    import holidays  # imported where it is used: most starts don't need it

    if country not in holidays.list_supported_countries(include_aliases=True):
        return never_off
    known = holidays.list_supported_countries(include_aliases=True)[country]
    calendar = holidays.country_holidays(country, subdiv=part if part in known else None)
    return calendar.__contains__


@lru_cache(maxsize=1)
def regions() -> tuple[str, ...]:
    """Every country whose public holidays are known, as two-letter codes."""
    import holidays  # imported where it is used: most starts don't need it

    return tuple(sorted(holidays.list_supported_countries(include_aliases=False)))


def calendar_of(person: Person) -> Calendar:
    """A person's zone and public holidays."""
    return Calendar(person.zone, days_off(person.region))
