"""What a list of people is made of, from its cells to what the check says about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MOST_ROWS = 20_000
"""Rows of one list; twice the largest that was asked for."""
MOST_BYTES = 10_000_000
PASTED = 3000
"""Characters that fit into a field of a modal, says Slack."""


class Field(StrEnum):
    """What a column of a list may say. The label of each is `roster.fields.<value>`."""

    USER = "user"
    NAME = "name"
    EMPLOYEE_ID = "employee_id"
    LEVEL = "level"
    DEPARTMENT = "department"
    DIVISION = "division"
    LOCATION = "location"
    REGION = "region"
    LANGUAGES = "languages"
    MANAGER = "manager"
    MANAGER_ID = "manager_id"
    SIDES = "sides"
    PURPOSES = "purposes"


LONGEST: Mapping[Field, int] = {
    Field.NAME: 160, Field.EMPLOYEE_ID: 40, Field.DEPARTMENT: 80, Field.DIVISION: 80, Field.LOCATION: 80,
}  # fmt: skip
"""Characters of a text; the columns of the database."""


class Trouble(StrEnum):
    """What can be wrong with a row or a cell. The text of each is `roster.troubles.<value>`."""

    MISSING_USER = "missing_user"
    UNKNOWN_USER = "unknown_user"
    UNKNOWN_MAIL = "unknown_mail"
    MAIL_UNREAD = "mail_unread"
    AMBIGUOUS = "ambiguous"
    DEACTIVATED = "deactivated"
    BOT = "bot"
    DUPLICATE = "duplicate"
    CELLS = "cells"
    UNKNOWN_MANAGER = "unknown_manager"
    AMBIGUOUS_MANAGER = "ambiguous_manager"
    MANAGER_GONE = "manager_gone"
    MANAGERS_DIFFER = "managers_differ"
    OWN_MANAGER = "own_manager"
    CIRCLE = "circle"
    SAME_ID = "same_id"
    UNKNOWN_LEVEL = "unknown_level"
    UNKNOWN_LANGUAGE = "unknown_language"
    UNKNOWN_REGION = "unknown_region"
    UNKNOWN_SIDE = "unknown_side"
    UNKNOWN_PURPOSE = "unknown_purpose"
    TOO_LONG = "too_long"
    UNDECODABLE = "undecodable"


LEAVES_OUT = frozenset(
    {
        Trouble.MISSING_USER, Trouble.UNKNOWN_USER, Trouble.UNKNOWN_MAIL, Trouble.MAIL_UNREAD, Trouble.AMBIGUOUS,
        Trouble.DEACTIVATED, Trouble.BOT, Trouble.DUPLICATE, Trouble.CELLS,
    }
)  # fmt: skip
"""The row is left out; with any other trouble it is saved without the cell."""


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` as Excel counts, `column` from 0 (None: the whole row), `found` the cell, `more` what helps to mend it."""

    row: int
    column: int | None
    trouble: Trouble
    found: str = ""
    more: str = ""

    @property
    def leaves_out(self) -> bool:
        return self.trouble in LEAVES_OUT


@dataclass(frozen=True, slots=True)
class Row:
    """`number` as Excel counts; as many cells as there are headers, unless there are `extra` ones."""

    number: int
    cells: tuple[str, ...]
    extra: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as it was read. `guessed`: it is not UTF-8, so its letters are a guess."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    delimiter: str
    guessed: bool = False


Columns = Mapping[Field, int]
"""Field → number of its column, from 0."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the workspace's directory lists it; `mail` is empty where it may not be read."""

    user_id: str
    handle: str
    names: tuple[str, ...]
    mail: str = ""
    bot: bool = False
    deactivated: bool = False

    @property
    def usable(self) -> bool:
        return not self.bot and not self.deactivated


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What words in cells mean; keys are folded (`reading.fold`)."""

    levels: Mapping[str, int]
    languages: Mapping[str, str]
    regions: Mapping[str, str]
    sides: Mapping[str, tuple[str, ...]]
    purposes: Mapping[str, str]
    nobody: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """One row, understood. None: the list says nothing that could be used; what is known stays.

    `manager` is a Slack id, "" for nobody.
    """

    row: int
    user_id: str
    name: str | None = None
    employee_id: str | None = None
    level: int | None = None
    department: str | None = None
    division: str | None = None
    location: str | None = None
    region: str | None = None
    languages: tuple[str, ...] | None = None
    sides: tuple[str, ...] | None = None
    purposes: tuple[str, ...] | None = None
    manager: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of a list, by what saving it does with them; `missing` are people of earlier lists who are not in it."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0
    missing: int = 0

    @property
    def saved(self) -> int:
        return self.new + self.changed + self.unchanged


def causes(problems: Iterable[Problem]) -> list[tuple[Trouble, list[int]]]:
    """What went wrong and in which rows, one for each time; the most common first: one slip often spoils a column."""
    rows: dict[Trouble, list[int]] = {}
    for one in problems:
        rows.setdefault(one.trouble, []).append(one.row)
    return sorted(rows.items(), key=lambda kind: -len(kind[1]))


@dataclass(frozen=True, slots=True)
class Result:
    """What the check found; nothing has been written. `mark` changes when saving would do something else."""

    headers: tuple[str, ...]
    people: tuple[Told, ...]
    problems: tuple[Problem, ...]
    counts: Counts
    guessed: bool = False
    missing: tuple[str, ...] = ()
    mark: str = ""
    unread: tuple[int, ...] = field(default=())
    """Columns that nothing was taken from."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """A list that was read: its columns, the first cells of each, and what each seems to say."""

    draft_id: str
    headers: tuple[str, ...]
    samples: tuple[str, ...]
    rows: int
    columns: Columns
    guessed: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What the window for a new list is drawn from: whether files may be read, and a list that was left half-way."""

    files: bool
    waiting: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """How far a check has got; `result` is there when it is done, `reason` where it could not be done.

    `accounts` is how many of Slack's were read so far, `page` counts the pages of problems from 0.
    """

    draft_id: str
    result: Result | None = None
    accounts: int = 0
    reason: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved, how many lines became different, and open pairs that the lines now forbid (Slack ids)."""

    draft_id: str
    counts: Counts
    lines: int
    forbidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: how many people are off the list again, and how many are as they were."""

    draft_id: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Busy:
    """A list that is being saved, or taken back with `undoing`; too long a one to be waited for."""

    draft_id: str
    undoing: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """Nobody foresaw what went wrong: `work` is what was under way (checking, saving, undoing)."""

    draft_id: str
    work: str
    reference: str


Standing = Checked | Busy | Saved | Undone | Broken
"""Where a list stands."""


@dataclass(frozen=True, slots=True)
class Window:
    """An open modal, and the list that it shows."""

    view_id: str
    standing: Standing
