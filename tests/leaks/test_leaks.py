"""The watch over the suite bites: whatever leaks on purpose is caught, whatever way it takes."""

import base64
import re
import subprocess
import sys
from pathlib import Path

import pytest

from storage.tables import metadata
from storage.types import Sealed
from tests.leaks.needles import found, of_key, of_text
from tests.leaks.on_purpose import SHAPES, WRITTEN
from tests.leaks.readers import READERS

ON_PURPOSE = Path(__file__).with_name("on_purpose.py")
LEAKS = {
    **{f"test_line[{shape}]": "answer.content in a log line" for shape in SHAPES},
    "test_error": "answer.content in the text of an error",
    "test_token": "a token in a log line",
    "test_key": "a key in a log line",
    "test_stderr": "answer.content in Captured stderr call",
    "test_metrics": "answer.content in the metrics",
    **{f"test_row[{t}]": f"answer.content in the table {t}" for t in ("outbox", "due", "inbox", "audit", "digest")},
    "test_couple[line]": "confided.body in a log line",
    "test_couple[due]": "confided.body in the table due",
    "test_couple[fit]": "fit.answer in the table outbox",
    "test_file": "answer.content in the file revmentor.db-old",
    **{
        f"test_screen[{place}]": "answer.content before the eyes of U07BO00000"
        for place in ("message", "ephemeral", "home", "modal")
    },
    "test_screen[metadata]": "answer.content before the eyes of everybody",
}
"""Each test that leaks, and what is to be said about it."""
REPORT = r"^\S+on_purpose\.py::(test_\w+\S*.*?) let out what is private:\n((?:  .*\n)+)"


def test_everything_that_leaks_is_caught_and_named_without_being_quoted() -> None:
    options = ["-n", "0", "-q", "-p", "no:cacheprovider", "--tb=short"]
    command = [sys.executable, "-m", "pytest", *options, str(ON_PURPOSE)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ON_PURPOSE.parents[2], timeout=120, check=False)
    failed = dict(re.findall(REPORT, done.stdout, re.MULTILINE))
    assert set(failed) == set(LEAKS), done.stdout[-3000:]
    assert {test: LEAKS[test] in said for test, said in failed.items()} == dict.fromkeys(failed, True), failed
    assert f"{len(failed)} failed, 1 passed" in done.stdout
    assert WRITTEN not in done.stdout


def test_every_sealed_column_says_who_may_read_it() -> None:
    sealed = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Sealed)
    }
    assert sealed == set(READERS), "a sealed column needs a line in tests/leaks/readers.py"


@pytest.mark.parametrize("before", ["", "a", "ab", "abc", "abcd"])
def test_a_text_is_found_in_base64_wherever_it_stands_in_it(before: str) -> None:
    for after in ("", "z", "zz", "zzz"):
        encoded = base64.b64encode(f"{before}example-zebra-7731{after}".encode())
        assert found(encoded, of_text("example-zebra-7731"))
        assert found(base64.b64encode(before.encode() + bytes(range(32)) + after.encode()), of_key(bytes(range(32))))
        assert not found(encoded, of_text("example-stork-6520"))
