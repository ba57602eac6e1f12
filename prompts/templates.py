"""Sentences with `{name}` fields, and their plural forms."""

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

from prompts.problems import WordsError

PLURAL_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})
_FORMATTER = string.Formatter()
_STOP = re.compile(r"([*_]*)\.(?!\.)")


class TemplateError(ValueError):
    """A sentence that cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Template:
    """One sentence, or one per plural form; `form` without a count is "other"."""

    forms: Mapping[str, str]
    fields: frozenset[str]
    plural: bool

    def fill(self, key: str, locale: Locale, params: Mapping[str, object]) -> str:
        """The sentence with its fields filled in; WordsError names the key and what is missing."""
        form = self._form(key, locale, params) if self.plural else "other"
        text = self.forms.get(form, self.forms["other"])
        return fill(text, params, key)

    def _form(self, key: str, locale: Locale, params: Mapping[str, object]) -> str:
        n = params.get("n")
        if isinstance(n, bool) or not isinstance(n, int | float):
            raise WordsError(f"{key}: needs n, a number, to choose between {', '.join(sorted(self.forms))}")
        return locale.plural_form(n)


def is_plural(value: Mapping[str, object]) -> bool:
    """A table with `other` and nothing but plural forms is one sentence, not a group of keys."""
    return "other" in value and value.keys() <= PLURAL_FORMS


def compile_template(value: str | Mapping[str, object]) -> Template:
    """Check a sentence or a plural table; TemplateError says what is wrong."""
    if isinstance(value, str):
        return Template({"other": value}, fields_of(value), plural=False)
    forms: dict[str, str] = {}
    names: set[str] = {"n"}
    for form, text in value.items():
        if not isinstance(text, str):
            raise TemplateError(f"the form {form} is not text; put it in quotation marks")
        names |= fields_of(text)
        forms[form] = text
    return Template(forms, frozenset(names), plural=True)


def fields_of(text: str) -> frozenset[str]:
    """The names in `{…}`; TemplateError for anything but a plain name, and for empty text."""
    if not text.strip():
        raise TemplateError("it is empty; write the sentence or remove the key")
    return frozenset(name for _, name in _parts(text) if name)


def fill(text: str, params: Mapping[str, object], key: str) -> str:
    """Put the parameters into a sentence as given; WordsError when one is missing.

    A shortened month that ends a sentence brings its own full stop: "27 avr.", not "27 avr..".
    """
    pieces: list[str] = []
    for literal, name in _parts(text):
        stopped = bool(pieces) and pieces[-1].endswith(".")
        pieces.append(_STOP.sub(r"\1", literal, count=1) if stopped and _STOP.match(literal) else literal)
        if name is None:
            continue
        if name not in params:
            raise WordsError(f"{key}: needs the parameter {name}")
        pieces.append(str(params[name]))
    return "".join(pieces)


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[tuple[str, str | None], ...]:
    try:
        parsed = list(_FORMATTER.parse(text))
    except ValueError as error:
        raise TemplateError(f"the braces do not match ({error}); write {{{{ and }}}} for a brace itself") from error
    for _, name, spec, conversion in parsed:
        if name is None:
            continue
        if spec or conversion or not (name.isidentifier() and name.isascii()):
            raise TemplateError(f"{{{name}}} is not a plain name; write {{name}} with letters, digits and _ only")
    return tuple((literal, name) for literal, name, _, _ in parsed)
