"""How an answer reaches the person who just acted: the acknowledgement, the message, a modal."""

from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.log import log
from bot.views.bundle import changed, less
from bot.views.common import loading, notice, sentence
from bot.views.parts import Message
from handlers.replies import Close, Errors, Nothing, Over, Redraw, Replace, ReplaceAndShow, Reply, Say, Show
from handlers.turn import Surface, Turn
from prompts import Words

Body = dict[str, Any]

_TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged"})
_SLOW = frozenset(
    {
        "invalid_trigger_id", "ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout",
        "push_limit_reached",
    }
)  # fmt: skip


def too_late(problem: Exception) -> bool:
    """Whether Slack opens nothing any more for this press: it does so for 3 s, and once."""
    answer = problem.response.data if isinstance(problem, SlackApiError) else None
    return isinstance(answer, dict) and answer.get("error") in _TOO_LATE


def closed(problem: Exception) -> bool:
    """Whether the window that was to be redrawn is gone: people may close one while we work."""
    answer = problem.response.data if isinstance(problem, SlackApiError) else None
    return isinstance(answer, dict) and answer.get("error") == "not_found"


def why(problem: Exception) -> str | None:
    """The sentence for an answer that Slack did not take in time; None where the fault is ours."""
    if too_late(problem):
        return "common.errors.too_late"
    if isinstance(problem, SlackApiError):
        answer = problem.response.data  # text, where a proxy or a broken Slack answered
        slow = not isinstance(answer, dict) or answer.get("error") in _SLOW or problem.response.status_code >= 429
        return "common.errors.slack_slow" if slow else None
    return "common.errors.slack_slow" if isinstance(problem, aiohttp.ClientError | TimeoutError) else None


async def open_loading(turn: Turn, body: Body) -> str:
    """Open a modal before anything slow happens; returns its view id."""
    call = turn.client.views_push if turn.surface is Surface.MODAL else turn.client.views_open
    answer = await call(trigger_id=body["trigger_id"], view=loading(turn.words).payload())
    return str(answer["view"]["id"])


def modal_answer(words: Words, reply: Reply) -> Body:
    """What the acknowledgement of a submission says."""
    match reply:
        case Errors(fields):
            return {"response_action": "errors", "errors": {name: _plain(said) for name, said in fields.items()}}
        case Show(modal) | Redraw(modal):
            return {"response_action": "update", "view": modal.payload()}
        case Say(message):
            return {"response_action": "update", "view": notice(words, message).payload()}
        case Close(all=True):
            return {"response_action": "clear"}
        case _:
            return {}


def _plain(said: str) -> str:
    """Slack shows the text under a field as it is, marks and all."""
    return said.replace("`", "").replace("*", "")


async def catch_up(turn: Turn, reply: Reply, view_id: str) -> None:
    """Show in a modal, which says that work goes on, what became of it."""
    answer = modal_answer(turn.words, reply)
    done = notice(turn.words, sentence(turn.words.say("common.buttons.done"))).payload()
    await turn.client.views_update(view_id=view_id, view=answer.get("view") or done)


async def deliver(turn: Turn, reply: Reply, body: Body, view_id: str | None) -> None:
    """Answer outside a submission: change the message, or show a modal. `view_id` is the loading modal's."""
    match reply:
        case Say(message):
            await say(turn, message, body, view_id)
        case Over(message):
            await say(turn, message, body, view_id)
            await _without_button(body)
        case Replace(message):
            await _change(turn, message, body)
        case ReplaceAndShow(message, modal):
            await _show(turn, modal.payload(), body, view_id)  # first: a trigger lives 3 s
            await _change(turn, message, body)
        case Show(modal):
            await _show(turn, modal.payload(), body, view_id)
        case Redraw():
            await _redraw(turn, reply, body, view_id)
        case Errors() | Close() | Nothing():
            return


async def _redraw(turn: Turn, reply: Redraw, body: Body, view_id: str | None) -> None:
    """The open modal anew; from an old message or a Home there is none, and one opens."""
    open_id = body["view"]["id"] if turn.surface is Surface.MODAL else None
    try:
        await _show(turn, reply.modal.payload(), body, view_id or open_id)
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as problem:
        if not (reply.passing and why(problem)):
            raise
        log.info("typing_not_followed", team=turn.actor.team_id)  # the fields hold it; nothing was lost


async def say(turn: Turn, message: Message, body: Body, view_id: str | None) -> None:
    """Tell the person alone: in the loading modal, in a modal on top, or beside the message."""
    if view_id or turn.surface in (Surface.MODAL, Surface.HOME):
        await _show(turn, notice(turn.words, message).payload(), body, view_id)
    else:
        await whisper(body, message)


async def write(turn: Turn, message: Message) -> None:
    """In the person's own conversation with the app, where nothing else is open to answer in."""
    await turn.client.chat_postMessage(channel=turn.actor.user_id, **message.payload())


async def whisper(body: Body, message: Message) -> None:
    """An ephemeral message where the person acted."""
    await _respond(body, replace_original=False, response_type="ephemeral", **message.payload())


async def _change(turn: Turn, message: Message, body: Body) -> None:
    if body.get("response_url"):
        await _respond(body, replace_original=True, **_in_its_part(body, message.payload()))
    elif turn.surface is Surface.MODAL:
        view = notice(turn.words, message).payload()
        await turn.client.views_update(view_id=body["view"]["id"], view=view)


async def _without_button(body: Body) -> None:
    """The message as it stands, less the button that was pressed; one that only one person sees stays as it is."""
    message, pressed = body.get("message") or {}, (body.get("actions") or [{}])[0]
    shown = message.get("blocks") or []
    if shown and body.get("response_url"):
        blocks = [left for block in shown if (left := less(block, pressed)) is not None]
        await _respond(body, replace_original=True, text=message.get("text", ""), blocks=blocks)


def _in_its_part(body: Body, new: Body) -> Body:
    """Of a message that tells several things, only the part with the button changes."""
    shown = (body.get("message") or {}).get("blocks") or []
    pressed = (body.get("actions") or [{}])[0].get("block_id", "")
    blocks = changed(shown, pressed, new["blocks"])
    return new if blocks is None else {**new, "blocks": blocks}


async def _show(turn: Turn, view: Body, body: Body, view_id: str | None) -> None:
    if view_id:
        await turn.client.views_update(view_id=view_id, view=view)
    elif turn.surface is Surface.MODAL:
        await turn.client.views_push(trigger_id=body["trigger_id"], view=view)
    else:
        await turn.client.views_open(trigger_id=body["trigger_id"], view=view)


async def _respond(body: Body, **message: Any) -> None:
    answer = await AsyncWebhookClient(body["response_url"], timeout=5, retry_handlers=[]).send_dict(message)
    if answer.status_code >= 400:
        log.warning("answer_refused", status=answer.status_code)
