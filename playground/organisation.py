"""The organisation of a story: who is in it, in which groups, and the list of its people that a coordinator imports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from playground import crowd
from playground.errors import Json
from playground.workspace import Workspace


@dataclass(frozen=True)
class Organisation:
    """`seats` gives members of the cast a place in it, and `groups` names people by their handle."""

    members: tuple[crowd.Member, ...]
    seats: Mapping[str, int]
    groups: Mapping[str, Sequence[str]]

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Organisation":
        """From a story's `[organisation]`: how many people, seats, and rules for groups. Raises KeyError where one is
        built on a group that does not stand before it."""
        seats: Mapping[str, int] = told.get("seats", {})
        members = tuple(crowd.people(told["people"], told.get("seed", 4)))
        names = [one.user.name for one in members]
        for name, seat in seats.items():
            names[seat] = name
        groups: dict[str, list[str]] = {"everybody": names}
        for group, rule in told.get("groups", {}).items():
            groups[group] = _group(names, members, groups, rule)
        return cls(members, seats, groups)

    def move_in(self, workspace: Workspace) -> "Organisation":
        """Everybody gets an account; whoever of the cast has a seat keeps their own."""
        users = {user.name: user for user in workspace.users.values()}
        by_seat = {seat: users[name] for name, seat in self.seats.items()}
        members = [replace(one, user=by_seat.get(at, one.user)) for at, one in enumerate(self.members)]
        crowd.join(workspace, members)
        return replace(self, members=tuple(members))

    def file(self, kind: str) -> Json:
        """The list as a file to choose: `mistakes` has one of each of twelve kinds, any other has none."""
        rows = crowd.sheet(self.members)
        if kind == "mistakes":
            rows, _ = crowd.with_mistakes(rows)
        return {"name": f"people-{kind}.csv", "content": crowd.to_csv(rows)}


def _group(
    names: Sequence[str], members: Sequence[crowd.Member], groups: Mapping[str, Sequence[str]], rule: Mapping[str, Any]
) -> list[str]:
    """Those of `of` (everybody) on some `levels`, not `but_not` (groups or names); every n-th of them, from `first`."""
    out = {name for group in rule.get("but_not", ()) for name in groups.get(group, [group])}
    within = set(groups[rule.get("of", "everybody")])
    levels = rule.get("levels", (1, 2, 3, 4, 5))
    fit = [
        name
        for name, one in zip(names, members, strict=True)
        if name in within and name not in out and one.level in levels
    ]
    return fit[rule.get("first", 0) :: rule.get("every", 1)][: rule.get("most")]
