"""Every key of every shipped file is found on the line where it stands."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from prompts.lines import Path, key_lines, line_of
from tests.prompts.pack import SHIPPED

FILES = sorted(SHIPPED.glob("*/*.toml"))
TRICKY = '''
top = 1 # a comment with = and [ and "
"quoted key" = 'x'
a.b . c = [1, 2.5, # two
  """three
  # not a comment, key = 3
  """, 'four', {x = {y = 5},
  z = 6}]
[table]
key = "with \\" quote and ] and }"
[[list]]
k = """a "quoted" word"""
[[list]]
k = \'\'\'it's\'\'\'
[list.inner]
deep = true
[[list.many]]
[[list.many]]
end = 2026-05-14T10:00:00Z
'''
TRICKY = TRICKY.replace(",\n  z = 6}", ", z = 6}")


def _paths(node: Any, path: Path = ()) -> Iterator[Path]:
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, inner in steps:
        yield (*path, step)
        yield from _paths(inner, (*path, step))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_each_key_stands_on_the_line_that_is_reported(file: Any) -> None:
    text = file.read_text(encoding="utf-8")
    lines = key_lines(text)
    for path in _paths(tomllib.loads(text)):
        if isinstance(path[-1], str):
            assert path[-1] in text.splitlines()[line_of(lines, path) - 1], path


def test_strings_comments_and_nested_tables_do_not_lead_astray() -> None:
    lines = key_lines(TRICKY)
    found = {path: lines.get(path) for path in _paths(tomllib.loads(TRICKY))}
    assert found == {
        ("top",): 2,
        ("quoted key",): 3,
        ("a",): None,
        ("a", "b"): None,
        ("a", "b", "c"): 4,
        ("a", "b", "c", 0): 4,
        ("a", "b", "c", 1): 4,
        ("a", "b", "c", 2): 5,
        ("a", "b", "c", 3): 7,
        ("a", "b", "c", 4): 7,
        ("a", "b", "c", 4, "x"): 7,
        ("a", "b", "c", 4, "x", "y"): 7,
        ("a", "b", "c", 4, "z"): 7,
        ("table",): 8,
        ("table", "key"): 9,
        ("list",): 10,
        ("list", 0): 10,
        ("list", 0, "k"): 11,
        ("list", 1): 12,
        ("list", 1, "k"): 13,
        ("list", 1, "inner"): 14,
        ("list", 1, "inner", "deep"): 15,
        ("list", 1, "many"): 16,
        ("list", 1, "many", 0): 16,
        ("list", 1, "many", 1): 17,
        ("list", 1, "many", 1, "end"): 18,
    }


def test_what_has_no_line_of_its_own_takes_that_of_what_is_around_it() -> None:
    lines = key_lines("a = 1\n\n[b]\nc = 2\n")
    assert line_of(lines, ("b", "missing", 0)) == 3
    assert line_of(lines, ("missing",)) == 0
