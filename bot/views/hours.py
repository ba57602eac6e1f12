"""When somebody is written to, in words."""

from datetime import time

from bot.views.common import city
from bot.views.programme.fields import clock
from prompts import Words
from storage.records.enrol import Person


def line(words: Words, me: Person) -> str:
    """When somebody is written to, in a sentence or two."""
    say, prefs = words.say, me.prefs
    start, end = hour_of(words, prefs.quiet_until), hour_of(words, prefs.quiet_from)
    country = words.locale.territories.get(me.region[:2], me.region[:2])
    region = f"{country} ({me.region[3:]})" if me.region[3:] else country
    said = [say("prefs.line.hours", start=start, end=end, zone=city(me.zone))]
    said.append(say("prefs.line.region", region=region) if me.region else say("prefs.line.no_region"))
    return " ".join([*said, *([say("prefs.line.fewer")] if prefs.fewer else [])])


def hour_of(words: Words, hour: int) -> str:
    """An o'clock as people write it: "10:00"."""
    return clock(words, time(hour))
