"""A made-up organisation of any size, and the list of its people that somebody in HR exports, mistakes included.

    crowd = people(300)
    join(workspace, crowd)                      # they have accounts now
    rows, mistakes = with_mistakes(sheet(crowd))
    data = to_csv(rows)                         # what a coordinator imports

The same number and seed give the same people, lines and mistakes.
"""

import csv
import io
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from playground.records import User
from playground.workspace import Workspace

HEADER = ("Slack user", "Name", "Personnel no", "Level", "Department", "Division", "Site", "Languages", "Manager no")
FIRST = (
    "Ada", "Aino", "Alba", "Bela", "Cato", "Dana", "Edda", "Enzo", "Femi", "Gita", "Hugo", "Ida", "Ines", "Iris",
    "Jiro", "Juri", "Kaya", "Lars", "Lena", "Luca", "Mai", "Maja", "Nela", "Nico", "Noa", "Olga", "Oren", "Petra",
    "Quin", "Rana", "Remy", "Rosa", "Sanna", "Tariq", "Theo", "Uma", "Vito", "Wanda", "Xenia", "Yuki",
)  # fmt: skip
LAST = (
    "Abel", "Berg", "Costa", "Dahl", "Eder", "Faro", "Gomez", "Holm", "Ito", "Jensen", "Kaur", "Lund", "Moreau", "Nagy",
    "Osei", "Petrov", "Quist", "Rossi", "Sato", "Turan", "Ueda", "Vogel", "Weiß", "Xu", "Yilmaz", "Zeman", "Müller",
)  # fmt: skip
UNITS = {
    "Operations": ("Logistics", "Purchasing", "Service"), "Product": ("Engineering", "Design", "Research"),
    "Staff": ("Finance", "Legal", "People"), "Markets": ("Sales", "Marketing", "Partners"),
}  # fmt: skip
SITES = (("Berlin", "Europe/Berlin"), ("Porto", "Europe/Lisbon"), ("Boston", "America/New_York"))
SPOKEN = ("English", "English, Deutsch", "en; pt", "German, English", "anglais, français")
_SPAN = 7
"""People who report to one manager."""
_APART = 20
"""Rows between the two who are said to lead each other."""


@dataclass(frozen=True)
class Member:
    """One person of the organisation; `manager` is a place in the same list, None at the top."""

    user: User
    number: int
    level: int
    department: str
    division: str
    site: str
    languages: str
    manager: int | None


def people(n: int, seed: int = 4) -> list[Member]:
    """`n` people under one head, seven to a manager; the first names repeat, the whole names don't."""
    dice = random.Random(seed)
    names = _names(n)
    divisions = list(UNITS)
    made: list[Member] = []
    for at in range(n):
        manager = (at - 1) // _SPAN if at else None
        division = divisions[(at - 1) % len(divisions)] if at <= _SPAN or manager is None else made[manager].division
        site, zone = dice.choice(SITES)
        handle = f"{names[at].lower().replace(' ', '.').replace('ß', 'ss').replace('ü', 'ue')}"
        user = User(f"U08P{at:06d}", handle, names[at], tz=zone)
        level = max(1, 5 - _depth(at)) if at * _SPAN + 1 < n else dice.choice((1, 1, 2, 2, 2, 3))
        made.append(
            Member(user, 1000 + at, level, dice.choice(UNITS[division]), division, site, dice.choice(SPOKEN), manager)
        )
    return made


def join(workspace: Workspace, members: Sequence[Member]) -> None:
    """Give everybody an account."""
    for member in members:
        workspace.users[member.user.id] = member.user


def sheet(members: Sequence[Member]) -> list[list[str]]:
    """The list as HR exports it: people by account, managers by personnel number."""
    rows = [list(HEADER)]
    for at, one in enumerate(members):
        account = (f"@{one.user.name}", one.user.id, one.user.real_name)[at % 3]
        manager = "none" if one.manager is None else str(members[one.manager].number)
        rows.append([
            account, one.user.real_name, str(one.number), str(one.level), one.department, one.division, one.site,
            one.languages, manager,
        ])  # fmt: skip
    return rows


def with_mistakes(rows: Sequence[Sequence[str]]) -> tuple[list[list[str]], dict[int, str]]:
    """Twelve kinds of mistakes, one each, in rows that nobody reports to: row as Excel counts → kind.

    The kinds are named as the import names them. Wants at least a hundred people.
    """
    made = [list(row) for row in rows]
    last = len(made)
    told = {last - n: kind for n, kind in enumerate(_MISTAKES)}
    for row, kind in told.items():
        _spoil(made, row, kind)
    return made, told


_MISTAKES = (
    "unknown_user", "missing_user", "duplicate", "unknown_manager", "own_manager", "unknown_level", "unknown_language",
    "too_long", "cells", "same_id", "ambiguous", "circle",
)  # fmt: skip


def _spoil(rows: list[list[str]], number: int, kind: str) -> None:
    """Make one mistake in a row."""
    row = rows[number - 1]
    if kind == "cells":
        row.append("one too many")
    elif kind == "circle":
        other = rows[number - 1 - _APART]
        row[8], other[8] = other[2], row[2]
    else:
        column, cell = {
            "unknown_user": (0, "@nobody.here"),
            "missing_user": (0, ""),
            "duplicate": (0, rows[1][0]),
            "ambiguous": (0, _shared(rows)),
            "unknown_manager": (8, "999999"),
            "own_manager": (8, row[2]),
            "unknown_level": (3, "wizard"),
            "unknown_language": (7, "English, Klingon"),
            "too_long": (4, f"Department of {'very ' * 20}long names"),
            "same_id": (2, rows[2][2]),
        }[kind]
        row[column] = cell


def _shared(rows: Sequence[Sequence[str]]) -> str:
    """A first name that several people have, and are shown by in Slack."""
    first = Counter(row[1].split()[0] for row in rows[1:])
    return first.most_common(1)[0][0]


def to_csv(rows: Sequence[Sequence[str]], *, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """The list as spreadsheets write it: semicolons and a mark at the beginning, unless said otherwise."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def _names(n: int) -> list[str]:
    """Whole names, each once; a number behind those of a very large organisation."""
    every = [f"{first} {last}" for last in LAST for first in FIRST]
    random.Random(1).shuffle(every)
    return [every[at % len(every)] + (f" {at // len(every) + 1}" if at >= len(every) else "") for at in range(n)]


def _depth(at: int) -> int:
    depth = 0
    while at:
        at, depth = (at - 1) // _SPAN, depth + 1
    return depth
