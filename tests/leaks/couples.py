"""Private things too short, or too common, to be looked for by themselves: whom somebody avoids, how a pair fits.

A Slack id stands wherever its person does. What gives an avoid list away is that both of a couple stand in one place
where nobody put them together: in a log line, or in a row of a table that is not about couples. What gives an answer
away is its short code in one place with whoever gave it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from storage.records.enrol import GONE
from tests.leaks.readers import Ask, Sealed

COUPLES = frozenset(
    {
        "confided", "pair", "match_suggestion", "conflict", "line", "audit", "urn", "invitation", "coordinator",
        "programme",
    }
)  # fmt: skip
"""Tables in which two people stand because a coordinator, a line or a pair put them together."""
FITS = frozenset({"good", "unsure", "not"})


@dataclass(frozen=True, slots=True)
class Hint:
    """What must not stand in one place: one of the ids of a person, and one of `with_`."""

    column: str
    person: str
    with_: str


class Tables(Protocol):
    """A database's rows, each as one piece."""

    def tables(self) -> Iterable[str]: ...
    def pieces(self, table: str) -> Iterable[str]: ...
    def __call__(self, query: str, values: dict[str, str]) -> list[str]: ...


def hints(sealed: Sealed) -> Iterator[Hint]:
    """What a text that is being sealed says of that kind."""
    if sealed.column == "confided.body":
        yield from (Hint(sealed.column, sealed.person, one) for one in json.loads(sealed.text).get("avoid", []))
    elif sealed.column == "fit.answer":
        found = json.loads(sealed.text)
        yield from (Hint(sealed.column, sealed.person, one) for one in found if one in FITS)


def joined(asking: Tables, told: Iterable[Hint], lines: Iterable[str]) -> Iterator[str]:
    """Where the two stand together; named, never quoted."""
    known = [(hint, _ids(asking, hint), _others(asking, hint)) for hint in told]
    if not known:
        return
    for line in lines:
        yield from (f"  {hint.column} in a log line" for hint, mine, theirs in known if _both(line, mine, theirs))
    for table in asking.tables():
        wanted = [one for one in known if table not in (COUPLES if one[0].column == "confided.body" else {"fit"})]
        for piece in asking.pieces(table) if wanted else ():
            yield from (
                f"  {hint.column} in the table {table}" for hint, mine, theirs in wanted if _both(piece, mine, theirs)
            )


def _both(piece: str, mine: Iterable[str], theirs: Iterable[str]) -> bool:
    return any(one in piece for one in mine) and any(one in piece for one in theirs)


def _ids(asking: Ask, hint: Hint) -> list[str]:
    found = asking("SELECT user_id FROM person WHERE id = :person", {"person": hint.person})
    return [hint.person, *(one for one in found if not one.startswith(GONE))]


def _others(asking: Ask, hint: Hint) -> list[str]:
    """The other's ids, or a code as a value of its own."""
    if hint.column == "fit.answer":
        return [f'"{hint.with_}"']
    return [hint.with_, *asking("SELECT id FROM person WHERE user_id = :user", {"user": hint.with_})]
