"""What a language pack still lacks, or has wrong: the reader forgives it, and a person would stumble over it."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from prompts import Library, Words
from prompts.merge import _WORDING, _id
from prompts.reader import _CONTENT_FILES
from prompts.templates import Template, fields_of, fill
from prompts.words import Entry

OPERATORS = frozenset({"app", "doctor"})
"""Said in a terminal or a log to whoever runs revmentor, and in English like the settings they are about."""

UNDERSTOOD = ("meet.spoken.", "roster.nobody", "roster.headers.", "roster.levels.", "roster.sides.", "roster.purposes.")
"""Words that are not said but read, in more than one language."""

SAME = {
    "fr": "action actions agenda contact culture date design direct inclusion information junior juniors lgbtq message "
    "messages min minute minutes moment n note notes option options page pages pause pauses programme promotion "
    "question questions revmentor senior seniors slack source technologie type version csv json",
}
"""Words that are the same in English and in a language."""

LIMITS = {"title": 24, "submit": 24, "close": 24, "button": 75, "option": 75, "label": 2000, "hint": 2000,
          "placeholder": 150, "section": 3000, "context": 2000, "header": 150}  # fmt: skip
"""How many characters Slack takes, by place."""

GOLDEN = Path(__file__).parents[1] / "golden"
_COUNTS = range(1001)
_NOISE = re.compile(r"`[^`]*`|\{\w+\}|<[^>]*>|:\w+:|\\n|[^\w\s]|\d|_")

Path_ = tuple[str, ...]


def gaps(library: Library, root: Path, lang: str) -> list[str]:
    """Everything that is missing in a language or not as it should be, in words, by file and key."""
    own = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted((root / lang).glob("*.toml"))}
    english = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted((root / "en").glob("*.toml"))}
    found: list[str] = []
    for name, data in english.items():
        if name in OPERATORS:
            continue
        mine = own.get(name, {})
        found += _content(name, data, mine, lang) if name in _CONTENT_FILES else []
    return [*found, *_sentences(library, lang)]


def _content(name: str, english: Any, own: Any, lang: str) -> Iterator[str]:
    """Wording that a content file of English has, found by its id, and this one has not."""
    wording, mine = dict(_worded(english)), dict(_worded(own))
    for path, text in wording.items():
        key = ".".join((name, *path))
        if not text:
            continue
        if path not in mine:
            yield f"{key}: is missing"
        elif left_in_english(mine[path], text, lang):
            yield f"{key}: is left in English"
        elif fields_of(mine[path]) != fields_of(text):
            yield f"{key}: has other fields than the English text"


def _worded(node: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if isinstance(value, str) and (key in _WORDING or path[:1] == ("texts",)):
                yield (*path, key), value
            else:
                yield from _worded(value, (*path, key))
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _worded(item, (*path, _id(item) or str(index)))


def _sentences(library: Library, lang: str) -> Iterator[str]:
    english, words = library.words("en"), library.words(lang)
    tight = places(english)
    for key, source in english.entries.items():
        if key.partition(".")[0] in OPERATORS:
            continue
        entry = words.entries[key]
        if entry is source:
            yield f"{key}: is missing"
            continue
        left = not key.startswith(UNDERSTOOD)
        yield from (f"{key}: {what}" for what in _forms(source, entry, lang, left=left))
        yield from (f"{key}: {what}" for what in _too_long(entry.template, tight.get(key, ())))


def _forms(source: Entry, entry: Entry, lang: str, *, left: bool) -> Iterator[str]:
    """What is wrong with the forms of one sentence. A number up to a thousand must find a form of its own."""
    forms = entry.template.forms
    if source.template.plural:
        needed = _needed(entry.locale)
        known = {str(form) for form in entry.locale.plural_form.tags} | {"other"}
        yield from (f"has no form {form}" for form in sorted(needed - forms.keys()))
        yield from (f"has a form {form}, which its language has not" for form in sorted(forms.keys() - known))
    always = frozenset.intersection(*(fields_of(text) for text in source.template.forms.values()))
    for form, text in forms.items():
        for name in sorted(always - fields_of(text)):
            yield f"{{{name}}} is missing in the form {form}"
        if left and all(left_in_english(text, other, lang) for other in source.template.forms.values()):
            yield "is left in English"


@cache
def _needed(locale: Locale) -> frozenset[str]:
    """The plural forms of the numbers that are said; French has one more, for millions."""
    return frozenset(locale.plural_form(n) for n in _COUNTS)


def left_in_english(text: str, english: str, lang: str) -> bool:
    """Whether nobody translated it: the same words, some of which are not the same in both languages."""
    said = _plain(text)
    return said == _plain(english) and bool(set(said) - set(SAME.get(lang, "").split()))


def _plain(text: str) -> tuple[str, ...]:
    """The words of a text without fields, markup, commands, numbers and marks."""
    return tuple(_NOISE.sub(" ", text).casefold().split())


Fit = tuple[int, dict[str, str]]


def places(english: Words) -> dict[str, list[Fit]]:
    """Where the golden files show each English sentence: how much fits there, and what stood in its fields.

    Where several sentences read the same, one may be a title and another a button: only those called so are titles.
    """
    found = {key: list(_found(entry.template)) for key, entry in english.entries.items()}
    owners = Counter(text for fits in found.values() for text in {text for text, _ in fits})
    return {key: [_fit(key, text, values, owners[text]) for text, values in fits] for key, fits in found.items()}


def _fit(key: str, text: str, values: dict[str, str], owners: int) -> Fit:
    tight = owners == 1 or key.rpartition(".")[2] in LIMITS
    return (min if tight else max)(_shown()[text]), values


def _found(template: Template) -> Iterator[tuple[str, dict[str, str]]]:
    """The texts of the golden files that are this sentence, each with what fills its fields."""
    for form in template.forms.values():
        anchor = max(re.split(r"\{\w+\}", form), key=len)
        if not fields_of(form):
            yield from ((text, {}) for text in [form] if text in _shown())
        elif len(_plain(anchor)) > 1:
            pattern = _pattern(form)
            matches = (pattern.fullmatch(text) for text in _shown() if anchor in text)
            yield from ((match.string, match.groupdict()) for match in matches if match)


def _pattern(form: str) -> re.Pattern[str]:
    seen: set[str] = set()

    def group(match: re.Match[str]) -> str:
        name = match.group(1)
        again = name in seen
        seen.add(name)
        return f"(?P={name})" if again else f"(?P<{name}>.+?)"

    return re.compile(re.sub(r"\\\{(\w+)\\\}", group, re.escape(form)), re.DOTALL)


def _too_long(template: Template, fits: Sequence[Fit]) -> Iterator[str]:
    for text in template.forms.values():
        said = ((len(fill(text, values, "")), limit) for limit, values in fits if fields_of(text) <= values.keys())
        if over := next((one for one in said if one[0] > one[1]), None):
            yield f"has {over[0]} characters where {over[1]} fit"


@cache
def _shown() -> dict[str, frozenset[int]]:
    """Every text of the golden files with the limits of the places where it stands."""
    found: dict[str, set[int]] = {}
    for path in sorted(GOLDEN.rglob("*.json")):
        for text, limit in _texts(json.loads(path.read_text("utf-8")), ""):
            found.setdefault(text, set()).add(limit)
    return {text: frozenset(limits) for text, limits in found.items()}


def _texts(node: Any, place: str) -> Iterator[tuple[str, int]]:
    if isinstance(node, list):
        for item in node:
            yield from _texts(item, place)
    elif isinstance(node, dict):
        if node.get("type") in ("plain_text", "mrkdwn"):
            yield str(node["text"]), LIMITS.get(place, 3000)
            return
        kind = str(node.get("type") or ("option" if "value" in node else place))
        node = {} if kind == "image" else node
        for key, value in node.items():
            yield from _texts(value, kind if key in ("text", "elements", "fields") else _place(key, place))


def _place(key: str, place: str) -> str:
    singular = {"options": "option", "description": "option", "option_groups": "option"}
    return singular.get(key, key if key in LIMITS else place)
