"""Modals and Homes: the stack of three, hashes, external ids, and what is typed into them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from playground import elements
from playground.errors import Json, SlackError
from playground.workspace import Workspace

STACK = 3
_OWN = ("blocks", "title", "close", "submit", "private_metadata", "callback_id", "external_id")


@dataclass
class View:
    """One view on somebody's screen; `given` is what the app sent, `state` what the person has filled in."""

    id: str
    user_id: str
    given: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    state: dict[str, Json] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """modal or home."""
        return str(self.given["type"])

    def flag(self, name: str) -> bool:
        """A switch such as notify_on_close."""
        return bool(self.given.get(name, False))


class Views:
    """All open views of the workspace."""

    def __init__(self, workspace: Workspace, now: Callable[[], datetime], app: Json) -> None:
        self._workspace = workspace
        self._now = now
        self._app = app
        self._open: dict[str, View] = {}
        self._stacks: dict[str, list[str]] = {}
        self._homes: dict[str, View] = {}

    def to_slack(self, view: View) -> Json:
        """The view object of answers and payloads."""
        own: Json = {key: view.given.get(key) for key in _OWN}
        for key in ("private_metadata", "callback_id", "external_id"):
            own[key] = own[key] or ""
        return {
            "id": view.id,
            "team_id": self._workspace.team_id,
            "type": view.kind,
            **own,
            "state": {"values": view.state},
            "hash": view.hash,
            "clear_on_close": view.flag("clear_on_close"),
            "notify_on_close": view.flag("notify_on_close"),
            "previous_view_id": view.previous_id,
            "root_view_id": view.root_id,
            **self._app,
        }

    def get(self, view_id: str) -> View:
        """An open view by id; raises SlackError not_found."""
        found = self._open.get(view_id)
        if found is None:
            raise SlackError("not_found")
        return found

    def external(self, external_id: str) -> View:
        """An open view by the app's own id; raises SlackError not_found."""
        for view in self._open.values():
            if view.given.get("external_id") == external_id:
                return view
        raise SlackError("not_found")

    def top(self, user_id: str) -> View | None:
        """The modal that a person sees."""
        stack = self._stacks.get(user_id)
        return self._open[stack[-1]] if stack else None

    def home(self, user_id: str) -> View | None:
        """A person's Home, once the app has published it."""
        return self._homes.get(user_id)

    def open(self, user_id: str, given: Json) -> View:
        """Opens a modal in place of whatever is open."""
        self._check_external(given, None)
        self.clear(user_id)
        return self._put(user_id, given, "view_open")

    def push(self, user_id: str, given: Json) -> View:
        """Puts a modal on top; raises SlackError push_limit_reached beyond three."""
        stack = self._stacks.get(user_id, [])
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= STACK:
            raise SlackError("push_limit_reached")
        self._check_external(given, None)
        return self._put(user_id, given, "view_push")

    def update(self, view: View, given: Json, expected_hash: str | None = None) -> View:
        """Redraws a view; what is typed stays where block and action ids are the same."""
        if expected_hash and expected_hash != view.hash:
            raise SlackError("hash_conflict")
        self._check_external(given, view)
        view.given = given
        view.hash = self._hash()
        view.state = _kept(elements.initial_state(given["blocks"]), view.state)
        self._tell("home" if view.kind == "home" else "view_update", view)
        return view

    def publish(self, user_id: str, given: Json, expected_hash: str | None = None) -> View:
        """Shows a person's Home."""
        known = self._homes.get(user_id)
        if known is not None:
            return self.update(known, given, expected_hash)
        made = self._make(user_id, given)
        self._homes[user_id] = made
        self._tell("home", made)
        return made

    def close(self, view: View) -> None:
        """Takes a modal from the top of its stack; the one below shows again."""
        stack = self._stacks.get(view.user_id, [])
        if view.id in stack:
            stack.remove(view.id)
            self._open.pop(view.id, None)
            self._told_close(view.user_id, view.id)

    def clear(self, user_id: str) -> None:
        """Closes all modals of a person."""
        for view_id in reversed(self._stacks.pop(user_id, [])):
            self._open.pop(view_id, None)
            self._told_close(user_id, view_id)

    def _put(self, user_id: str, given: Json, told: str) -> View:
        stack = self._stacks.setdefault(user_id, [])
        made = self._make(user_id, given)
        if stack:
            made.previous_id, made.root_id = stack[-1], stack[0]
        stack.append(made.id)
        self._tell(told, made)
        return made

    def _make(self, user_id: str, given: Json) -> View:
        view_id = self._workspace.ids.next("V")
        state = elements.initial_state(given["blocks"])
        made = View(view_id, user_id, given, self._hash(), view_id, state=state)
        self._open[view_id] = made
        return made

    def _hash(self) -> str:
        number = self._workspace.ids.number("hash")
        return f"{int(self._now().timestamp())}.{number * 40503 % 2**32:08x}"

    def _check_external(self, given: Json, own: View | None) -> None:
        external_id = given.get("external_id")
        if not external_id:
            return
        for view in self._open.values():
            if view is not own and view.given.get("external_id") == external_id:
                raise SlackError("duplicate_external_id")

    def _tell(self, kind: str, view: View) -> None:
        self._workspace.notify(kind, {view.user_id}, lambda: {"view": self.to_slack(view)})

    def _told_close(self, user_id: str, view_id: str) -> None:
        top = self.top(user_id)
        data: dict[str, Any] = {"view_id": view_id, "view": self.to_slack(top) if top else None}
        self._workspace.notify("view_close", {user_id}, lambda: data)


def _kept(fresh: dict[str, Json], typed: dict[str, Json]) -> dict[str, Json]:
    for block_id, actions in fresh.items():
        for action_id, entry in actions.items():
            before = typed.get(block_id, {}).get(action_id)
            if before is not None and before["type"] == entry["type"]:
                actions[action_id] = before
    return fresh
