"""Checks content files against their models, and lays a translation over the English ones."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from prompts.content import Content
from prompts.lines import Path, line_of
from prompts.packfile import PackFile
from prompts.problems import Problem

_IDS = ("id", "code", "purpose")
_WORDING = frozenset(
    {"title", "text", "about", "label", "hint", "action", "intro", "why", "note", "reading", "low", "high"}
    | {"junior_prepares", "senior_prepares"}
)
_REMEDIES = {
    "missing": "it is missing; add it",
    "extra_forbidden": "unknown field; correct its name or remove it",
    "string_type": "it must be text; put it in quotation marks",
    "string_pattern_mismatch": "an id has small letters, digits and _ only; rename it",
}


def check_content(files: Mapping[str, PackFile], names: frozenset[str]) -> tuple[Content | None, list[Problem]]:
    """The content of one language, or everything that is wrong with it."""
    present = {name: dict(files[name].data) for name in sorted(names) if name in files and files[name].valid}
    folder = next(iter(files.values())).shown.rpartition("/")[0]
    absent = sorted(names - files.keys())
    missing = [Problem(f"{folder}/{name}.toml", 0, "", "the file is missing; restore it") for name in absent]
    problems = missing + list(_doubles(files, present))
    try:
        content = Content.model_validate(present)
    except ValidationError as error:
        found = [_problem(files, detail) for detail in error.errors() if detail["loc"][0] in present]
        return None, problems + found
    return content, problems


def _problem(files: Mapping[str, PackFile], detail: ErrorDetails) -> Problem:
    name, *path = detail["loc"]
    return files[str(name)].problem(tuple(path), _what(detail))


def _what(detail: ErrorDetails) -> str:
    """pydantic's finding as a sentence with the remedy."""
    context = detail.get("ctx", {})
    match detail["type"]:
        case "string_too_long" | "too_long":
            unit = "characters" if isinstance(detail["input"], str) else "items"
            return f"{len(detail['input'])} {unit}, at most {context['max_length']} fit; shorten it"
        case "value_error":
            return str(context["error"])
        case kind:
            return _REMEDIES.get(kind, f"{detail['msg']}; correct it")


def _doubles(files: Mapping[str, PackFile], present: Mapping[str, Any]) -> Iterator[Problem]:
    """Ids that a file uses twice. Answers and "never again" are stored under them."""
    for name, data in present.items():
        seen: set[str] = set()
        for path, id in _ids(data, ()):
            if id in seen:
                yield files[name].problem(path, f"the id {id} is used twice; give one of them another")
            seen.add(id)


def _ids(node: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "id":
                yield (*path, key), str(value)
            else:
                yield from _ids(value, (*path, key))
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _ids(item, (*path, index))


def merge(
    source: Mapping[str, PackFile], own: Mapping[str, PackFile], names: frozenset[str]
) -> tuple[dict[str, PackFile], list[Problem]]:
    """English content with a translation's wording in place of its own; anything but wording is a problem."""
    merged: dict[str, PackFile] = {name: file for name, file in source.items() if name in names}
    problems: list[Problem] = []
    for name in sorted(names & own.keys() & source.keys()):
        laid = _Laid(own[name], problems)
        data = laid.table(source[name].data, own[name].data, (), ())
        merged[name] = PackFile(own[name].shown, data, laid.lines)
    return merged, problems


class _Laid:
    """One translated file laid over the English one; collects what does not fit.

    `path` is where a value stands in the translation, `place` where it goes.
    """

    def __init__(self, file: PackFile, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self.paths: dict[Path, Path] = {}

    def lines(self) -> dict[Path, int]:
        """By place."""
        return {place: line_of(self.file.lines, path) for place, path in self.paths.items()}

    def table(self, base: Mapping[str, Any], own: Mapping[str, Any], path: Path, place: Path) -> dict[str, Any]:
        result = dict(base)
        for key, value in own.items():
            result[key] = self.value(base.get(key), value, (*path, key), (*place, key))
        return result

    def value(self, base: Any, own: Any, path: Path, place: Path) -> Any:
        self.paths[place] = path
        if isinstance(base, Mapping) and isinstance(own, Mapping):
            return self.table(base, own, path, place)
        if isinstance(base, list) and isinstance(own, list):
            return self.items(base, own, path, place)
        if own != base and not _is_wording(base, own, path):
            self.problems.append(self.file.problem(path, "a translation changes wording only; remove it"))
        return own

    def items(self, base: list[Any], own: list[Any], path: Path, place: Path) -> list[Any]:
        """Items with an id find their English twin by it; agenda lines by their place."""
        result = list(base)
        for index, item in enumerate(own):
            twin = _twin(base, item, index)
            if twin is None:
                self.problems.append(self.file.problem((*path, index), "English has no such item; remove it"))
            else:
                result[twin] = self.value(base[twin], item, (*path, index), (*place, twin))
        return result


def _is_wording(base: Any, own: Any, path: Path) -> bool:
    worded = path[-1] in _WORDING or path[0] == "texts"
    return worded and isinstance(own, str) and isinstance(base, str)


def _twin(base: list[Any], item: Any, index: int) -> int | None:
    name = _id(item)
    if name is None:
        return index if index < len(base) else None
    return next((number for number, other in enumerate(base) if _id(other) == name), None)


def _id(item: Any) -> str | None:
    if not isinstance(item, Mapping):
        return None
    return next((f"{key}:{item[key]}" for key in _IDS if key in item), None)
