"""Finds the line on which each key of a TOML text stands, for error messages."""

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'',
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}\n#]+")


class _Walker:
    """Walks a text that tomllib has already accepted, and notes where keys and list items begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.tables: dict[Path, int] = {}

    def walk(self) -> dict[Path, int]:
        here: Path = ()
        self.blank()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                here = self.header()
            else:
                self.pair(here)
            self.blank()
        return self.lines

    def header(self) -> Path:
        doubled = self.text.startswith("[[", self.at)
        start = self.at
        self.at += 2 if doubled else 1
        path: Path = ()
        parts = self.key()
        for number, part in enumerate(parts, 1):
            path = (*path, part)
            if number < len(parts):
                self.note(path, start)  # [a.b] is the first that is heard of a
            if doubled and number == len(parts):
                self.tables[path] = self.tables.get(path, -1) + 1
            if path in self.tables:
                self.note(path, start)
                path = (*path, self.tables[path])
        self.at = self.text.index("]", self.at) + (2 if doubled else 1)
        self.note(path, start)
        return path

    def key(self) -> Path:
        parts: list[str] = []
        while True:
            self.blank()
            match = _STRING.match(self.text, self.at) or _BARE.match(self.text, self.at)
            if match is None:
                return tuple(parts)
            parts.append(match.group().strip("\"'"))
            self.at = match.end()
            self.blank()
            if not self.text.startswith(".", self.at):
                return tuple(parts)
            self.at += 1

    def pair(self, here: Path) -> None:
        start = self.at
        path = (*here, *self.key())
        self.note(path, start)
        self.at = self.text.index("=", self.at) + 1
        self.value(path)

    def value(self, path: Path) -> None:
        self.blank()
        opener = self.text[self.at]
        if opener == "[":
            self.items(path)
        elif opener == "{":
            self.inline(path)
        else:
            match = _STRING.match(self.text, self.at) or _PLAIN.match(self.text, self.at)
            self.at = match.end() if match else self.at + 1

    def items(self, path: Path) -> None:
        self.at += 1
        index = 0
        while not self.closes("]"):
            self.note((*path, index), self.at)
            self.value((*path, index))
            index += 1

    def inline(self, path: Path) -> None:
        self.at += 1
        while not self.closes("}"):
            self.pair(path)

    def closes(self, bracket: str) -> bool:
        """Skip blanks and one comma; true when the bracket is reached and passed."""
        self.blank()
        if self.text.startswith(",", self.at):
            self.at += 1
            self.blank()
        if self.text.startswith(bracket, self.at) or self.at >= len(self.text):
            self.at += 1
            return True
        return False

    def blank(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def note(self, path: Path, position: int) -> None:
        self.lines.setdefault(path, self.text.count("\n", 0, position) + 1)


def key_lines(text: str) -> dict[Path, int]:
    """Line numbers, from 1, of every key, table and list item of a valid TOML text."""
    return _Walker(text).walk()


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it; 0 when nothing is known."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 0)
