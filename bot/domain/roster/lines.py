"""Whom the people of a list report to, and what is wrong with it: nobody, oneself, a circle."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.domain.roster.facts import Columns, Field, Problem, Row, Told, Trouble, Vocabulary
from bot.domain.roster.reading import fold, same_id
from bot.domain.roster.who import Directory

_MANAGER = {
    Trouble.AMBIGUOUS: Trouble.AMBIGUOUS_MANAGER, Trouble.DEACTIVATED: Trouble.MANAGER_GONE,
    Trouble.BOT: Trouble.UNKNOWN_MANAGER, Trouble.UNKNOWN_USER: Trouble.UNKNOWN_MANAGER,
    Trouble.UNKNOWN_MAIL: Trouble.UNKNOWN_MANAGER, Trouble.MAIL_UNREAD: Trouble.MAIL_UNREAD,
}  # fmt: skip
_CIRCLE_SHOWN = 12


@dataclass(frozen=True, slots=True)
class _Meant:
    """The manager that a cell names (Slack id, "" nobody, None nothing), or what is wrong with the cell."""

    manager: str | None = None
    trouble: Trouble | None = None
    more: str = ""


class Managers:
    """Finds managers by account, by a name of the list itself, and by the number that the organisation gives people."""

    def __init__(self, directory: Directory, words: Vocabulary, ids: Mapping[str, str]) -> None:
        """`ids` are the numbers of earlier lists, as they are compared → Slack id."""
        self._directory, self._words = directory, words
        self._known = dict(ids)
        self._ids: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        self._called: dict[str, str] = {}

    def learn(self, people: Iterable[Told]) -> None:
        """What the list calls its people."""
        for one in people:
            self._called[one.user_id] = one.name or one.user_id
            if one.employee_id:
                self._ids[same_id(one.employee_id)].add(one.user_id)
            if one.name:
                self._names[fold(one.name)].add(one.user_id)

    def of(self, one: Told, row: Row, columns: Columns) -> tuple[Told, list[Problem]]:
        """The person with a manager, if the row names one that is known."""
        cells = {field: row.cells[columns[field]] for field in _READ if field in columns}
        told = {field: self._meant(field, cell) for field, cell in cells.items() if cell}
        problems = [
            Problem(row.number, columns[field], meant.trouble, cells[field], meant.more)
            for field, meant in told.items()
            if meant.trouble is not None
        ]
        managers = {field: meant.manager for field, meant in told.items() if meant.manager is not None}
        if len(set(managers.values())) > 1:
            where = columns[Field.MANAGER_ID]
            return one, [*problems, Problem(row.number, where, Trouble.MANAGERS_DIFFER, cells[Field.MANAGER_ID])]
        field, manager = next(iter(managers.items()), (None, None))
        if field is not None and manager == one.user_id:
            return one, [*problems, Problem(row.number, columns[field], Trouble.OWN_MANAGER, cells[field])]
        return replace(one, manager=manager), problems

    def _meant(self, field: Field, cell: str) -> _Meant:
        if fold(cell) in self._words.nobody or cell in ("-", "–", "—", "/"):
            return _Meant("")
        by_id = self._by_id(cell)
        if field is Field.MANAGER_ID:
            return by_id
        found = self._directory.find(cell)
        if found.account is not None:
            return _Meant(found.account.user_id)
        if by_id.manager is not None:
            return by_id
        listed = self._names.get(fold(cell), set())
        if len(listed) == 1:
            return _Meant(next(iter(listed)))
        assert found.trouble is not None
        return _Meant(None, _MANAGER[found.trouble], found.more)

    def _by_id(self, cell: str) -> _Meant:
        key = same_id(cell)
        listed = self._ids.get(key, set())
        if len(listed) > 1:
            return _Meant(None, Trouble.AMBIGUOUS_MANAGER, ", ".join(sorted(self._called[user] for user in listed)))
        manager = next(iter(listed), None) or self._known.get(key)
        return _Meant(manager, None if manager else Trouble.UNKNOWN_MANAGER)


_READ = (Field.MANAGER, Field.MANAGER_ID)


def without_circles(
    people: list[Told], lines: Mapping[str, str], column: int, names: Mapping[str, str]
) -> tuple[list[Told], list[Problem]]:
    """The list without the lines that close a circle, also together with those that are `known`; each is a problem.

    What remains may close another with a line that was known before, so it is looked at until there is none.
    """
    told = {one.user_id: one for one in people}
    problems: list[Problem] = []
    while True:
        merged = {**lines, **{user: one.manager for user, one in told.items() if one.manager is not None}}
        circles = [c for c in _circles(merged) if any(told[u].manager is not None for u in c if u in told)]
        if not circles:
            return list(told.values()), sorted(problems, key=lambda problem: problem.row)
        for circle in circles:
            shown = _shown(circle, names)
            for user in circle:
                one = told.get(user)
                if one is not None and one.manager is not None:
                    found = names.get(one.manager, one.manager)
                    problems.append(Problem(one.row, column, Trouble.CIRCLE, found, shown))
                    told[user] = replace(one, manager=None)


def _shown(circle: list[str], names: Mapping[str, str]) -> str:
    """Everybody in it, the first once more at its end."""
    every = [names.get(user, user) for user in [*circle, circle[0]]]
    if len(every) > _CIRCLE_SHOWN:
        every = [*every[: _CIRCLE_SHOWN - 1], "…", every[-1]]
    return " → ".join(every)


def _circles(lines: Mapping[str, str]) -> list[list[str]]:
    """Every circle once; walking up from each person, each step is taken once."""
    seen: set[str] = set()
    circles: list[list[str]] = []
    for start in lines:
        path: dict[str, None] = {}
        at: str | None = start
        while at and at not in seen and at not in path:
            path[at] = None
            at = lines.get(at)
        if at in path:
            whole = list(path)
            circles.append(whole[whole.index(str(at)) :])
        seen.update(path)
    return circles
