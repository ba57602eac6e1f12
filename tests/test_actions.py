"""Whatever can be pressed or submitted has somebody who answers it."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from handlers import routes

ROOT = Path(__file__).parents[1]
VIEWS = sorted((ROOT / "bot" / "views").rglob("*.py"))
GOLDEN = sorted((ROOT / "tests" / "golden").rglob("*.json"))


def pressable(payload: Any) -> Iterator[str]:
    """The action ids of everything that acts at once: buttons, menus in rows, inputs that say so."""
    if isinstance(payload, list):
        for one in payload:
            yield from pressable(one)
    if not isinstance(payload, dict):
        return
    quiet = payload.get("type") == "input" and not payload.get("dispatch_action")
    for key, value in payload.items():
        if key == "action_id" and "url" not in payload:
            yield str(value)
        elif not (quiet and key == "element"):
            yield from pressable(value)


def drawn(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def named_in_code(path: Path) -> Iterator[str]:
    """The action that each `button(text, action, …)` names, up to its choice."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "button":
            action = node.args[1] if len(node.args) > 1 else None
            if isinstance(action, ast.JoinedStr) and action.values:
                action = action.values[0]
            if isinstance(action, ast.Constant):
                yield str(action.value)


def test_every_action_that_is_drawn_is_answered() -> None:
    known = routes().actions
    found = {(action.partition(":")[0], path.stem) for path in GOLDEN for action in pressable(drawn(path))}
    assert found
    assert {(action, where) for action, where in found if action not in known} == set()


def test_every_button_in_the_code_is_answered() -> None:
    known = routes().actions
    found = {(action.partition(":")[0], path.name) for path in VIEWS for action in named_in_code(path)}
    assert len(found) > 20
    assert {(action, where) for action, where in found if action not in known} == set()


def test_every_modal_that_can_be_submitted_is_answered() -> None:
    views = [(drawn(path), path.stem) for path in GOLDEN]
    modals = {(view["callback_id"], where) for view, where in views if view.get("type") == "modal" and "submit" in view}
    assert modals
    assert {(name, where) for name, where in modals if name not in routes().submissions} == set()
