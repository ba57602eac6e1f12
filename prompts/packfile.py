"""One file of a prompt pack: its values, and where each of them stands."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from prompts.lines import Path as KeyPath
from prompts.lines import key_lines, line_of
from prompts.problems import Problem

_AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True)
class PackFile:
    """`shown` is the path as people know it: prompts/en/checkin.toml. A file that is not valid is empty.

    `find_lines` is asked only for a problem: it takes as long as reading the file.
    """

    shown: str
    data: Mapping[str, Any]
    find_lines: Callable[[], Mapping[KeyPath, int]] = dict
    valid: bool = True

    @cached_property
    def lines(self) -> Mapping[KeyPath, int]:
        """On which line each value stands."""
        return self.find_lines()

    def problem(self, path: KeyPath, what: str) -> Problem:
        """Something wrong with the value at this path."""
        return Problem(self.shown, line_of(self.lines, path), self.name(path), what)

    def name(self, path: KeyPath) -> str:
        """The path in words; items of a list go by their id: sets[warmup].questions[warmup_01].text."""
        node: Any = self.data
        parts: list[str] = []
        for step in path:
            node = _inside(node, step)
            if isinstance(step, str):
                parts.append(step)
            elif parts:
                parts[-1] += f"[{_label(node, step)}]"
        return ".".join(parts)


def read_file(path: Path, shown: str) -> tuple[PackFile, list[Problem]]:
    """Read one file; what cannot be read is empty, with the problem beside it."""
    empty = PackFile(shown, {}, valid=False)
    try:
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
        data = tomllib.loads(text)
    except UnicodeDecodeError:
        return empty, [Problem(shown, 0, "", "it is not UTF-8; save it as UTF-8")]
    except OSError as error:
        return empty, [Problem(shown, 0, "", f"it cannot be read ({error.strerror}); check the file")]
    except tomllib.TOMLDecodeError as error:
        return empty, [_syntax_problem(shown, text, str(error))]
    return PackFile(shown, data, partial(key_lines, text)), []


def _syntax_problem(shown: str, text: str, message: str) -> Problem:
    lines = text.split("\n")
    match = _AT_LINE.search(message)
    number = int(match.group(1)) if match and match.group(1) else len(lines)
    key = lines[number - 1].partition("=")[0].strip() if "=" in lines[number - 1] else ""
    return Problem(shown, number, key, f"it is not valid TOML: {_AT_LINE.sub('', message)}; mend this line")


def _inside(node: Any, step: str | int) -> Any:
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
        return node[step]
    return None


def _label(item: Any, index: int) -> object:
    """An item's own name, else its place counted from 1."""
    if isinstance(item, Mapping):
        return item.get("id") or item.get("code") or index + 1
    return index + 1
