"""The dry run: every row understood or left out, every problem by row and column. Nothing is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.roster.cells import READ, Wrong, value_of
from bot.domain.roster.changes import changes
from bot.domain.roster.facts import Columns, Counts, Field, Problem, Result, Row, Sheet, Told, Trouble, Vocabulary
from bot.domain.roster.lines import Managers, without_circles
from bot.domain.roster.reading import same_id
from bot.domain.roster.who import Directory
from storage.records.roster import Listed

Progress = Callable[[int, int], None]
"""Told how many rows are done, of how many."""
_EVERY = 500


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored before a list comes in: the people of earlier lists, and who reports to whom."""

    people: Mapping[str, Listed]
    lines: Mapping[str, str]


@dataclass
class _Desk:
    """What one check works with, and what it has found so far."""

    sheet: Sheet
    columns: Columns
    directory: Directory
    words: Vocabulary
    people: dict[str, Told] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)


def check(
    sheet: Sheet,
    columns: Columns,
    directory: Directory,
    words: Vocabulary,
    known: Known,
    progress: Progress = lambda _done, _of: None,
) -> Result:
    """What saving would do, and everything that is wrong."""
    desk = _Desk(sheet, columns, directory, words)
    for n, row in enumerate(sheet.rows):
        _take(desk, row)
        if n % _EVERY == 0:
            progress(n, len(sheet.rows))
    _same_ids(desk)
    people = _without_doubled_ids(desk, _with_managers(desk, known))
    progress(len(sheet.rows), len(sheet.rows))
    problems = tuple(sorted(desk.problems, key=lambda p: (p.row, -1 if p.column is None else p.column)))
    made = changes(people, known.people, known.lines)
    left_out = len(sheet.rows) - len(people)
    counts = Counts(made.new, made.changed, made.unchanged, left_out, len(made.missing))
    unread = tuple(n for n, header in enumerate(sheet.headers) if n not in columns.values() and header)
    return Result(
        sheet.headers, tuple(people), problems, counts, sheet.guessed, made.missing, made.mark, unread
    )  # fmt: skip


def _take(desk: _Desk, row: Row) -> None:
    """One row: whom it means, and what it says about them."""
    if row.extra:
        return _note(desk, row, None, Trouble.CELLS, str(len(row.cells) + row.extra), str(len(row.cells)))
    where = desk.columns[Field.USER]
    cell = row.cells[where]
    if not cell:
        return _note(desk, row, where, Trouble.MISSING_USER)
    found = desk.directory.find(cell)
    if found.account is None:
        assert found.trouble is not None
        return _note(desk, row, where, found.trouble, cell, found.more)
    user = found.account.user_id
    if user in desk.people:
        return _note(desk, row, where, Trouble.DUPLICATE, cell, str(desk.people[user].row))
    desk.rows[user] = row
    told = _values(desk, row)
    if not told.get("name"):
        told["name"] = next((name for name in found.account.names if name), found.account.handle)[:160]
    desk.people[user] = Told(row.number, user, **told)
    return None


def _values(desk: _Desk, row: Row) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for one in READ:
        where = desk.columns.get(one)
        if where is None or (one is Field.NAME and where == desk.columns[Field.USER]):
            continue
        try:
            told[one.value] = value_of(one, row.cells[where], desk.words)
        except Wrong as wrong:
            _note(desk, row, where, wrong.trouble, wrong.part or row.cells[where], wrong.more)
    return told


def _same_ids(desk: _Desk) -> None:
    """Two people with the same number: a manager who is named by it is not known."""
    if Field.EMPLOYEE_ID not in desk.columns:
        return
    first: dict[str, int] = {}
    for user, one in desk.people.items():
        if not one.employee_id:
            continue
        key = same_id(one.employee_id)
        if key in first:
            row = desk.rows[user]
            _note(desk, row, desk.columns[Field.EMPLOYEE_ID], Trouble.SAME_ID, one.employee_id, str(first[key]))
        first.setdefault(key, one.row)


def _without_doubled_ids(desk: _Desk, people: list[Told]) -> list[Told]:
    """Whoever has a number that somebody above in the list has is saved without it."""
    doubled = {one.row for one in desk.problems if one.trouble is Trouble.SAME_ID}
    return [replace(one, employee_id=None) if one.row in doubled else one for one in people]


def _with_managers(desk: _Desk, known: Known) -> list[Told]:
    ids = {same_id(one.employee_id): user for user, one in known.people.items() if one.employee_id}
    managers = Managers(desk.directory, desk.words, ids)
    managers.learn(desk.people.values())
    people = []
    for user, one in desk.people.items():
        found, problems = managers.of(one, desk.rows[user], desk.columns)
        people.append(found)
        desk.problems += problems
    column = desk.columns.get(Field.MANAGER, desk.columns.get(Field.MANAGER_ID, 0))
    names = _Names(desk, known)
    people, problems = without_circles(people, known.lines, column, names)
    desk.problems += problems
    return people


class _Names(dict[str, str]):
    """Slack id → a name, looked up where one is needed."""

    def __init__(self, desk: _Desk, known: Known) -> None:
        super().__init__()
        self._desk, self._known = desk, known

    def get(self, user: str, otherwise: Any = None) -> Any:
        account = self._desk.directory.by_id.get(user)
        listed = self._known.people.get(user)
        told = self._desk.people.get(user)
        name = (told.name if told else None) or (listed.name if listed else None)
        return name or (next(iter(account.names), account.handle) if account else otherwise)


def _note(desk: _Desk, row: Row, column: int | None, trouble: Trouble, found: str = "", more: str = "") -> None:
    desk.problems.append(Problem(row.number, column, trouble, found[:80], more))
