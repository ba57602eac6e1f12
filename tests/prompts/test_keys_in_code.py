"""Every sentence the code asks for is in the English pack, and gets the parameters it needs."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from prompts import Library
from tests.prompts.pack import SHIPPED

ROOT = SHIPPED.parent
SOURCES = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("handlers/**/*.py"), *ROOT.glob("app.py")])


def _calls(tree: ast.AST) -> Iterator[tuple[ast.Call, ast.expr]]:
    """Every `….say(key, …)` with its key."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr == "say" and node.args:
            yield node, node.args[0]


def _prefix(key: ast.expr) -> str:
    """What is certain of a key: all of a plain one, the beginning of one that is put together."""
    if isinstance(key, ast.Constant):
        return str(key.value)
    if isinstance(key, ast.JoinedStr) and key.values and isinstance(key.values[0], ast.Constant):
        return str(key.values[0].value)
    return ""


def faults(source: str, library: Library) -> list[str]:
    """What a source file asks the pack in vain, with the line."""
    words = library.words("en")
    found: list[str] = []
    for call, key in _calls(ast.parse(source)):
        at, known = f"line {call.lineno}:", _prefix(key)
        if not isinstance(key, ast.Constant):
            if not any(entry.startswith(known) for entry in words.entries):
                found.append(f"{at} nothing begins with {known}")
        elif not words.has(known):
            found.append(f"{at} {known} is not there")
        elif None not in (given := {word.arg for word in call.keywords}):
            found += [f"{at} {known} needs {name}" for name in sorted(words.fields(known) - given)]
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_code_asks_only_for_sentences_that_are_there(path: Path, library: Library) -> None:
    assert faults(path.read_text(encoding="utf-8"), library) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ('words.say("common.buttons.svae")', "line 1: common.buttons.svae is not there"),
        ('words.say("common.errors.reference")', "line 1: common.errors.reference needs reference"),
        ('words.say("common.errors.at_most")', "line 1: common.errors.at_most needs n"),
        ('words.say(f"comon.errors.{name}")', "line 1: nothing begins with comon.errors."),
    ],
)
def test_a_slip_is_noticed(library: Library, source: str, fault: str) -> None:
    assert faults(source, library) == [fault]


@pytest.mark.parametrize(
    "source",
    [
        'words.say("common.buttons.save")',
        'words.say("common.errors.reference", **params)',
        'words.say(f"common.errors.{name}", length=1)',
        "words.say(key)",
    ],
)
def test_what_is_right_or_known_only_later_passes(library: Library, source: str) -> None:
    assert faults(source, library) == []
