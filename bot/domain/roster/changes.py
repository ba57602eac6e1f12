"""What saving a list changes: a pure comparison, so that the dry run and the saving cannot differ."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.roster.facts import Told
from storage.records.enrol import Side
from storage.records.roster import Listed

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_SAME = frozenset({"row", "user_id", "manager", "sides"})


@dataclass(frozen=True, slots=True)
class Changes:
    """The people as they will stand on the list, the lines that become different, and how many of each kind.

    `lines` is Slack id → manager's; `missing` are people of earlier lists. `mark` stands for all of it.
    """

    people: tuple[Listed, ...]
    lines: Mapping[str, str]
    new: int
    changed: int
    unchanged: int
    missing: tuple[str, ...]
    mark: str


def changes(told: Iterable[Told], known: Mapping[str, Listed], lines: Mapping[str, str]) -> Changes:
    """Compare what a list tells with what is stored. `at` of the people is for whoever saves them to set."""
    people: list[Listed] = []
    moved: dict[str, str] = {}
    new = changed = 0
    digest = hashlib.sha256()
    for one in told:
        before = known.get(one.user_id)
        after = merged(one, before)
        line = one.manager if one.manager is not None and lines.get(one.user_id) != one.manager else None
        if line is not None:
            moved[one.user_id] = line
        new += before is None
        changed += before is not None and (after != before or line is not None)
        people.append(after)
        digest.update(repr((_plain(before), _plain(after), lines.get(one.user_id), line)).encode())
    named = {one.user_id for one in people}
    missing = tuple(sorted(user for user in known if user not in named))
    return Changes(
        tuple(people), moved, new, changed, len(people) - new - changed, missing, digest.hexdigest()
    )  # fmt: skip


def merged(one: Told, before: Listed | None) -> Listed:
    """The person as the list tells of them; what it does not tell stays."""
    base = before or Listed("", one.user_id, "", _LONG_AGO)
    values: dict[str, Any] = {
        named.name: value
        for named in fields(one)
        if named.name not in _SAME and (value := getattr(one, named.name)) is not None
    }
    if one.sides is not None:
        values["sides"] = frozenset(Side(side) for side in one.sides)
    return replace(base, **values)


def _plain(one: Listed | None) -> tuple[Any, ...] | None:
    """Everything but the time, in an order that is the same everywhere."""
    if one is None:
        return None
    return (one.user_id, one.name, one.employee_id, one.level, one.department, one.division, one.location,
            one.region, one.languages, sorted(one.sides), one.purposes)  # fmt: skip
