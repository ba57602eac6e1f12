"""Reads and checks the prompt packs: one folder per language, all problems reported at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError

from prompts.content import Content
from prompts.merge import check_content, merge
from prompts.packfile import PackFile, read_file
from prompts.problems import PackError, Problem
from prompts.templates import Template, TemplateError, compile_template, is_plural
from prompts.words import Entry, Words

_SOURCE = "en"
_CONTENT_FILES = frozenset(Content.model_fields)
_KEY_PART = re.compile("[a-z0-9_]+")
# Where nobody named a region, English is written as the pack is: "Thu 14 May, 15:05".
_USUAL_REGION = {"en": "en-GB"}


@dataclass(frozen=True)
class Library:
    """Every language that was found. `content` is English; a translation's is `words(lang).content`."""

    languages: tuple[str, ...]
    content: Content
    _by_language: Mapping[str, Words]

    def words(self, locale: str) -> Words:
        """The words for a Slack locale such as "de-DE": that pack, else its language's, else English."""
        wanted = locale.replace("_", "-")
        known = {name.lower(): name for name in self.languages}
        wider = known.get(wanted.partition("-")[0].lower(), _SOURCE)
        return self._in_region(known.get(wanted.lower(), wider), wanted)

    def _in_region(self, pack: str, wanted: str) -> Words:
        words = self._by_language[pack]
        region = _locale(wanted) if "-" in wanted else None
        if region is None or region.language != words.locale.language:
            return words
        return Words(words.lang, region, words.content, words.entries)


def load(root: Path | None = None) -> Library:
    """Read `<root>/<language>/*.toml`; without `root` this folder, once. PackError lists everything that is wrong."""
    return _shipped() if root is None else _read(root)


@cache
def _shipped() -> Library:
    return _read(Path(__file__).parent)


def _read(root: Path) -> Library:
    packs, problems = _read_packs(root)
    source = packs.get(_SOURCE)
    if source is None:
        raise PackError([*problems, Problem(f"{root.name}/{_SOURCE}", 0, "", "the English pack is missing")])
    content, found = check_content(source, _CONTENT_FILES)
    problems += found
    base, found = _sentences(source, _SOURCE)
    problems += found
    ready: dict[str, Words] = {}
    for lang, files in sorted(packs.items()):
        words, found = _words(lang, files, source, base, content)
        problems += found
        if words is not None:
            ready[lang] = words
    if problems or content is None:
        raise PackError(problems)
    return Library(tuple(ready), content, ready)


def _read_packs(root: Path) -> tuple[dict[str, dict[str, PackFile]], list[Problem]]:
    """Every file of every language, by language and file name without its ending."""
    packs: dict[str, dict[str, PackFile]] = {}
    problems: list[Problem] = []
    for path in sorted(root.glob("*/*.toml")):
        shown = path.relative_to(root.parent).as_posix()
        lang = path.parent.name
        if _locale(lang) is None:
            problems.append(Problem(shown, 0, "", f"{lang} is not a language; name the folder like en or pt-BR"))
            continue
        file, found = read_file(path, shown)
        problems += found
        packs.setdefault(lang, {})[path.stem] = file
    return packs, problems


def _words(
    lang: str,
    files: Mapping[str, PackFile],
    source: Mapping[str, PackFile],
    base: Mapping[str, Entry],
    content: Content | None,
) -> tuple[Words | None, list[Problem]]:
    """One language over English, and what is wrong with it."""
    locale = _locale(_USUAL_REGION.get(lang, lang))
    if content is None or locale is None:
        return None, []
    if lang == _SOURCE:
        return Words(lang, locale, content, base), []
    own, problems = _sentences(files, lang)
    problems += _strangers(files, own, source, base)
    merged, found = merge(source, files, _CONTENT_FILES)
    if not found:
        translated, found = check_content(merged, _CONTENT_FILES)
        content = translated or content
    return Words(lang, locale, content, {**base, **own}), problems + found


def _sentences(files: Mapping[str, PackFile], lang: str) -> tuple[dict[str, Entry], list[Problem]]:
    """Every sentence of the message files by its full key."""
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    locale = Locale.parse(lang, sep="-")
    for name, file in files.items():
        if name in _CONTENT_FILES:
            continue
        for path, value in _leaves(file.data):
            try:
                entries[_key(name, path)] = Entry(_template(value), locale)
            except TemplateError as error:
                problems.append(file.problem(path, str(error)))
    return entries, problems


def _leaves(table: Mapping[str, object], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    for key, value in table.items():
        if isinstance(value, dict) and not is_plural(value):
            yield from _leaves(value, (*path, key))
        else:
            yield (*path, key), value


def _key(name: str, path: tuple[str, ...]) -> str:
    """The key as the code says it; a part with a dot or a space in it could be mistaken for another."""
    for part in path:
        if not _KEY_PART.fullmatch(part):
            raise TemplateError(f"“{part}” cannot be part of a key; use small letters, digits and _")
    return ".".join((name, *path))


def _template(value: object) -> Template:
    if isinstance(value, str | dict):
        return compile_template(value)
    raise TemplateError("a sentence must be text; put it in quotation marks")


def _strangers(
    files: Mapping[str, PackFile],
    own: Mapping[str, Entry],
    source: Mapping[str, PackFile],
    base: Mapping[str, Entry],
) -> list[Problem]:
    """Keys that English does not have are never said; other fields than English has lose or break a fact."""
    english = {".".join((name, *path)) for name, file in source.items() for path, _ in _leaves(file.data)}
    problems: list[Problem] = []
    for key, entry in own.items():
        name, *path = key.split(".")
        if key in base:
            what = _other_fields(entry.template.fields, base[key].template.fields)
        elif key not in english and source.get(name, files[name]).valid:
            what = "English has no such key; correct or remove it"
        else:
            continue
        if what:
            problems.append(files[name].problem(tuple(path), what))
    return problems


def _other_fields(own: frozenset[str], english: frozenset[str]) -> str:
    """How the fields of a translation differ; the count of a plural may be left unsaid."""
    if unknown := own - english:
        return f"{{{min(unknown)}}} is not in the English sentence; use its fields only"
    if missing := english - own - {"n"}:
        return f"{{{min(missing)}}} is in the English sentence but not here; say it, too"
    return ""


def _locale(name: str) -> Locale | None:
    try:
        return Locale.parse(name, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
