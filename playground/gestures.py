"""Sending and closing a modal, and doing what the app's answer asks for."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playground import payloads
from playground.api.registry import Call
from playground.api.views import check
from playground.errors import Json, SlackError
from playground.views import View

if TYPE_CHECKING:
    from playground.server import Playground


@dataclass(frozen=True)
class Outcome:
    """What became of a submission."""

    ok: bool
    errors: dict[str, str] = field(default_factory=dict)
    closed: bool = False
    error: str | None = None


async def send_view(pg: "Playground", view: View) -> Outcome:
    """Sends view_submission and follows the answer: errors, update, push, clear, or close."""
    what = f"submit {view.given.get('callback_id', '')}".strip()
    ack = await pg.hand_over("interactive", what, payloads.submission(pg, view))
    if not ack.ok:
        return Outcome(False, error=ack.error)
    try:
        return _follow(pg, view, ack.payload)
    except SlackError as refusal:
        messages = refusal.extra.get("response_metadata", {}).get("messages", [])
        pg.problem(f"the answer to {what} was refused: {refusal.error} {messages}")
        return Outcome(False, error=refusal.error)


def _follow(pg: "Playground", view: View, answer: Json) -> Outcome:
    wish = answer.get("response_action")
    if wish is None:
        pg.views.close(view)
        return Outcome(True, closed=True)
    if wish == "clear":
        pg.views.clear(view.user_id)
        return Outcome(True, closed=True)
    if wish == "errors":
        return Outcome(False, _errors(view, answer.get("errors")))
    if wish not in ("update", "push"):
        raise SlackError("invalid_response_action")
    given = check(Call(pg, {}, "bot"), answer.get("view") or {}, ("modal",))
    if wish == "push":
        pg.views.push(view.user_id, given)
    else:
        pg.views.update(view, given)
    return Outcome(True)


def _errors(view: View, errors: object) -> dict[str, str]:
    inputs = {block["block_id"] for block in view.given["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise SlackError("errors_must_name_input_blocks")
    return {str(block): str(text) for block, text in errors.items()}


def close_view(pg: "Playground", view: View) -> None:
    """Closes a modal as a person does; the app hears of it where it asked to."""
    cleared = view.flag("clear_on_close")
    payload = payloads.closed(pg, view, cleared) if view.flag("notify_on_close") else None
    if cleared:
        pg.views.clear(view.user_id)
    else:
        pg.views.close(view)
    if payload is not None:
        pg.in_background(pg.hand_over("interactive", "close", payload))
