"""Small checkers that are put together into the shape of a block, an element or a text object."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

Path = tuple[Any, ...]  # (parent path, key); () is the top, so that a path costs nothing until it is shown
Checker = Callable[[Any, Path, "Found"], None]

HTTP = re.compile(r"https?://[^\s]+\Z")


@dataclass
class Found:
    """The problems of one message or view, and what must be unique in it."""

    surface: str
    problems: list[str] = field(default_factory=list)
    files: Callable[[Any], str | None] = lambda _reference: None

    def add(self, path: Path, text: str) -> None:
        """Notes a problem in Slack's own form."""
        self.problems.append(f"[ERROR] {text} [json-pointer:{pointer(path)}]")


def pointer(path: Path) -> str:
    """/blocks/0/text for (((), "blocks"), 0), …"""
    parts: list[str] = []
    while path:
        path, key = path
        parts.append(str(key))
    return "/" + "/".join(reversed(parts))


def string(longest: int, *, shortest: int = 0, pattern: re.Pattern[str] | None = None) -> Checker:
    """A text of bounded length."""

    def check(value: Any, path: Path, found: Found) -> None:
        if not isinstance(value, str):
            found.add(path, "must be a string")
        elif len(value) > longest:
            found.add(path, f"must be less than {longest + 1} characters")
        elif len(value) < shortest:
            found.add(path, f"must be more than {shortest - 1} characters")
        elif pattern is not None and not pattern.match(value):
            found.add(path, "must be a valid value: it has the wrong form")

    return check


def integer(lowest: int, highest: int) -> Checker:
    """A whole number within bounds."""

    def check(value: Any, path: Path, found: Found) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            found.add(path, "must be an integer")
        elif not lowest <= value <= highest:
            found.add(path, f"must be between {lowest} and {highest}")

    return check


def boolean(value: Any, path: Path, found: Found) -> None:
    """true or false."""
    if not isinstance(value, bool):
        found.add(path, "must be a boolean")


def one_of(*allowed: str) -> Checker:
    """One of a few words."""

    def check(value: Any, path: Path, found: Found) -> None:
        if value not in allowed:
            found.add(path, f"must be one of: {', '.join(allowed)}")

    return check


def url(longest: int = 3000) -> Checker:
    """A web address."""
    return string(longest, shortest=1, pattern=HTTP)


def list_of(item: Checker, highest: int, lowest: int = 1) -> Checker:
    """A list of bounded length."""

    def check(value: Any, path: Path, found: Found) -> None:
        if not isinstance(value, list):
            found.add(path, "must be an array")
            return
        if len(value) > highest:
            found.add(path, f"no more than {highest} items allowed")
        if len(value) < lowest:
            found.add(path, f"must have at least {lowest} item{'s' if lowest > 1 else ''}")
        for index, entry in enumerate(value):
            item(entry, (path, index), found)

    return check


@dataclass(frozen=True)
class Shape:
    """An object: which keys it must and may have, and rules that look at more than one of them."""

    must: Mapping[str, Checker]
    may: Mapping[str, Checker] = field(default_factory=dict)
    rules: tuple[Callable[[dict[str, Any], Path, Found], None], ...] = ()

    def __call__(self, value: Any, path: Path, found: Found) -> None:
        """Checks one object."""
        if not isinstance(value, dict):
            found.add(path, "must be an object")
            return
        for key in self.must:
            if key not in value:
                found.add(path, f"missing required field: {key}")
        before = len(found.problems)
        for key, entry in value.items():
            self._check_key(key, entry, path, found)
        if len(found.problems) == before:
            for rule in self.rules:
                rule(value, path, found)

    def _check_key(self, key: str, entry: Any, path: Path, found: Found) -> None:
        if key == "type":
            return
        checker = self.must.get(key) or self.may.get(key)
        if checker is None:
            found.add((path, key), f"additional property is not allowed: {key}")
        else:
            checker(entry, (path, key), found)


def by_type(kinds: Mapping[str, Checker], what: str, allowed: Collection[str] | None = None) -> Checker:
    """An object whose "type" says which shape it has; `allowed` narrows the kinds for this place."""

    def check(value: Any, path: Path, found: Found) -> None:
        if not isinstance(value, dict):
            found.add(path, "must be an object")
            return
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in kinds:
            found.add((path, "type"), f"unsupported type: {kind} is no {what}")
        elif allowed is not None and kind not in allowed:
            found.add((path, "type"), f"unsupported type: {kind} may not stand here")
        else:
            kinds[kind](value, path, found)

    return check
