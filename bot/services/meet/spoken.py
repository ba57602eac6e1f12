"""A date and a time that somebody typed behind a command, in the words of their language."""

from datetime import datetime

from bot.domain.meet import TimeWords, Unclear, understand
from bot.domain.refusals import Refusal
from bot.domain.when import NoSuchTime, NotATime
from bot.services.kit import Kit
from prompts import Words, escape
from storage.records.enrol import Person

_MARKS = ("next", "last", "am", "pm", "at", "hour", "between")
_SHOWN = 40


def typed_time(kit: Kit, text: str, me: Person, now: datetime, *, ahead: bool = True) -> datetime:
    """The instant on the person's clock. Raises Refusal with what was understood and what to type."""
    words = kit.words(me.locale)
    known = both(time_words(words), time_words(kit.words(None)))
    shown = escape(text.strip()[:_SHOWN])
    try:
        return understand(text, known, now, me.zone, ahead=ahead)
    except NoSuchTime:
        raise Refusal("common.errors.clock_gap") from None
    except Unclear as half:
        key = "other_weekday" if half.weekday else "no_time"
        raise Refusal(f"meet.refused.{key}", day=words.date(half.day), text=shown) from None
    except NotATime:
        raise Refusal("meet.refused.not_a_time", text=shown) from None


def both(own: TimeWords, english: TimeWords) -> TimeWords:
    """A language's words and the English ones, for many type these all the same; where they differ, its own count."""
    return TimeWords(
        days={**english.days, **own.days},
        weekdays={**english.weekdays, **own.weekdays},
        months={word: n for word, n in english.months.items() if word not in own.weekdays} | {**own.months},
        marks={**english.marks, **own.marks},
    )


def time_words(words: Words) -> TimeWords:
    """What a language's pack understands."""

    def of(key: str) -> list[str]:
        return _parts(words.say(f"meet.spoken.{key}"))

    def numbered(key: str, first: int) -> dict[str, int]:
        groups = words.say(f"meet.spoken.{key}").split("|")
        return {word: n for n, group in enumerate(groups, first) for word in _parts(group)}

    shifts = {"today": 0, "tomorrow": 1, "yesterday": -1}
    return TimeWords(
        days={word: n for key, n in shifts.items() for word in of(key)},
        weekdays=numbered("weekdays", 0),
        months=numbered("months", 1),
        marks={word: key for key in _MARKS for word in of(key)},
    )


def _parts(text: str) -> list[str]:
    return [word for part in text.casefold().split(";") if (word := part.strip())]
