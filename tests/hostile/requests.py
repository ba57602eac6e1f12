"""Requests made from the registries: every command, action, modal and event, by all sorts of people."""

import copy
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handlers import routes
from playground import payloads
from playground.views import View
from tests.end_to_end.strangers import Square
from tests.hostile.texts import GUESSED, JUNK, TEXTS, TIMES

GOLDEN = Path(__file__).parents[1] / "golden"
OTHER_TEAM = "T07OTHER01"
ACTORS = {
    "junior": "ana", "senior": "bo", "other junior": "juno", "other senior": "max", "coordinator": "chi",
    "former": "sam", "guest": "eli", "bot": "revmentor", "stranger": "ruth", "elsewhere": "ana",
}  # fmt: skip
"""Who asks: `elsewhere` is somebody of another workspace whose user id is that of the junior here."""

ENDS = {
    "programme.cohort_close": frozenset({"coordinator"}),
    "privacy.erase": frozenset({"junior", "senior"}),
    "leave.ask": frozenset({"junior", "senior"}),
    "programme.coordinator_add": frozenset({"coordinator"}),
    "admin coordinators": frozenset({"coordinator"}),
}
"""Whoever may end all that the others try, or make others what they are not: they are not asked to."""

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """One request: `typed` is what was filled in and must not be lost."""

    kind: str
    name: str
    who: str
    user: str
    body: Body
    typed: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.name!r} by {self.who}"


def modals() -> dict[str, list[Body]]:
    """Every modal as it is drawn somewhere in the golden files, by callback id."""
    found: dict[str, list[Body]] = {}
    for path in sorted(GOLDEN.rglob("*.json")):
        view = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(view, dict) and view.get("type") == "modal" and "submit" in view:
            found.setdefault(view["callback_id"], []).append(view)
    return found


class Maker:
    """Makes requests, always the same ones for a seed."""

    def __init__(self, square: Square, seed: int) -> None:
        self._square, self._pg, self._dice = square, square.town.pg, random.Random(seed)
        self._modals = modals()
        self._users = {user.name: user.id for user in self._pg.workspace.users.values()}
        self._ids = (*square.ids.values(), *self._users.values(), *GUESSED, *TEXTS)

    def requests(self, count: int) -> Iterator[Request]:
        """Each way in turn, each actor in turn, until there are `count`."""
        ways: list[tuple[Callable[[str, str], Request], str]] = [(self._command, name) for name in routes().commands]
        ways += [(self._press, name) for name in routes().actions]
        ways += [(self._submit, name) for name in routes().submissions] * 2
        ways += [(self._event, name) for name in ("user_change", "app_home_opened")] * 2
        made = 0
        while made < count:
            self._dice.shuffle(ways)
            for make, name in ways[: count - made]:
                may_end = ENDS.get(name, frozenset())
                yield make(name, self._dice.choice([who for who in ACTORS if who not in may_end]))
                made += 1

    # one of each kind

    def _command(self, name: str, who: str) -> Request:
        user = self._users[ACTORS[who]]
        line = f"{name} {self._dice.choice((*TEXTS, *TIMES, *self._words()))}"
        place = self._pg.workspace.conversation("C07GENERAL")
        body = payloads.command(self._pg, user, place, "/revmentor", line.strip(" "))
        if self._dice.random() < 0.2:
            body["text"] = line  # as it was typed, with nothing escaped
        if who == "elsewhere":
            body["team_id"] = OTHER_TEAM
        return Request("slash_commands", name, who, user, body)

    def _words(self) -> tuple[str, ...]:
        return ("add @ana", "remove @chi", "@ana @bo", "@ana none", "@nobody", "open Spring", "last", "export", "now")

    def _press(self, name: str, who: str) -> Request:
        user = self._users[ACTORS[who]]
        chosen = self._dice.choice(["", "", ":senior", ":done", ":yes", f":{self._id()[:200]}"])
        action = {
            "type": "button", "action_id": f"{name}{chosen}", "block_id": "b", "value": self._id(), "action_ts": "1.0",
            "text": {"type": "plain_text", "text": "x"},
        }  # fmt: skip
        if self._dice.random() < 0.5:
            body = payloads.click_in_view(self._pg, self._view(user, self._any_modal()), action)
        else:
            now = self._pg.clock.now()
            old = self._pg.workspace.post_ephemeral(
                "C07GENERAL", self._pg.bot_id, "old", now, is_bot=True, ephemeral_to=user
            )
            body = payloads.click_in_message(self._pg, user, old, action)
        return Request("interactive", name, who, user, self._bent(who, body))

    def _submit(self, name: str, who: str) -> Request:
        user = self._users[ACTORS[who]]
        view = self._view(user, self._dice.choice(self._modals.get(name) or [_bare(name)]))
        if self._dice.random() < 0.1:
            view.state = self._state(self._any_modal())
        body = self._bent(who, payloads.submission(self._pg, view))
        return Request("interactive", name, who, user, body, typed=_typed(body))

    def _event(self, name: str, who: str) -> Request:
        user = self._users[ACTORS[who]]
        if name == "user_change":
            about = self._pg.workspace.user(user).to_slack(self._pg.workspace.team_id, self._pg.clock.now())
            about = copy.deepcopy(about)
            for key in self._dice.sample(sorted(about), 3):
                about[key] = about[key] if key == "id" else self._dice.choice((*JUNK, *TEXTS, *TIMES))
            about["deleted"], about["is_bot"] = False, False
            body = payloads.event(self._pg, {"type": name, "user": about})
        else:
            body = payloads.event(self._pg, {"type": name, "user": user, "tab": self._dice.choice(("home", "x", None))})
        if who == "elsewhere":
            body["team_id"] = OTHER_TEAM
        return Request("events_api", name, who, user, body)

    # what is in them

    def _id(self) -> str:
        return str(self._dice.choice(self._ids))

    def _any_modal(self) -> Body:
        return self._dice.choice(self._dice.choice([*self._modals.values()]))

    def _view(self, user: str, drawn: Body) -> View:
        """The modal open before the person, with everything in it filled in and its ids exchanged."""
        self._pg.views.clear(user)
        given = copy.deepcopy(drawn)
        for n, block in enumerate(given["blocks"]):
            block.setdefault("block_id", f"b{n}")  # as Slack does
        known = json.loads(given.get("private_metadata") or "{}")
        real = {**{key: self._id() for key in known}, **self._square.ids}
        given["private_metadata"] = self._dice.choice(
            [json.dumps(real), json.dumps(known), "", "[]", "{", "null", '"x"']
        )
        view = self._pg.views.open(user, given)
        view.state = self._state(given)
        return view

    def _state(self, given: Body) -> dict[str, Body]:
        fields = [(block, block.get("element") or block.get("accessory") or {}) for block in given["blocks"]]
        return {
            block.get("block_id", "b"): {element["action_id"]: self._entry(element)}
            for block, element in fields
            if "action_id" in element and element["type"] != "button"
        }

    def _entry(self, element: Body) -> Body:
        """What a client would send for a field; more often than not it is something that can be meant."""
        kind, dice = element["type"], self._dice
        options = [*element.get("options", ()), {"value": dice.choice((*TEXTS, *TIMES)), "text": {"text": "x"}}]
        entries: dict[str, Callable[[], Body]] = {
            "plain_text_input": lambda: {"value": dice.choice((*TEXTS, *TEXTS, *TIMES, "fine", None))},
            "static_select": lambda: {"selected_option": dice.choice([*options, None])},
            "radio_buttons": lambda: {"selected_option": dice.choice([*options, None])},
            "checkboxes": lambda: {"selected_options": dice.sample(options, dice.randint(0, len(options)))},
            "multi_static_select": lambda: {"selected_options": dice.choices(options, k=dice.randint(0, 9))},
            "datepicker": lambda: {"selected_date": dice.choice((*TIMES, "2026-03-20", "2026-03-20", None))},
            "datetimepicker": lambda: {"selected_date_time": dice.choice((1773414000, -1, 10**18, 0, None, "soon"))},
            "multi_users_select": lambda: {"selected_users": dice.choices([*self._users.values(), self._id()], k=3)},
            "users_select": lambda: {"selected_user": dice.choice((*self._users.values(), self._id(), None))},
            "conversations_select": lambda: {"selected_conversation": dice.choice(("C07TEAM001", "C07GENERAL", "x"))},
        }
        return {"type": kind, **entries.get(kind, lambda: {"value": self._id()})()}

    def _bent(self, who: str, body: Body) -> Body:
        """As somebody of another workspace would send it, and now and then out of shape."""
        body = copy.deepcopy(body)
        if who == "elsewhere":
            body["team"]["id"] = body["user"]["team_id"] = OTHER_TEAM
        if self._dice.random() < 0.35:
            _bend(body, self._dice)
        return body


def _bare(name: str) -> Body:
    """A modal that no golden file shows."""
    return {"type": "modal", "callback_id": name, "title": {"type": "plain_text", "text": "x"}, "blocks": []}


_ROUTING = {"type", "id", "callback_id", "action_id", "block_id", "hash"}
"""What Slack itself fills in and Bolt finds the listener by."""


def _bend(body: Body, dice: random.Random) -> None:
    """Take something away, put something of another shape in its place, or have a block twice."""
    view = body.get("view")
    if view and dice.random() < 0.2:
        view["blocks"] = [*(view["blocks"] or []), *(view["blocks"] or [])]
        return
    wide = [*_inside(view), *_inside(body.get("state")), *body.get("actions", ())]
    places = [(one, key) for one in wide for key in (one if isinstance(one, dict) else range(len(one)))]
    one, key = dice.choice([(one, key) for one, key in places if key not in _ROUTING])
    if isinstance(one, dict) and dice.random() < 0.3:
        del one[key]
    else:
        one[key] = copy.deepcopy(dice.choice(JUNK))


def _inside(thing: Any) -> Iterator[Any]:
    if isinstance(thing, dict | list) and thing:
        yield thing
        for one in thing.values() if isinstance(thing, dict) else thing:
            yield from _inside(one)


def _typed(body: Body) -> tuple[str, ...]:
    """The texts that were filled into a modal that could show a sentence under a field."""
    blocks = body["view"].get("blocks")
    shown = [block for block in blocks if isinstance(block, dict)] if isinstance(blocks, list) else []
    fields = {str(block.get("block_id")) for block in shown if block.get("type") == "input"}
    written = [entry for name, entry in _entries(body) if name in fields and entry.get("type") == "plain_text_input"]
    texts = [str(entry.get("value") or "").strip() for entry in written]
    return tuple(filter(None, texts))


def _entries(body: Body) -> Iterator[tuple[str, Body]]:
    state = body["view"].get("state")
    values = state.get("values") if isinstance(state, dict) else None
    for name, block in values.items() if isinstance(values, dict) else ():
        for entry in block.values() if isinstance(block, dict) else ():
            if isinstance(entry, dict):
                yield name, entry
