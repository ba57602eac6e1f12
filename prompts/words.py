"""Says a sentence in one person's language, and writes dates, numbers and lists the way they do."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

from prompts.content import Content
from prompts.problems import WordsError
from prompts.templates import Template, fill

_FIRST = re.compile(r"(?<!\d)1(?= [^\W\d])")
"""The first of a month as locale data has it, which knows no "1er juin"."""


@dataclass(frozen=True)
class Entry:
    """A sentence and the language it is written in, whose plural rule it follows."""

    template: Template
    locale: Locale


@dataclass(frozen=True)
class Words:
    """The sentences of one language, with English wherever a translation has a gap.

    `lang` is the pack that was found ("en", "de", "pt-BR"); dates and numbers follow the region asked for.
    """

    lang: str
    locale: Locale
    content: Content
    entries: Mapping[str, Entry]

    def say(self, key: str, **params: object) -> str:
        """The sentence under `<file>.<key>`, its `{fields}` filled in as given.

        What people typed goes through `prompts.escape` first. A plural table is chosen by `n`. Parameters the
        sentence does not use are ignored. WordsError names a key or a parameter that is missing.
        """
        entry = self._entry(key)
        return entry.template.fill(key, entry.locale, params)

    def has(self, key: str) -> bool:
        """Whether `say` knows the key."""
        return key in self.entries

    def fields(self, key: str) -> frozenset[str]:
        """The parameters a sentence uses, `n` included for a plural one; WordsError for an unknown key."""
        return self._entry(key).template.fields

    def fill(self, text: str, **params: object) -> str:
        """Fill the `{fields}` of a text that comes from `content`; WordsError when one is missing."""
        return fill(text, params, f"content text {text[:40]!r}")

    def full_date(self, day: date) -> str:
        """A day with its year, for what is kept: "14 May 2026"."""
        return _day("yMMMd", day, self.locale)

    def month(self, day: date) -> str:
        """The month of a day: "May 2026"."""
        return _plain_spaces(format_skeleton("yMMM", day, locale=self.locale))

    def date(self, day: date) -> str:
        """A day without its year: "Thu 14 May"."""
        return _day("MMMEd", day, self.locale)

    def day_time(self, moment: datetime, zone: tzinfo | str) -> str:
        """An aware moment as people in `zone` write it, "Thu 14 May, 15:05"; ValueError for a naive one."""
        if moment.tzinfo is None:
            raise ValueError("day_time needs a moment with a zone")
        local = moment.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
        time = _plain_spaces(format_time(local.time(), "short", locale=self.locale))
        return f"{self.date(local.date())}, {time}"

    def join(self, items: Iterable[str]) -> str:
        """A list in words: "Ana, Bo and Chi"; nothing for an empty one."""
        return format_list(list(items), locale=self.locale)

    def number(self, n: float) -> str:
        """A number with the language's separators: "1,200"."""
        return format_decimal(n, locale=self.locale).replace("\u202f", "\u00a0")

    def _entry(self, key: str) -> Entry:
        try:
            return self.entries[key]
        except KeyError:
            raise WordsError(f"{key}: no such key in prompts/{self.lang} nor in prompts/en") from None


def _day(skeleton: str, day: date, locale: Locale) -> str:
    text = _plain_spaces(format_skeleton(skeleton, day, locale=locale))
    return _FIRST.sub("1er", text) if locale.language == "fr" else text


def _plain_spaces(text: str) -> str:
    """Ordinary spaces for the narrow ones of recent locale data, which some fonts draw as a box."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")
