"""What can be wrong with a prompt pack, and how it is said."""

from collections.abc import Iterable
from dataclasses import dataclass


class WordsError(Exception):
    """The code asks for a key, a parameter or an id that is not there: a bug, never bad input."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend in a pack: where it stands, and what to do."""

    path: str
    line: int
    key: str
    what: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: key {self.key}: {self.what}" if self.key else f"{where}: {self.what}"


class PackError(Exception):
    """Everything that is wrong with the packs at once, one line each."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        count = len(self.problems)
        head = f"The prompt packs have {count} problem{'' if count == 1 else 's'}:"
        super().__init__("\n".join([head, *map(str, self.problems)]))
