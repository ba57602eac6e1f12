"""The languages that people can say they speak."""

from functools import lru_cache

from babel import Locale

_CODE = 2
_USUAL = "en"


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Every language with a two-letter code that babel has a name for (ISO 639-1)."""
    known = map(str, Locale.parse(_USUAL).languages)
    return tuple(sorted(code for code in known if len(code) == _CODE))


def language_of(locale: str) -> tuple[str, ...]:
    """The language of a Slack locale such as "en-GB", as a first guess; empty for one that is not known."""
    code = locale.replace("_", "-").partition("-")[0].lower()
    return (code,) if code in languages() else ()
