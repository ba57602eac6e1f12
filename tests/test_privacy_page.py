"""The page about privacy is the code's own tables, printed.

Run the test with GOLDEN=write to print them anew.
"""

import os
import re
from pathlib import Path

from bot.domain.privacy import MATRIX, Viewer
from prompts import Library, Words
from storage.privacy import FATES, Fate

PAGE = Path(__file__).parents[1] / "docs" / "privacy.md"
K = 5


def matrix(words: Words) -> str:
    """Who sees what, a row per datum."""
    heads = [words.say(f"help.privacy.readers.{viewer}") for viewer in Viewer]
    lines = [_row("what", *heads), "|---" * (len(heads) + 1) + "|"]
    for datum, sights in MATRIX.items():
        cells = [words.say(f"help.privacy.sights.{sight}", k=K) for sight in sights.values()]
        lines.append(_row(words.say(f"help.privacy.rows.{datum}"), *cells))
    return "\n".join(lines)


def fates() -> str:
    """What becomes of each table, in alphabetical order."""
    lines = [_row("table", "when a person is deleted", "in their export", "why"), "|---|---|---|---|"]
    return "\n".join([*lines, *(_fate(name, fate) for name, fate in sorted(FATES.items()))])


def _fate(name: str, fate: Fate) -> str:
    if fate.deleted:
        what = "their rows go"
    elif fate.blank:
        what = f"emptied: {', '.join(fate.blank)}"
    else:
        what = "stays"
    return _row(f"`{name}`", what, "yes" if fate.exported else "no", fate.why)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def test_the_page_is_what_the_code_says(library: Library) -> None:
    text = PAGE.read_text(encoding="utf-8")
    right = text
    for name, table in (("matrix", matrix(library.words("en"))), ("fates", fates())):
        between = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
        assert between.search(right), name
        right = between.sub(lambda found, table=table: f"{found[1]}\n{table}\n\n{found[2]}", right)  # type: ignore[misc]
    if os.environ.get("GOLDEN") == "write":
        PAGE.write_text(right, encoding="utf-8")
        text = right
    assert text == right, "GOLDEN=write prints docs/privacy.md anew"
