"""Reads figures off what a coordinator is shown: the sentences of a digest, of its preview and of a Home."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block

from prompts import Words
from tests.attack.history import QUESTIONS, Seen

_SO_FAR = re.compile(r"So far, (\d+) answers? in (\d+) release")
_CLOSING = re.compile(r"Asked once at the end: (\d+) answer")
_BOUNDS = (
    re.compile(r"^between (?P<low>\d+) and (?P<high>\d+) of (?P<n>\d+)$"),
    re.compile(r"^(?P<high>\d+) or fewer of (?P<n>\d+)$"),
    re.compile(r"^(?P<low>\d+) or more of (?P<n>\d+)$"),
    re.compile(r"^(?P<exact>\d+) of (?P<n>\d+)$"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The cumulative figures that one text shows; no release yet: zeros."""

    n: int
    releases: int
    closing: bool
    cells: Mapping[str, tuple[int, int]]


NOTHING = Standing(0, 0, False, dict.fromkeys(QUESTIONS, (0, 0)))


def read(words: Words, blocks: Sequence[Block]) -> Standing:
    """What these blocks say in numbers."""
    text = json.dumps([block.to_dict() for block in blocks], ensure_ascii=False)
    running, closing = _SO_FAR.search(text), _CLOSING.search(text)
    if running is None and closing is None:
        return NOTHING
    n = int((running or closing)[1])  # type: ignore[index]
    cells = {question: _cell(words, text, question, n) for question in QUESTIONS}
    return Standing(n, int(running[2]) if running else 1, closing is not None, cells)


def _cell(words: Words, text: str, question: str, n: int) -> tuple[int, int]:
    name = re.escape(words.say(f"report.figure.{question}"))
    found = re.search(name + r": \*[^*]+\* \(([^)]+)\)", text)
    assert found, f"no figure for {question}"
    said = next(m.groupdict() for pattern in _BOUNDS if (m := pattern.match(found[1])))
    assert int(said["n"]) == n
    exact = said.get("exact")
    return int(exact or said.get("low", 0)), int(exact or said.get("high", n))


def released(before: Standing, after: Standing, at: datetime) -> Seen | None:
    """The release that lies between two texts, by subtraction; None where nothing was added."""
    if after == before:
        return None
    assert after.releases == before.releases + 1, "figures changed without a release"
    cells = {
        q: (after.cells[q][0] - before.cells[q][0], after.cells[q][1] - before.cells[q][1]) for q in QUESTIONS
    }  # fmt: skip
    return Seen(at, after.n - before.n, cells, after.closing)
