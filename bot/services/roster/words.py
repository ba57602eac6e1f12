"""What words in lists and their headers mean: from the packs, and the names that languages and countries have."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from babel import Locale

from bot.domain.roster import Field, Vocabulary, fold, words_of
from bot.services.calendar import parts_of, regions
from prompts import Words
from storage.records.enrol import Side
from storage.records.programme import Purpose

_NAMED_IN = ("en", "de", "fr")
_OWN_NAMES = (
    "ar", "cs", "da", "de", "en", "es", "fi", "fr", "hi", "hu", "it", "ja", "ko", "nl", "no", "pl", "pt", "ro", "ru",
    "sv", "tr", "uk", "zh",
)  # fmt: skip


def headers(words: Words) -> dict[Field, frozenset[str]]:
    """Field → headers that mean it, folded: the pack's, and what the modal itself calls the field."""
    return {
        one: words_of(words.say(f"roster.headers.{one}")) | words_of(words.say(f"roster.fields.{one}")) for one in Field
    }


def vocabulary(words: Words) -> Vocabulary:
    """What is understood in cells."""
    levels = {fold(words.say(f"enrol.levels.{n}")): n for n in range(1, 6)}
    levels |= {word: n for n in range(1, 6) for word in words_of(words.say(f"roster.levels.{n}"))}
    sides = {word: (side.value,) for side in Side for word in words_of(words.say(f"roster.sides.{side}"))}
    both = dict.fromkeys(words_of(words.say("roster.sides.both")), tuple(side.value for side in Side))
    purposes = {word: one.value for one in Purpose for word in words_of(words.say(f"roster.purposes.{one}"))}
    nobody = words_of(words.say("roster.nobody"))
    return Vocabulary(levels, _languages(), _Regions(), sides | both, purposes, nobody)


@lru_cache(maxsize=1)
def _languages() -> Mapping[str, str]:
    """Codes, and names in several languages and in their own → ISO 639-1 code."""
    found: dict[str, str] = {}
    for named_in in _NAMED_IN:
        named = {str(code): str(name) for code, name in Locale(named_in).languages.items()}
        found |= {fold(name): code for code, name in named.items() if len(code) == 2}
    found |= {fold(str(Locale(code).languages.get(code, code))): code for code in _OWN_NAMES}
    return found | {code: code for code in found.values()} | {"nb": "no"}


class _Regions(Mapping[str, str]):
    """Codes ("de by") and names of countries → region; parts of a country are looked up when they are asked for."""

    def __getitem__(self, name: str) -> str:
        country, _, part = name.partition(" ")
        code = country.upper()
        if len(country) == 2 and code in regions():
            if not part:
                return code
            if part.upper() in parts_of(code):
                return f"{code}-{part.upper()}"
        return _countries()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_countries())

    def __len__(self) -> int:
        return len(_countries())


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    known = set(regions())
    return {
        fold(str(name)): str(code)
        for named_in in _NAMED_IN
        for code, name in Locale(named_in).territories.items()
        if code in known
    }
