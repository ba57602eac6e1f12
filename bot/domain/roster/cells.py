"""What one cell says about a person, field by field, or what is wrong with it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.roster.facts import LONGEST, Field, Trouble, Vocabulary
from bot.domain.roster.reading import LOST, fold, number

LEVELS = range(1, 6)

_SEVERAL = re.compile(r"[,;/|+]|\s+&\s+")
_CODE = re.compile(r"([a-z]{2})[-_][a-z]{2}\Z", re.IGNORECASE)


class Wrong(Exception):
    """A cell that says nothing usable; `part` is what of it was not understood."""

    def __init__(self, trouble: Trouble, part: str = "", more: str = "") -> None:
        super().__init__(trouble)
        self.trouble, self.part, self.more = trouble, part, more


def value_of(field: Field, cell: str, words: Vocabulary) -> Any:
    """The cell's value, in the shape that `Told` has. An empty cell empties. Raises Wrong."""
    if LOST in cell:
        raise Wrong(Trouble.UNDECODABLE)
    if field in LONGEST:
        return _text(field, cell)
    return _READ[field](cell, words)


def _text(field: Field, cell: str) -> str:
    if field is Field.EMPLOYEE_ID and (value := number(cell)) is not None and not cell.startswith("0"):
        cell = str(value)
    if len(cell) > LONGEST[field]:
        raise Wrong(Trouble.TOO_LONG, cell[:40] + "…", f"{len(cell)}/{LONGEST[field]}")
    return cell


def _level(cell: str, words: Vocabulary) -> int:
    if not cell:
        return 0
    value = number(cell)
    value = words.levels.get(fold(cell), 0) if value is None else value
    if value not in LEVELS:
        raise Wrong(Trouble.UNKNOWN_LEVEL, cell)
    return value


def _languages(cell: str, words: Vocabulary) -> tuple[str, ...]:
    """Codes, each once, in the order of the cell."""
    found = []
    for part in _parts(cell):
        tagged = _CODE.match(part)
        code = words.languages.get(fold(tagged[1] if tagged else part))
        if code is None:
            raise Wrong(Trouble.UNKNOWN_LANGUAGE, part)
        found.append(code)
    return tuple(dict.fromkeys(found))


def _region(cell: str, words: Vocabulary) -> str:
    if not cell:
        return ""
    code = words.regions.get(fold(cell))
    if code is None:
        raise Wrong(Trouble.UNKNOWN_REGION, cell)
    return code


def _sides(cell: str, words: Vocabulary) -> tuple[str, ...]:
    sides: set[str] = set()
    for part in _parts(cell):
        meant = words.sides.get(fold(part))
        if meant is None:
            raise Wrong(Trouble.UNKNOWN_SIDE, part)
        sides.update(meant)
    return tuple(sorted(sides))


def _purposes(cell: str, words: Vocabulary) -> tuple[str, ...]:
    found = []
    for part in _parts(cell):
        if (purpose := words.purposes.get(fold(part))) is None:
            raise Wrong(Trouble.UNKNOWN_PURPOSE, part)
        found.append(purpose)
    return tuple(dict.fromkeys(found))


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in _SEVERAL.split(cell) if part.strip()]


_READ: Mapping[Field, Callable[[str, Vocabulary], Any]] = {
    Field.LEVEL: _level, Field.LANGUAGES: _languages, Field.REGION: _region, Field.SIDES: _sides,
    Field.PURPOSES: _purposes,
}  # fmt: skip

READ = (*LONGEST, *_READ)
"""The fields that are a value of the person; the others say who somebody is, or whom they report to."""
